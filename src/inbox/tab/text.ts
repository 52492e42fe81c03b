import { en } from './text-en.ts';
import { sv, type Text } from './text-sv.ts';

export type { Text };

/** Swedish unless the reader's language is plainly another. @param locale a BCP 47 tag from Teams or the browser. */
export const textFor = (locale: string): Text => (/^(sv|$)/i.test(locale) ? sv : en);

/** A language's name in the reader's language: `ar` is "arabiska". */
export function languageName(tag: string, text: Text): string {
  try {
    return new Intl.DisplayNames([text.locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Why somebody waits, in words; a kind the tab does not know yet is shown by its id. */
export const reasonText = (kind: string, text: Text): string =>
  new Map(Object.entries(text.reasons)).get(kind) ?? text.otherReason(kind);
