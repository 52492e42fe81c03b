import { en } from './text-en.ts';
import { sv, type Text } from './text-sv.ts';

export type { Text };

/** Swedish unless the reader's language is plainly another. @param locale a BCP 47 tag from Teams or the browser. */
export const textFor = (locale: string): Text => (/^(sv|$)/i.test(locale) ? sv : en);

/** The language the reader reads, as a plain tag. */
export const mainLanguage = (text: Text): string => text.locale.slice(0, 2);

/** A language's name in the reader's language: `ar` is "arabiska". */
export const languageName = (tag: string, { list, locale }: Text): string =>
  new Map(Object.entries(list.languages)).get(tag) ?? nameOf(tag, locale);

function nameOf(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** "1 234" in Swedish, "1,234" in English. */
export const numberText = (n: number, text: Text): string => n.toLocaleString(text.locale);

/** Why somebody waits, in words; a kind the tab does not know yet is shown by its id. */
export const reasonText = (kind: string, text: Text): string =>
  new Map(Object.entries(text.reasons)).get(kind) ?? text.otherReason(kind);
