/** A day and a time of day as the clocks in Stockholm show them: `date` YYYY-MM-DD, `minute` from midnight, `weekday` 0 is Sunday. */
export interface Wall {
  date: string;
  minute: number;
  weekday: number;
}

/** Made when first asked: the browser opens tables for it that take longer than the first list does. */
let zone: Intl.DateTimeFormat | undefined;

export function wallOf(at: Date): Wall {
  const shifted = new Date(at.getTime() + offsetMs(at.getTime()));
  const minute = shifted.getUTCHours() * 60 + shifted.getUTCMinutes();
  return { date: shifted.toISOString().slice(0, 10), minute, weekday: shifted.getUTCDay() };
}

/** The instant of a wall time; on a night that changes the clocks too. A time that is skipped is the hour after it (F52). */
export function instantOf(date: string, minute: number): Date {
  const wall = Date.parse(`${date}T00:00:00Z`) + minute * 60_000;
  // Taken at a first guess and again at the result, which settles it on either side of a change.
  return new Date(wall - offsetMs(wall - offsetMs(wall)));
}

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

function offsetMs(at: number): number {
  zone ??= new Intl.DateTimeFormat('en', { timeZone: 'Europe/Stockholm', timeZoneName: 'longOffset' });
  const name = zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
}
