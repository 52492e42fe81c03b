import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { relative, worker, youngPerson } from '../support/people.ts';
import { until } from '../support/until.ts';

const MIGRATIONS = fileURLToPath(new URL('../../db/migrations', import.meta.url));
const dataDir = mkdtempSync(path.join(tmpdir(), 'utvag-outage-'));
let database: Awaited<ReturnType<typeof startEmbedded>>;
let house: TestHouse;

beforeAll(async () => {
  database = await startEmbedded({ dataDir });
  await migrate(database.options, MIGRATIONS);
  house = await startHouse('embedded', { connection: database.options, at: '2026-11-24T10:00:00+01:00' });
});
afterAll(async () => {
  await house.stop();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('the database is killed mid-conversation: what was acknowledged is there, what was refused can be sent again, once', async () => {
  const person = await youngPerson(house);
  await person.says('hej');
  expect((await person.writes('jag vill prata med en människa', 'before')).status).toBe(200);

  process.kill(database.pid, 'SIGKILL');
  await until(async () => (await person.writes('är ni där', 'during')).status >= 500);
  expect((await fetch(`${house.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${house.url}/readyz`)).status).toBe(503);

  database = await startEmbedded({ dataDir });
  await until(async () => (await person.writes('är ni där', 'during')).status === 200, 30_000);
  await until(async () => (await fetch(`${house.url}/readyz`)).status === 200, 30_000);
  expect((await person.writes('är ni där', 'during')).status).toBe(200);
  const jarva = await worker(house, 'jarva-1');
  await until(async () => (await jarva.list()).some((i) => i.id === person.id), 30_000);
  const mine = (await person.sees()).filter((b) => b.who === 'visitor').map((b) => b.text);
  expect(mine).toEqual(['hej', 'jag vill prata med en människa', 'är ni där']);

  const claim = await jarva.takes(person.id);
  await jarva.replies(person.id, claim, 'vi är tillbaka');
  await person.hears('vi är tillbaka');
}, 90_000);

test('the SMS vendor is down for good: the worker is told that the text did not arrive', async () => {
  const phone = relative(house, '+46701740699');
  await phone.texts_and_gets('jag vill prata med en människa');
  const jarva = await worker(house, 'jarva-1');
  await until(async () => (await jarva.list()).some((i) => i.channel === 'sms'));
  const id = (await jarva.list()).find((i) => i.channel === 'sms')?.id ?? '';
  const claim = await jarva.takes(id);
  await jarva.replies(id, claim, 'error 21211');
  await until(async () => (await jarva.open(id)).body.messages.at(-1)?.delivery?.status === 'failed');
  await jarva.replies(id, claim, 'error lost');
  await until(async () => (await jarva.open(id)).body.messages.at(-1)?.delivery?.status === 'unknown');
});
