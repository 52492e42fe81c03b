import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import { district } from '../../../db/schema/place.ts';
import { worker, workerDistrict } from '../../../db/schema/staff.ts';
import type { Colleagues } from '../wire.ts';
import { type Actor, asStaff, type Desk } from './desk.ts';

/** To whom a conversation can be offered: the districts where somebody works, and the colleagues by name. */
export const colleagues = (desk: Desk, actor: Actor): Promise<Colleagues> =>
  asStaff(desk, actor, async (tx) => {
    const rows = await tx
      .select({ id: worker.id, name: worker.name, slug: district.slug, district: district.name })
      .from(worker)
      .innerJoin(workerDistrict, eq(workerDistrict.workerId, worker.id))
      .innerJoin(district, eq(district.slug, workerDistrict.district))
      .where(
        and(eq(worker.active, true), ne(worker.id, actor.id), inArray(worker.role, ['worker', 'coordinator', 'admin'])),
      )
      .orderBy(asc(district.name), asc(worker.name), asc(worker.id));
    const districts = new Map(rows.map((row) => [row.slug, { slug: row.slug, name: row.district }]));
    const workers = rows.map(({ id, name, slug }) => ({ id, name, district: slug }));
    return { districts: [...districts.values()], workers };
  });
