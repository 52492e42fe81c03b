import { fold, unifyArabic } from './spelling.ts';

/** A person, and to talk, in the languages beside Swedish and English: beginnings of words, as people write them. */
const WORDS: readonly (readonly [person: string, talk: string])[] = [
  [
    'انسان إنسان شخص حدا حد احد أحد موظف بشر',
    'احكي أحكي حكي نحكي الحكي اتكلم أتكلم تكلم التكلم اتحدث أتحدث تحدث التحدث الحديث تواصل التواصل',
  ],
  ['انسان کسی یکی نفر آدم مشاور مددکار', 'حرف صحبت گپ'],
  ['مرۆڤ کەس یەکێک', 'قسە گفتوگۆ'],
  ['qof dad bini shaqaale', 'hadal hadl sheekays'],
  ['ሰብ', 'ክዛረብ ዛረብ ምዝራብ ከዘራርብ'],
  ['insan biri kişi görevli', 'konuş görüş'],
  ['człowiek człowiekiem kimś osob ktoś', 'rozmaw porozm pogad'],
  ['persona alguien humano alguno', 'habl convers'],
  ['человек людьми кем кто', 'говор поговор общат'],
  ['ihmi joku jonku joll', 'puhu jutel'],
];

const any = (words: string): string =>
  `(?:${words
    .split(' ')
    .map((word) => fold(unifyArabic(word)))
    .join('|')})[\\p{L}]*`;
const PATTERNS: readonly RegExp[] = WORDS.flatMap(([person, talk]) => {
  const [who, speak] = [any(person), any(talk)];
  return [
    new RegExp(`(?<!\\p{L})${who} (?:\\S+ ){0,2}${speak}`, 'u'),
    new RegExp(`(?<!\\p{L})${speak} (?:\\S+ ){0,3}${who}`, 'u'),
    new RegExp(`^(?:\\S+ )?(?:${fold(unifyArabic(person.split(' ')[0] ?? ''))})[\\p{L}]*$`, 'u'),
  ];
});

/** Does a text in a language beside Swedish and English ask for a person? @param plain folded, without signs. */
export const asksHuman = (plain: string): boolean => {
  const unified = unifyArabic(plain);
  return PATTERNS.some((pattern) => pattern.test(unified));
};
