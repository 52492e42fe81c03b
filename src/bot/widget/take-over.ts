/** The app is here (see early.ts): the page may be seen, and what was pressed is pressed now, until somebody has left. */
export function takeOver(): void {
  const page = document.documentElement;
  page.hidden = false;
  page.onclick = null;
  for (const pressed of document.querySelectorAll<HTMLElement>('[data-pressed]')) {
    pressed.removeAttribute('data-pressed');
    if (pressed.isConnected) pressed.click();
  }
}
