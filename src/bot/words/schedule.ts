import { z } from 'zod';
import data from './hours.json' with { type: 'json' };

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const span = z.tuple([time, time]).refine(([from, to]) => from < to, { error: 'opens after it closes' });

/** When people answer. Holidays are computed; `closedDates` (YYYY-MM-DD) are the City's own extra closed days. */
export const scheduleSchema = z.strictObject({
  timeZone: z.literal('Europe/Stockholm'),
  status: z.string(),
  source: z.string(),
  reviewBy: z.iso.date(),
  weekdays: z.partialRecord(
    z.enum(['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']),
    span,
  ),
  closedDates: z.array(z.iso.date()),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** The schedule of `hours.json`; a missing or broken one is null, which means closed (F52). */
export const readSchedule = (raw: unknown = data): Schedule | null => scheduleSchema.safeParse(raw).data ?? null;
