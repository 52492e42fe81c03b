import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { conversation, message } from '../../db/schema/conversation.ts';
import { type FakeOpenAi, hang, startFakeOpenAi, status } from '../support/fake-openai.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { worker, youngPerson } from '../support/people.ts';
import { until } from '../support/until.ts';

let model: FakeOpenAi;
let house: TestHouse;

beforeAll(async () => {
  model = await startFakeOpenAi();
  house = await startHouse('embedded', {
    at: '2026-11-24T10:00:00+01:00',
    env: { OPENAI_BASE_URL: model.baseUrl, OPENAI_MODEL: 'test', UTVAG_TURN_LEASE_MS: '15000' },
  });
});
afterAll(async () => {
  await house.stop();
  await model.stop();
});

const QUESTION = 'vem läser det jag skriver här?';

test('a model that does not answer costs nobody their answer: the approved text comes within its time (F48)', async () => {
  model.will(hang);
  const person = await youngPerson(house);
  await person.says('hej');
  expect(await person.says(QUESTION)).toMatch(/sekretess|läser/);
  model.will(status(500));
  expect(await person.says('får mina föräldrar veta?')).toMatch(/föräldra|vårdnadshavare/i);
}, 30_000);

test('with a slow model call in flight a worker takes over: nothing of the bot comes after (F1)', async () => {
  model.will(hang);
  const person = await youngPerson(house);
  await person.says('hej');
  const asked = model.received.length;
  await person.writes(QUESTION);
  await until(() => model.received.length > asked);
  const jarva = await worker(house, 'jarva-1');
  const claim = await jarva.takes(person.id);
  await jarva.replies(person.id, claim, 'hej, nu är jag här');
  const { desk } = house.deps.inbox;
  await until(async () => {
    const [row] = await desk.db.select().from(conversation).where(eq(conversation.id, person.id));
    return row?.turnToken === null;
  });
  model.will(status(500));
  // The model's time runs out and its turn ends; another person's whole turn after that shows that it has.
  const other = await youngPerson(house);
  await other.says('hej');
  await other.says(QUESTION);
  const rows = await desk.db.select().from(message).where(eq(message.conversationId, person.id)).orderBy(message.seq);
  const authors = rows.map((m) => m.author);
  expect(authors.slice(authors.indexOf('system'))).toEqual(['system', 'worker']);
}, 30_000);
