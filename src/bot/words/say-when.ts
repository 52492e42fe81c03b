import speeches from './speech.json' with { type: 'json' };
import { plusDays, stockholmTime } from './stockholm-time.ts';

/** "i dag klockan 16.30", "i morgon klockan 8", "på måndag klockan 8", "torsdag 7 januari klockan 8"; so in each language of speech.json. */
export const sayWhen = (opensAt: Date, now: Date, language: string): string => {
  const speech = speechOf(language);
  const then = stockholmTime(opensAt);
  const { date: today } = stockholmTime(now);
  const values: Readonly<Record<string, string>> = {
    clock: speech.clock.replace('{time}', clockTime(then.minute, speech)),
    day: speech.days[then.weekday] ?? '',
    date: String(Number(then.date.slice(8))),
    month: speech.months[Number(then.date.slice(5, 7)) - 1] ?? '',
  };
  return formFor(then.date, today, speech).replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
};

type Speech = (typeof speeches)[keyof typeof speeches];

const speechOf = (language: string): Speech => (isSpoken(language) ? speeches[language] : speeches.en);

const isSpoken = (language: string): language is keyof typeof speeches => Object.hasOwn(speeches, language);

const formFor = (date: string, today: string, speech: Speech): string => {
  if (date === today) return speech.today;
  if (date === plusDays(today, 1)) return speech.tomorrow;
  return date <= plusDays(today, 6) ? speech.near : speech.far;
};

/** Western digits in every language; `whole` tells whether a full hour carries its zeros. */
const clockTime = (minute: number, { mark, whole }: Speech): string => {
  const past = minute % 60;
  return `${Math.floor(minute / 60)}${past || whole ? `${mark}${String(past).padStart(2, '0')}` : ''}`;
};
