import type { ChatData } from '../wire.ts';

/** "22 november 2026", or without the day: everybody's calendar in Sweden and the digits of 112, in whatever language. */
export const sayDate = (date: Date, { language, words }: ChatData, day?: 'numeric'): string =>
  words.months.length > 0
    ? `${day ? `${date.getDate()} ` : ''}${words.months[date.getMonth()]} ${date.getFullYear()}`
    : date.toLocaleDateString(`${language}-u-ca-gregory-nu-latn`, { day, month: 'long', year: 'numeric' });
