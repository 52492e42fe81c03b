/** The app is here (see early.ts): the page may be seen, and the button that was pressed last is pressed now. */
export function takeOver(): void {
  const page = document.documentElement;
  page.hidden = false;
  page.onclick = null;
  const pressed = document.querySelector<HTMLElement>('[data-pressed]');
  pressed?.removeAttribute('data-pressed');
  pressed?.click();
}
