/**
 * Runs before anything is drawn, while the app is still on its way. Only a visit that is new is shown before the app is here: one
 * that is reloaded or come back to may have been hidden or left (F41). What is pressed meanwhile is noted on its button.
 */
const page = document.documentElement;
page.hidden = performance.getEntriesByType('navigation').some((e) => 'type' in e && e.type !== 'navigate');
page.onclick = ({ target }) => {
  if (!(target instanceof Element)) return;
  for (const earlier of document.querySelectorAll('[data-pressed]')) earlier.removeAttribute('data-pressed');
  target.closest('button')?.setAttribute('data-pressed', '');
};
