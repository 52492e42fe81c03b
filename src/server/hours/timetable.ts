import type { Db } from '../../../db/client.ts';
import { district } from '../../../db/schema/place.ts';
import { readSchedule, type Schedule } from '../../bot/words/schedule.ts';
import { factsOf, type Log } from '../log.ts';
import type { Hub } from '../realtime/hub.ts';
import { type Known, type Moment, momentOf, type Schedules } from './route.ts';

export interface Timetable {
  /** No query: the rows are kept in memory and read again when one of them changes. */
  at(now: Date): Moment;
  schedule(district: string): Schedule | null;
  /** Districts whose hours nobody has given, or that cannot be read (F52). */
  missing(): string[];
  start(): Promise<void>;
  stop(): void;
}

export interface TimetableDeps {
  db: Db;
  hub: Pick<Hub, 'subscribe' | 'onGap'>;
  log: Log;
  /** Read again this often in any case, should a signal be lost. */
  refreshMs?: number;
}

/** The districts' opening hours as this process knows them. Before `start` everything is closed. */
export function createTimetable({ db, hub, log, refreshMs = 60_000 }: TimetableDeps): Timetable {
  let schedules: Schedules = new Map();
  let known: Known = new Map();
  const ends: (() => void)[] = [];
  const read = async () => {
    const rows = await db.select({ slug: district.slug, hours: district.hours }).from(district);
    schedules = new Map(rows.map(({ slug, hours }) => [slug, readSchedule(hours)]));
    known = new Map();
  };
  const again = () => void read().catch((error: unknown) => log.warn('hours.read', factsOf(error)));
  return {
    at: (now) => momentOf(now, schedules, known),
    schedule: (slug) => schedules.get(slug) ?? null,
    missing: () => [...schedules].filter(([, schedule]) => !schedule).map(([slug]) => slug),
    async start() {
      const timer = setInterval(again, refreshMs).unref();
      ends.push(hub.subscribe('hours:all', again), hub.onGap(again), () => clearInterval(timer));
      await read();
    },
    stop() {
      for (const end of ends.splice(0)) end();
    },
  };
}
