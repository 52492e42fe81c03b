import { z } from 'zod';
import data from './hours.json' with { type: 'json' };

const from = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const to = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const spans = z.array(z.tuple([from, to]).refine(([a, b]) => a !== b, { error: 'begins and ends at once' })).max(6);
const byDate = z.record(z.iso.date(), spans).default({});

/**
 * When a district's people answer, in Stockholm's wall-clock time. A span that ends before it begins runs past midnight and
 * belongs to the day it begins on: a Friday 22:00-02:00 is one shift, whatever Saturday is.
 */
export const scheduleSchema = z.strictObject({
  week: z.partialRecord(z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']), spans),
  /** On the calendar's holidays, whatever weekday they are. */
  holidays: spans.default([]),
  /** This district's own days. */
  exceptions: byDate,
  /** In the city pool's row: days that are different in every district (half days, squeezed days). The pool keeps its own hours. */
  cityDays: byDate,
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** A stored schedule; a missing or broken one is null, which means closed (F52). */
export const readSchedule = (raw: unknown): Schedule | null => scheduleSchema.safeParse(raw).data ?? null;

/** Office hours in practice (DOMAIN 1.5), for development: nobody has confirmed them. */
export const usualHours = (): Schedule => scheduleSchema.parse(data);
