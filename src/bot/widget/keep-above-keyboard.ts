/** On phones the keyboard covers the page instead of shrinking it: the chat is as tall as what can be seen (F53). */
export function keepAboveKeyboard(fitted: () => void): void {
  document.documentElement.className = 'live';
  const view = window.visualViewport;
  if (!view) return;
  const fitView = () => {
    // A pinch zoom shrinks the view too, and must be left alone.
    if (view.scale > 1.01) return;
    document.documentElement.style.setProperty('--seen', `${view.height}px`);
    scrollTo(0, 0);
    fitted();
  };
  view.addEventListener('resize', fitView);
  fitView();
}
