/** The words of a promise about time in Swedish and English, as sources of regular expressions. */

/** Whole words only, in any letters; a space in the source is any white space. */
export const words = (source: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\d])(?:${source.replaceAll(' ', '\\s+')})(?![\\p{L}\\d])`, 'iu');

const SAYS_SV =
  'hör av (?:mig|oss)|hörs|ringer|återkommer|skriver|svarar|smsar|messar|mejlar|mailar|kontaktar|tar kontakt|kommer tillbaka|pratas vid|ses|träffas';
const SAYS_EN =
  'call|phone|ring|write|text|email|e-mail|be in touch|get in touch|get back|come back|contact|answer|reply|let you know|talk|speak|meet|see you';

/** Somebody of ours says that they will do something towards the person. */
export const COMMITS = words(
  [
    `(?:jag|vi) (?:(?:\\p{L}+) ){0,3}?(?:${SAYS_SV})`,
    `(?:${SAYS_SV}) (?:jag|vi)`,
    `(?:jag|vi) (?:ska|skall|kommer att|kan|lovar att) (?:[^.!?]{0,40} )?(?:höra av (?:mig|oss)|höras|ringa|återkomma|skriva|svara|smsa|messa|mejla|maila|kontakta|ta kontakt|komma tillbaka|ses|träffas)`,
    `(?:i|we)(?:['’]ll| will| can| promise to| am going to| are going to|['’]m going to|['’]re going to) (?:[^.!?]{0,30} )?(?:${SAYS_EN})`,
    "(?:talk|speak|write) to you|you(?:[’']ll| will) hear from (?:me|us)",
  ].join('|'),
);

/** What makes it no promise: a no, a question of ours, a condition of theirs. */
export const NOT = words("inte|aldrig|not|never|won['’]t|can['’]t|cannot|ingen|nobody|no one");

/** Days from today, with the hour it is due when no time is said. */
export const DAYS: readonly [RegExp, days: number, hour: number][] = [
  [words('(?:i övermorgon|the day after tomorrow)'), 2, 15],
  [words('(?:i ?morgon|i ?morron) bitti'), 1, 9],
  [words('(?:i ?morgon|i ?morron|i ?morrn) kväll|tomorrow (?:evening|night)'), 1, 20],
  [words('tomorrow morning'), 1, 12],
  [words('tomorrow afternoon'), 1, 17],
  [words('i ?morgon|i ?morron|i ?morrn|tomorrow'), 1, 15],
  [words('i ?kväll|tonight|this evening'), 0, 20],
  [words('i eftermiddag|this afternoon'), 0, 16],
  [words('i förmiddag|this morning'), 0, 12],
  [words('i ?dag|today|under dagen'), 0, 16],
];

/** 0 is Sunday. */
export const WEEKDAYS: readonly RegExp[] = [
  words('söndag(?:en)?|sunday'),
  words('måndag(?:en)?|monday'),
  words('tisdag(?:en)?|tuesday'),
  words('onsdag(?:en)?|wednesday'),
  words('torsdag(?:en)?|thursday'),
  words('fredag(?:en)?|friday'),
  words('lördag(?:en)?|saturday'),
];
export const NEXT = words('nästa|next');
export const NEXT_WEEK = words('nästa vecka|next week');

export const MONTHS: readonly RegExp[] = [
  ...['januari|jan|january', 'februari|feb|february', 'mars|mar|march', 'april|apr', 'maj|may', 'juni|jun|june'],
  ...['juli|jul|july', 'augusti|aug|august', 'september|sep|sept', 'oktober|okt|october|oct', 'november|nov'],
  'december|dec',
].map((month) => words(month));

export const NUMBERS: Readonly<Record<string, number>> = {
  ...{ en: 1, ett: 1, två: 2, tre: 3, fyra: 4, fem: 5, sex: 6, sju: 7, åtta: 8, nio: 9, tio: 10, elva: 11, tolv: 12 },
  ...{ a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ eleven: 11, twelve: 12, 'ett par': 2, 'a couple of': 2 },
};
const NUMBER = `\\d{1,3}|${Object.keys(NUMBERS)
  .toSorted((a, b) => b.length - a.length)
  .join('|')}`;

/** "inom två timmar", "in 30 minutes": the number and the unit. */
export const WITHIN = words(
  `(?:inom|om|within|in) (?<n>${NUMBER}) ?(?<unit>min\\p{L}*|tim\\p{L}*|h|hours?|dag\\p{L}*|dygn|days?|veck\\p{L}*|weeks?)`,
);
export const HALF_HOUR = words('(?:inom|om) en halv ?timme|(?:within|in) half an hour|(?:inom|om) en halvtimme');

const HOURS = Object.keys(NUMBERS)
  .filter((word) => word.length > 2 && !word.includes(' '))
  .join('|');
const BEFORE = 'före|innan|senast|till|kl\\.?|klockan|vid|runt|omkring|efter|before|by|at|around|after|no later than';
const HALF_DAY = 'am|pm|a\\.m\\.|p\\.m\\.';

/** "före 10", "senast kl. 14.30", "by 9 am". */
export const CLOCK = words(
  `(?:(?:${BEFORE}) ?){1,2}(?:kl\\.? ?|klockan )?(?<half>halv )?(?<h>\\d{1,2}|${HOURS}|en|ett)(?:[:.](?<m>\\d\\d))?(?: ?(?<ap>${HALF_DAY}))?`,
);
/** "halv nio" needs no word before it, and neither does "10:30". */
export const HALF_PAST = words(`(?<half>halv )(?<h>${HOURS}|en|ett|\\d{1,2})`);
export const BARE_CLOCK = words('(?<h>\\d{1,2})[:.](?<m>\\d\\d)');
export const EVENING = words('kväll|kvällen|tonight|evening');

/** Parts of a day: the hour by which. */
export const PARTS: readonly [RegExp, hour: number][] = [
  [words('(?:före|innan|before) lunch'), 12],
  [words('(?:efter|after) lunch'), 15],
  [words('på morgonen|first thing'), 10],
  [words('på förmiddagen|(?:in the )?morning'), 12],
  [words('på eftermiddagen|(?:in the )?afternoon'), 17],
  [words('på kvällen|(?:in the )?evening'), 20],
];
