import { requestOf } from './requests.ts';

export type Consent = 'yes' | 'no';

/** Words of yes that, first in a sentence of their own language, answer the question before it: "ja någon får gärna ringa". */
const LEADING: Readonly<Record<string, RegExp>> = {
  sv: /^(?:ja|japp|jepp|okej|ok)\s/iu,
  en: /^(?:yes|yeah|yep|okay|ok)\s/iu,
  ar: /^نعم\s/u,
  ckb: /^بەڵێ\s/u,
  es: /^s[ií]\s/iu,
  fa: /^(?:بله|آره)\s/u,
  fi: /^(?:kyllä|kylla|joo)\s/iu,
  pl: /^tak\s/iu,
  ru: /^да\s/iu,
  so: /^haa\s/iu,
  ti: /^እወ\s/u,
  tr: /^evet\s/iu,
};
const THUMB = /^\s*(?:👍|👌|✅)/u;

/**
 * Whether a text answers "may we write here?" (DOMAIN 5.6), in any of twelve languages. A yes may go on with what the person
 * wants to say; a no is only one when it is all that is said. Null: it answers something else.
 */
export function consentOf(text: string, language: string): Consent | null {
  const whole = requestOf(text);
  if (whole === 'yes' || whole === 'no') return whole;
  const [clause = '', rest] = text.trim().split(/[,.;!،።፡\n]/u, 2);
  if (THUMB.test(text) || (rest !== undefined && requestOf(clause) === 'yes')) return 'yes';
  return LEADING[language]?.test(text.trim()) ? 'yes' : null;
}

/** A yes that says nothing else. */
export const isBareYes = (text: string): boolean =>
  requestOf(text) === 'yes' || /^[\s\p{Extended_Pictographic}\p{M}\p{Emoji_Modifier}]+$/u.test(text);
