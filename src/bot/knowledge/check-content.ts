import { sizeWhenPlain, smsSize } from '../words/gsm.ts';
import { fitsSms } from '../words/languages.ts';
import { type AnswerFile, type AnswerTexts, type ContentLanguage, isOriginal } from './answer.ts';
import { lix, longestSentence } from './reading-level.ts';
import { contactsIn, plainText } from './render-text.ts';

/** LOOK "Voice" and DOMAIN 5.1 B4, B5, B8: promises, judgement, pressure. `\b` knows ASCII only, so borders are spelt. */
const banned: Readonly<Record<ContentLanguage, readonly RegExp[]>> = {
  sv: [
    word('varför'),
    word('borde'),
    word('du måste'),
    word('begått självmord'),
    word('begå självmord'),
    word('tyvärr'),
    word('garanter\\p{L}*'),
    word('lovar'),
    word('straffri\\p{L}*'),
    word('straffmyndig\\p{L}*'),
    word('helt (anonym|hemlig|säker|trygg)\\p{L}*'),
    word('allt stannar'),
    word('ingen (kommer )?(någonsin )?(får|att få|ska få) veta'),
    word('berättar aldrig'),
    word('jag lovar att (ingen|inte|aldrig)'),
    word('(är|kommer) på väg till dig'),
  ],
  en: [
    word('why'),
    word('you should'),
    word('you must'),
    word('you have to'),
    word('commit(ted)? suicide'),
    word('unfortunately'),
    word('guarante\\p{L}*'),
    word('we promise'),
    word('i promise'),
    word('(completely|totally|fully) (anonymous|secret|safe|confidential)'),
    word('no ?(one|body) will ever'),
    word('we never tell'),
    word('is on the way to you'),
  ],
};

/** DOMAIN 5.6: words that must not light up on a shared phone. */
const indiscreet: Readonly<Record<ContentLanguage, readonly RegExp[]>> = {
  sv: [
    /kriminal|kriminell|extremis|terror|radikaliser|socialtj|socialsekr/i,
    word('gäng\\p{L}*'),
    word('knark\\p{L}*'),
  ],
  en: [/criminal|extremis|terror|radicali|social (services|worker)/i, word('gangs?'), word('crimes?')],
};

/** Whether words may stand on a phone that others see. Only what can be checked is: the originals (DOMAIN 5.6). */
export const isDiscreet = (text: string, language: string): boolean =>
  isOriginal(language) && !indiscreet[language].some((pattern) => pattern.test(text));

const lixLimit = { young: 30, relative: 35, all: 35 } as const;
export const smsLimit = 306;
/** Below this many characters LIX says nothing (DOMAIN 5.4: short samples vary). */
const shortSample = 160;

/** What is wrong with one text of the given form; empty when it may be shown. */
export const checkText = (
  template: string,
  { language, audience, sms }: { language: ContentLanguage; audience: keyof typeof lixLimit; sms: boolean },
): string[] => {
  const text = plainText(template);
  const problems: string[] = [];
  for (const pattern of banned[language]) if (pattern.test(text)) problems.push(`banned: ${pattern.source}`);
  if (/[!]/.test(text) || /\p{Extended_Pictographic}/u.test(text)) problems.push('exclamation mark or emoji');
  if (longestSentence(text) > 15) problems.push(`a sentence of ${longestSentence(text)} words`);
  if (language === 'sv' && text.length >= shortSample && lix(text) > lixLimit[audience])
    problems.push(`lix ${lix(text).toFixed(1)}`);
  if (!sms) {
    const paragraphs = text.split('\n\n');
    if (paragraphs.length > 3) problems.push(`${paragraphs.length} paragraphs`);
    const longest = Math.max(...paragraphs.map((paragraph) => paragraph.length));
    if (longest > 240) problems.push(`a paragraph of ${longest} characters`);
    return problems;
  }
  for (const pattern of indiscreet[language]) if (pattern.test(text)) problems.push(`indiscreet: ${pattern.source}`);
  return problems;
};

/** What is wrong with a text message as it would be sent. */
export const checkSms = (rendered: string): string[] => {
  const { encoding, units } = smsSize(rendered);
  return [
    ...(encoding === 'gsm7' ? [] : ['not GSM-7']),
    ...(units > smsLimit ? [`${units} units in a text message`] : []),
  ];
};

/**
 * What is wrong with a translation: it must say the same numbers in as many paragraphs as its original, no more hastily, and
 * fit a text message. Whether it says them well only a native reader can tell (W8).
 */
export const checkTranslation = (
  original: AnswerTexts,
  translated: AnswerTexts,
  rendered: { sms: string },
): string[] => {
  const numbers = (template: string) => [...new Set(Object.values(contactsIn(template)).flat())].sort().join(' ');
  const problems: string[] = [];
  for (const form of ['text', 'sms'] as const) {
    if (numbers(original[form]) !== numbers(translated[form])) problems.push(`${form}: other contacts`);
    if (/[!！]|\p{Extended_Pictographic}/u.test(translated[form])) problems.push(`${form}: exclamation mark or emoji`);
  }
  if (translated.text.split('\n\n').length > 3) problems.push('text: more than three paragraphs');
  if (!fitsSms(rendered.sms)) problems.push(`sms: ${sizeWhenPlain(rendered.sms).units} units`);
  return problems;
};

/** What is wrong with an answer's words in both languages and both forms. */
export const checkAnswer = (answer: AnswerFile): string[] =>
  (['sv', 'en'] as const).flatMap((language) => {
    const { title, text, sms } = answer.texts[language];
    const check = (template: string, form: boolean) =>
      checkText(template, { language, audience: answer.audience, sms: form });
    return [...check(text, false), ...check(sms, true), ...(title.length > 90 ? ['long title'] : [])].map(
      (problem) => `${answer.id} ${language}: ${problem}`,
    );
  });

function word(pattern: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'iu');
}
