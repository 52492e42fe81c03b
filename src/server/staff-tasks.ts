import { eq } from 'drizzle-orm';
import { appendAudit } from '../../db/audit.ts';
import type { Db, Tx } from '../../db/client.ts';
import { newId } from '../../db/schema/columns.ts';
import { district } from '../../db/schema/place.ts';
import { WORKER_ROLES, worker, workerDistrict } from '../../db/schema/staff.ts';

export type Flags = Record<string, string | undefined>;

export const STAFF_USAGE = `npm run admin -- staff add --tenant ID --object ID --name NAME --role ${WORKER_ROLES.join('|')} --districts a,b
npm run admin -- staff district --id WORKER --districts a,b
npm run admin -- staff role --id WORKER --role ${WORKER_ROLES.join('|')}
npm run admin -- staff remove --id WORKER
npm run admin -- staff list`;

/** Who of the staff may do what where. Every change counts on the next request and ends open streams; each is audited. */
export const STAFF_TASKS: Record<string, (store: { db: Db }, flags: Flags) => Promise<string>> = {
  /** Somebody who was here before comes back as the same worker. */
  'staff add': async ({ db }, { tenant, object, name, role, districts = '' }) => {
    const known = roleOf(role);
    if (!tenant || !object || !name || !known) throw new Error('--tenant, --object, --name and --role are needed');
    const slugs = await districtsOf(db, districts);
    const identity = { tenantId: tenant.toLowerCase(), objectId: object.toLowerCase() };
    const id = await db.transaction(async (tx) => {
      const [row] = await tx
        .insert(worker)
        .values({ id: newId('wrk'), ...identity, name, role: known })
        .onConflictDoUpdate({
          target: [worker.tenantId, worker.objectId],
          set: { name, role: known, active: true },
        })
        .returning({ id: worker.id });
      if (!row) throw new Error('the worker was not added');
      await setDistricts(tx, row.id, slugs);
      await note(tx, 'staff-add', row.id);
      return row.id;
    });
    return `added ${id}`;
  },

  'staff district': async ({ db }, { id = '', districts = '' }) => {
    const slugs = await districtsOf(db, districts);
    await db.transaction(async (tx) => {
      const [row] = await tx.select({ id: worker.id }).from(worker).where(eq(worker.id, id));
      if (!row) throw new Error(`there is no worker ${id}`);
      await setDistricts(tx, id, slugs);
      await note(tx, 'staff-district', id);
    });
    return `${id} has ${slugs.join(', ') || 'no district'}: it counts on the next request`;
  },

  'staff role': async ({ db }, { id = '', role }) => {
    const known = roleOf(role);
    if (!known) throw new Error(`--role is one of ${WORKER_ROLES.join(', ')}`);
    await change(db, 'staff-role', id, { role: known });
    return `${id} is ${known}: it counts on the next request`;
  },

  'staff remove': async ({ db }, { id = '' }) => {
    await change(db, 'staff-remove', id, { active: false });
    return `removed ${id}: it counts on the next request`;
  },

  'staff list': async ({ db }) => {
    const rows = await db.select().from(worker).orderBy(worker.id);
    const places = await db.select().from(workerDistrict).orderBy(workerDistrict.district);
    const of = (id: string) => places.flatMap((p) => (p.workerId === id ? p.district : [])).join(',');
    return rows
      .map((w) => `${w.id}  ${w.role}  ${w.active ? '' : 'removed  '}${w.name}  ${of(w.id)}`.trim())
      .join('\n');
  },
};

const roleOf = (role: string | undefined) => WORKER_ROLES.find((each) => each === role);

async function districtsOf(db: Db, list: string): Promise<string[]> {
  const slugs = [...new Set(list.split(',').filter(Boolean))];
  const existing = (await db.select({ slug: district.slug }).from(district)).map((d) => d.slug);
  const unknown = slugs.find((slug) => !existing.includes(slug));
  if (unknown) throw new Error(`there is no district ${unknown}; there are ${existing.join(', ')}`);
  return slugs;
}

async function setDistricts(tx: Tx, workerId: string, slugs: string[]): Promise<void> {
  await tx.delete(workerDistrict).where(eq(workerDistrict.workerId, workerId));
  if (slugs.length > 0) await tx.insert(workerDistrict).values(slugs.map((slug) => ({ workerId, district: slug })));
}

async function change(db: Db, action: string, id: string, set: Partial<typeof worker.$inferInsert>): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx.update(worker).set(set).where(eq(worker.id, id)).returning({ id: worker.id });
    if (!row) throw new Error(`there is no worker ${id}`);
    await note(tx, action, id);
  });
}

const note = (tx: Tx, action: string, workerId: string): Promise<unknown> =>
  appendAudit(tx, { actor: 'operator', action, conversationId: null, detail: { worker: workerId } }, new Date());
