import { parseArgs } from 'node:util';
import { eq } from 'drizzle-orm';
import { appendAudit, verifyAudit } from '../../db/audit.ts';
import { newId } from '../../db/schema/columns.ts';
import { district } from '../../db/schema/place.ts';
import { WORKER_ROLES, worker, workerDistrict } from '../../db/schema/staff.ts';
import { readPlaces } from '../bot/knowledge/places/places.ts';
import { readConfig } from './config.ts';
import { openStorage, type Storage } from './storage.ts';

const USAGE = `npm run admin -- staff add --tenant ID --object ID --name NAME --role ${WORKER_ROLES.join('|')} --districts a,b
npm run admin -- staff list
npm run admin -- staff remove --id WORKER
npm run admin -- audit verify`;

type Task = (store: Storage, flags: Record<string, string | undefined>) => Promise<string>;

const TASKS: Record<string, Task> = {
  'staff add': async ({ db }, { tenant, object, name, role, districts = '' }) => {
    const known = WORKER_ROLES.find((r) => r === role);
    if (!tenant || !object || !name || !known) throw new Error(`--tenant, --object, --name and --role are needed`);
    const slugs = districts.split(',').filter(Boolean);
    const existing = (await db.select({ slug: district.slug }).from(district)).map((d) => d.slug);
    const unknown = slugs.find((s) => !existing.includes(s));
    if (unknown) throw new Error(`there is no district ${unknown}; there are ${existing.join(', ')}`);
    const id = newId('wrk');
    await db.transaction(async (tx) => {
      await tx.insert(worker).values({ id, tenantId: tenant, objectId: object, name, role: known });
      if (slugs.length > 0) await tx.insert(workerDistrict).values(slugs.map((s) => ({ workerId: id, district: s })));
      await appendAudit(
        tx,
        { actor: 'operator', action: 'staff-add', conversationId: null, detail: { worker: id } },
        new Date(),
      );
    });
    return `added ${id}`;
  },
  'staff list': async ({ db }) => {
    const rows = await db.select().from(worker).orderBy(worker.id);
    return rows.map((w) => `${w.id}  ${w.role}  ${w.active ? '' : 'removed  '}${w.name}`).join('\n');
  },
  'staff remove': async ({ db }, { id = '' }) => {
    const removed = await db.transaction(async (tx) => {
      const [row] = await tx
        .update(worker)
        .set({ active: false })
        .where(eq(worker.id, id))
        .returning({ id: worker.id });
      if (row)
        await appendAudit(
          tx,
          { actor: 'operator', action: 'staff-remove', conversationId: null, detail: { worker: id } },
          new Date(),
        );
      return row;
    });
    if (!removed) throw new Error(`there is no worker ${id}`);
    return `removed ${id}: it counts on the next request`;
  },
  'audit verify': async ({ db }) => {
    const broken = await verifyAudit(db);
    if (broken !== null) throw new Error(`the audit chain is broken at row ${broken}`);
    return 'the audit chain is whole';
  },
};

/** An operator's tasks, on the same settings and database as the service. */
async function main(): Promise<void> {
  const string = { type: 'string' } as const;
  const options = { tenant: string, object: string, name: string, role: string, districts: string, id: string };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const task = TASKS[positionals.join(' ')];
  if (!task) throw new Error(`unknown task. Use:\n${USAGE}`);
  const store = await openStorage(readConfig(process.env), readPlaces(), () => {});
  try {
    process.stdout.write(`${await task(store, values)}\n`);
  } finally {
    await store.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'unknown error'}\n`);
  process.exit(1);
});
