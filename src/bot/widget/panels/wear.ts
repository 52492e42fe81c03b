import later from './later.css?inline';

/** The style of what a first visit does not show, once. Not by an element: the page's policy allows none but its own. */
export function wearLaterStyle(): void {
  if (document.adoptedStyleSheets.length > 0) return;
  const style = new CSSStyleSheet();
  style.replaceSync(later);
  document.adoptedStyleSheets.push(style);
}
