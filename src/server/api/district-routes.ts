import { z } from 'zod';
import { scheduleSchema } from '../../bot/words/schedule.ts';
import type { Actor, Desk } from '../../inbox/queue/desk.ts';
import { dutyOf, setDuty } from '../../inbox/queue/duty.ts';
import { mayKeepHours, setHours } from '../../inbox/queue/set-hours.ts';
import { type District, DutyBody } from '../../inbox/wire.ts';
import type { Door } from '../auth/door.ts';
import { actorOf } from '../auth/staff-guard.ts';
import { readJson } from '../body.ts';
import { CITY_POOL, type Moment } from '../hours/route.ts';
import type { Timetable } from '../hours/timetable.ts';
import { Problem } from '../problem.ts';

export interface DistrictDeps {
  desk: Desk;
  timetable: Pick<Timetable, 'at' | 'schedule'>;
  districts(): readonly { slug: string; name: string }[];
}

export const HoursBody = z.strictObject({ hours: scheduleSchema.nullable() });

/** When districts answer, and who is on duty: `/districts…` and `/me/duty`. */
export function districtRoutes(door: Door, deps: DistrictDeps): void {
  const { desk, timetable } = deps;
  const base = '/api/inbox';

  door.on('staff', 'get', `${base}/districts`, (c) => {
    const actor = actorOf(c);
    const moment = timetable.at(desk.clock());
    return c.json({
      items: deps
        .districts()
        .filter(isSeenBy(actor))
        .map(stateAt(deps, actor, moment)),
    });
  });
  door.on('staff', 'put', `${base}/districts/:slug`, async (c) => {
    const actor = actorOf(c);
    const slug = c.req.param('slug') ?? '';
    // The same answer for one that is not there and one that is not theirs, before the body is read.
    if (!mayKeepHours(actor, slug)) throw new Problem(404);
    const { hours } = await readJson(c, HoursBody);
    if (!(await setHours(desk, actor, slug, hours))) throw new Problem(404);
    return c.json({ slug, hours });
  });
  door.on('staff', 'get', `${base}/me/duty`, async (c) => c.json(await dutyOf(desk.db, actorOf(c), desk.clock())));
  door.on('staff', 'post', `${base}/me/duty`, async (c) =>
    c.json(await setDuty(desk, actorOf(c), await readJson(c, DutyBody))),
  );
}

/** Everybody sees their own districts; who answers for the whole city sees them all. */
const isSeenBy =
  ({ role, districts }: Actor) =>
  ({ slug }: { slug: string }): boolean =>
    districts.includes(slug) || role === 'admin' || (role === 'coordinator' && districts.includes(CITY_POOL));

const stateAt =
  ({ timetable }: DistrictDeps, actor: Actor, moment: Moment) =>
  ({ slug, name }: { slug: string; name: string }): District => {
    const { district, opening } = moment.route(slug);
    const own = moment.own(slug);
    return {
      slug,
      name,
      open: own.open,
      until: own.until?.toISOString() ?? null,
      opensAt: own.opensAt?.toISOString() ?? null,
      pool: district !== slug && opening.open,
      hours: timetable.schedule(slug),
      mine: mayKeepHours(actor, slug),
    };
  };
