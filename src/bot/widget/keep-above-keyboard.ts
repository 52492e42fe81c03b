/**
 * On phones the keyboard covers the page instead of shrinking it: the chat is as tall as what can be seen (F53). While all of it
 * can be seen nothing is set: every line of the page would be styled and laid out again.
 */
export function keepAboveKeyboard(fitted: () => void): void {
  const view = window.visualViewport;
  if (!view) return;
  let seen = '';
  const fitView = () => {
    const now = Math.abs(view.height - innerHeight) < 1 ? '' : `${view.height}px`;
    // A pinch zoom shrinks the view too, and must be left alone.
    if (view.scale > 1.01 || (now === seen && now === '')) return;
    seen = now;
    document.documentElement.style.setProperty('--seen', now);
    scrollTo(0, 0);
    fitted();
  };
  view.addEventListener('resize', fitView);
  requestAnimationFrame(fitView);
}
