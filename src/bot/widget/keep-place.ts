/** Changes the page so that the line that was at the top of the scrolled conversation stays there. */
export function keepPlace(change: () => void): void {
  const list = document.querySelector('.scroll');
  const edge = () => list?.getBoundingClientRect().top ?? 0;
  const first = [...(list?.querySelectorAll('p') ?? [])].find((line) => line.getBoundingClientRect().bottom > edge());
  const height = () => (first?.getBoundingClientRect().top ?? 0) - edge();
  const before = height();
  change();
  if (list?.scrollTop) list.scrollTop += height() - before;
}
