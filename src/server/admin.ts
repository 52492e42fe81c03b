import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { appendAudit, verifyAudit } from '../../db/audit.ts';
import type { Db, Tx } from '../../db/client.ts';
import { writeHours } from '../../db/hours.ts';
import { district } from '../../db/schema/place.ts';
import { withdrawnAnswer } from '../../db/schema/protected.ts';
import { contentProblems } from '../bot/knowledge/content-problems.ts';
import { createLibrary } from '../bot/knowledge/library.ts';
import { readPlaces } from '../bot/knowledge/places/places.ts';
import { scheduleSchema } from '../bot/words/schedule.ts';
import { readConfig } from './config.ts';
import { type Flags, STAFF_TASKS, STAFF_USAGE } from './staff-tasks.ts';
import { openStorage, type Storage } from './storage.ts';

const USAGE = `${STAFF_USAGE}
npm run admin -- audit verify
npm run admin -- answers withdraw|restore --id TOPIC
npm run admin -- answers withdrawn
npm run admin -- hours set DISTRICT FILE.json
npm run admin -- hours show
npm run admin -- content check`;

type Task = (store: Storage, flags: Flags, rest: string[]) => Promise<string>;

const TASKS: Record<string, Task> = {
  ...STAFF_TASKS,
  'audit verify': async ({ db }) => {
    const broken = await verifyAudit(db);
    if (broken !== null) throw new Error(`the audit chain is broken at row ${broken}`);
    return 'the audit chain is whole';
  },
  'answers withdraw': async ({ db }, { id = '' }) => {
    if (
      !createLibrary()
        .topics()
        .some((topic) => topic.id === id)
    )
      throw new Error(`there is no answer ${id}`);
    await change(db, 'answer-withdraw', id, (tx) => tx.insert(withdrawnAnswer).values({ id }).onConflictDoNothing());
    return `withdrawn ${id}: it is not said any more`;
  },
  'answers restore': async ({ db }, { id = '' }) => {
    await change(db, 'answer-restore', id, (tx) => tx.delete(withdrawnAnswer).where(eq(withdrawnAnswer.id, id)));
    return `restored ${id}`;
  },
  'hours set': async ({ db }, _flags, [slug = '', file = '']) => {
    const parsed = scheduleSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (!parsed.success) throw new Error(`${file} is no schedule: ${z.prettifyError(parsed.error)}`);
    const known = await db.transaction((tx) => writeHours(tx, 'operator', slug, parsed.data, new Date()));
    if (!known) throw new Error(`there is no district ${slug}`);
    return `${slug} has new hours: they count at once`;
  },
  'hours show': async ({ db }) => {
    const rows = await db.select().from(district).orderBy(district.slug);
    return rows.map(({ slug, hours }) => `${slug}  ${hours ? JSON.stringify(hours) : 'no hours: closed'}`).join('\n');
  },
  'answers withdrawn': async ({ db }) => (await db.select().from(withdrawnAnswer)).map(({ id }) => id).join('\n'),
};

/** Tasks that need no database. */
const CHECKS: Record<string, () => string> = {
  'content check': () => {
    const problems = contentProblems(new Date());
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return 'every answer, translation and fixed text keeps to the rules';
  },
};

async function change(db: Db, action: string, answer: string, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  await db.transaction(async (tx) => {
    await work(tx);
    await appendAudit(tx, { actor: 'operator', action, conversationId: null, detail: { answer } }, new Date());
  });
}

/** An operator's tasks, on the same settings and database as the service. */
async function main(): Promise<void> {
  const string = { type: 'string' } as const;
  const options = { tenant: string, object: string, name: string, role: string, districts: string, id: string };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [name, rest] = [positionals.slice(0, 2).join(' '), positionals.slice(2)];
  const check = CHECKS[name];
  if (check) return void process.stdout.write(`${check()}\n`);
  const task = TASKS[name];
  if (!task) throw new Error(`unknown task. Use:\n${USAGE}`);
  const store = await openStorage(readConfig(process.env), readPlaces(), () => {});
  try {
    process.stdout.write(`${await task(store, values, rest)}\n`);
  } finally {
    await store.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'unknown error'}\n`);
  process.exit(1);
});
