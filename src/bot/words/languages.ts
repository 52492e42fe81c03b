import { contentLanguage } from '../knowledge/answer.ts';
import type { Channel } from '../outcome.ts';
import { foldForGsm, sizeWhenPlain } from './gsm.ts';

/** The languages texts are translated into, beside the Swedish and English originals (issue 3 number 5). */
export const TRANSLATED = ['ar', 'so', 'fa', 'tr', 'pl', 'es', 'ti', 'ckb', 'ru', 'fi'] as const;
export type Translated = (typeof TRANSLATED)[number];

/** `original`: Swedish and English. `draft`: until a native reader has approved it. */
export type TextStatus = 'original' | 'draft' | 'approved';

/** Two texts may be sent in one message as long as it stays two parts: 306 in GSM-7, 134 in UCS-2 (F47). */
export const smsLimits = { gsm7: 306, ucs2: 134 } as const;

export const isTranslated = (tag: string): tag is Translated => TRANSLATED.some((known) => known === tag);

/** `ar-SY` is `ar`. The Nordic neighbours and "unknown" read Swedish, as `contentLanguage` has it. */
export const mainLanguage = (tag: string): string =>
  contentLanguage(tag) === 'sv' ? 'sv' : (tag.toLowerCase().split(/[-_]/)[0] ?? 'en');

/**
 * The languages one text is said in, in order (W7, W8). An original or an approved translation stands alone; a draft is
 * followed by English, the original that most of its readers share; what is not translated is said in both originals.
 */
export const spokenIn = (language: string, statusOf: (tag: string) => TextStatus | null): string[] => {
  const tag = mainLanguage(language);
  const status = statusOf(tag);
  if (status === null) return ['sv', 'en'];
  return status === 'draft' ? [tag, 'en'] : [tag];
};

/**
 * Joins what `spokenIn` chose. On the web each language has paragraphs of its own. A text message carries both only while
 * it keeps to two parts; otherwise the draft goes alone, or English where there is no draft.
 */
export const together = (spoken: readonly { language: string; text: string }[], channel: Channel): string => {
  if (channel === 'web') return spoken.map(isolateNumbers).join('\n\n');
  const [first, second] = spoken.map((each) => ({ ...each, text: isolateGroups(each) }));
  if (!first || !second) return first?.text ?? '';
  // A line of its own keeps each language's direction.
  const both = [first.text, second.text].join(rightToLeft.has(first.language) ? '\n' : ' ');
  if (fitsSms(both)) return both;
  return first.language === 'sv' ? second.text : first.text;
};

export const fitsSms = (text: string): boolean => {
  // A sign is one unit at the least, and counting a long text costs its square.
  if (Math.min(text.length, foldForGsm(text.normalize('NFC')).length) > smsLimits.gsm7) return false;
  const { encoding, units } = sizeWhenPlain(text);
  return units <= smsLimits[encoding];
};

/** Keeps "112" and "8:00" together and left to right among right-to-left words (U+2066 … U+2069). */
const isolateNumbers = ({ language, text }: { language: string; text: string }): string =>
  rightToLeft.has(language) ? text.replace(/\d+(?:[ :.-]\d+)*/g, '\u2066$&\u2069') : text;

/** In a text message only what would turn around without it: "020-100 200" does, "112" and "8:00" do not. */
const isolateGroups = ({ language, text }: { language: string; text: string }): string =>
  rightToLeft.has(language) ? text.replace(/\d+(?:[ .-]\d+)+/g, '\u2066$&\u2069') : text;

const rightToLeft = new Set(['ar', 'fa', 'ckb']);
