import { KEPT_AS } from './session.ts';

/**
 * Runs before anything is drawn, while the app is still on its way. Only a visit that is new is shown before the app is here: one
 * that is reloaded, come back to or has something kept may have been hidden or left (F41). What is pressed meanwhile is noted on
 * its button: of situations to tap the last one, because one of them is the first word.
 */
const page = document.documentElement;
page.onclick = ({ target }) => {
  const button = target instanceof Element && target.closest('button');
  if (!button) return;
  button.closest('.choices')?.querySelector('[data-pressed]')?.removeAttribute('data-pressed');
  button.setAttribute('data-pressed', '');
};
page.hidden = performance.getEntriesByType('navigation').some((e) => 'type' in e && e.type !== 'navigate');
try {
  page.hidden ||= KEPT_AS in sessionStorage;
} catch {}
