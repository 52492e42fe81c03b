/**
 * Days when offices are closed although they are weekdays: the public holidays of lag (1989:253) and the eves that are
 * equated with them in practice (Midsummer, Christmas, New Year). `MM-DD` of the given year.
 */
export const swedishHolidays = (year: number): ReadonlySet<string> => {
  const easter = easterSunday(year);
  return new Set([
    '01-01',
    '01-06',
    '05-01',
    '06-06',
    '12-24',
    '12-25',
    '12-26',
    '12-31',
    monthDay(easter, -2), // Good Friday
    monthDay(easter, 1), // Easter Monday
    monthDay(easter, 39), // Ascension Day
    monthDay(firstFridayFrom(year, 19), 0), // Midsummer Eve, the Friday of 19-25 June
  ]);
};

/** Gregorian computus (Meeus/Jones/Butcher). */
const easterSunday = (year: number): Date => {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return new Date(Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1));
};

const firstFridayFrom = (year: number, juneDay: number): Date => {
  const start = new Date(Date.UTC(year, 5, juneDay));
  return new Date(Date.UTC(year, 5, juneDay + ((5 - start.getUTCDay() + 7) % 7)));
};

const monthDay = (date: Date, plusDays: number): string =>
  new Date(date.getTime() + plusDays * 86_400_000).toISOString().slice(5, 10);
