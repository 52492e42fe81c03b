import type { Contacts } from './contacts.ts';

const optionalSpan = /\[\[(.*?)\]\]/gs;
const contactReference = /\{contact:([a-z0-9-]+)\}/g;
const value = /\{([a-z]+)\}/g;

/**
 * Turns an approved text into what a person reads. `{contact:bris}` becomes the number if it may be shown;
 * `[[…]]` is a sentence that disappears whole when a number in it may not; `{when}` is filled from `values`.
 * A sentence outside `[[…]]` whose number may not be shown is dropped too, so no path lets a number slip.
 */
export const renderText = (
  template: string,
  contacts: Pick<Contacts, 'number'>,
  values: Readonly<Record<string, string | number>> = {},
): string =>
  template
    .split('\n\n')
    .map((paragraph) => renderParagraph(paragraph, contacts, values))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');

/** Ids of all contacts a text names: those inside optional spans and those it cannot do without. */
export const contactsIn = (template: string): { optional: string[]; required: string[] } => {
  const spans = [...template.matchAll(optionalSpan)].map((match) => match[1] ?? '').join(' ');
  return { optional: referencesIn(spans), required: referencesIn(template.replace(optionalSpan, ' ')) };
};

/** The text as search and lint see it: optional spans opened, references left out. */
export const plainText = (template: string): string =>
  template.replace(optionalSpan, '$1').replace(contactReference, '').replace(/ {2,}/g, ' ');

const renderParagraph = (
  paragraph: string,
  contacts: Pick<Contacts, 'number'>,
  values: Readonly<Record<string, string | number>>,
): string => {
  const canShow = (text: string) => referencesIn(text).every((id) => contacts.number(id) !== null);
  const opened = paragraph.replace(optionalSpan, (_, span: string) => (canShow(span) ? span : ''));
  return opened
    .split(/(?<=[.?!؟።])\s+/)
    .filter(canShow)
    .join(' ')
    .replace(contactReference, (_, id: string) => contacts.number(id) ?? '')
    .replace(value, (whole, name: string) => String(values[name] ?? whole))
    .trim();
};

const referencesIn = (text: string): string[] => [...text.matchAll(contactReference)].map((match) => match[1] ?? '');
