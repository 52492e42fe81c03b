import { and, eq, type SQL } from 'drizzle-orm';
import type { Reader } from '../../../db/client.ts';
import { worker, workerDistrict } from '../../../db/schema/staff.ts';
import type { Actor } from './desk.ts';

/** A member of staff by their directory identity. @returns null for a stranger and for one who has been put out of service. */
export const findActor = (db: Reader, who: { tenantId: string; objectId: string }): Promise<Actor | null> =>
  find(db, and(eq(worker.tenantId, who.tenantId), eq(worker.objectId, who.objectId)));

/** The same by the worker's own id (developer sign-in). */
export const findActorById = (db: Reader, id: string): Promise<Actor | null> => find(db, eq(worker.id, id));

async function find(db: Reader, who: SQL | undefined): Promise<Actor | null> {
  const rows = await db
    .select({ id: worker.id, name: worker.name, role: worker.role, district: workerDistrict.district })
    .from(worker)
    .leftJoin(workerDistrict, eq(workerDistrict.workerId, worker.id))
    .where(and(who, eq(worker.active, true)));
  const [first] = rows;
  if (!first) return null;
  const districts = rows.flatMap(({ district }) => (district === null ? [] : [district])).sort();
  return { id: first.id, name: first.name, role: first.role, districts };
}
