import { directionOf } from './direction.ts';

/** Language, direction and title; only when they are others: the browser looks at every line of the page again. */
export function describePage(language: string, title: string): void {
  const page = document.documentElement;
  if (page.lang !== language) Object.assign(page, { lang: language, dir: directionOf(language) });
  if (document.title !== title) document.title = title;
}
