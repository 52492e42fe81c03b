import Holidays from 'date-holidays';

export const HOLIDAY_FILE = new URL('../../../src/bot/words/swedish-holidays.json', import.meta.url);

/**
 * Red days (lag 1989:253) and the eves on which offices are closed all the same (Midsummer, Christmas, New Year), as `MM-DD` by
 * year, from date-holidays' Swedish calendar. Half days are the City's own matter and not among them.
 */
export function libraryHolidays(from: number, to: number): Record<string, string[]> {
  const sweden = new Holidays('SE', { timezone: 'Europe/Stockholm' });
  const years = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return Object.fromEntries(
    years.map((year) => [
      year,
      sweden
        .getHolidays(year)
        .filter(({ type }) => type === 'public' || type === 'bank')
        .map(({ date }) => date.slice(5, 10)),
    ]),
  );
}
