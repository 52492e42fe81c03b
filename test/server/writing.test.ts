import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { conversation } from '../../db/schema/conversation.ts';
import { translation } from '../../db/schema/desk.ts';
import { withdrawnAnswer } from '../../db/schema/protected.ts';
import { createContacts } from '../../src/bot/knowledge/contacts.ts';
import { createLibrary } from '../../src/bot/knowledge/library.ts';
import { createPhrases, phraseKeys } from '../../src/bot/words/phrases.ts';
import { WARNINGS } from '../../src/inbox/queue/handover-of.ts';
import type { Approved, Message, ProblemBody, Translation, Writing } from '../../src/inbox/wire.ts';
import { type FakeOpenAi, replies, says, startFakeOpenAi, status } from '../support/fake-openai.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { heldBy, type Staff, worker } from '../support/people.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { follow } from './follow.ts';

const refuses = says('', { refusal: 'no' });
const SWEDISH = 'Min bror är rädd för att de ska komma hem till oss i kväll.';
const ENGLISH = 'Hello, I am reading what you write. Please stay here with me and tell me more.';

describe.each(databases)('reading and writing, on %s', (kind) => {
  let model: FakeOpenAi;
  let house: TestHouse;
  let jarva: Staff;
  let farsta: Staff;
  beforeAll(async () => {
    model = await startFakeOpenAi();
    model.will(refuses);
    const env = { OPENAI_BASE_URL: model.baseUrl, OPENAI_MODEL: 'test' };
    house = await startHouse(kind, { at: '2026-11-24T10:00:00+01:00', env });
    jarva = await worker(house, 'jarva-1');
    farsta = await worker(house, 'farsta-1');
  });
  // The bot asks it too: that it has nothing to say is no failure of the server.
  afterEach(() => model.will(refuses));
  afterAll(async () => {
    await house.stop();
    await model.stop();
  });

  const db = () => house.deps.webchat.db;
  const held = (...texts: string[]) => heldBy(house, jarva, ...texts);
  const inRinkeby = () => held('jag vill prata med en människa', 'Rinkeby');
  const handover = async (id: string) => (await jarva.open(id)).body.handover;
  const reply = (id: string, body: object) =>
    jarva.post<{ message: Message } & ProblemBody>(id, 'reply', { clientId: crypto.randomUUID(), ...body });
  const answers = async (language: string) =>
    (await jarva.get<{ items: Approved[] }>(`/answers?language=${language}&channel=web`)).body.items;

  test('the handover points to what was asked, says how the district was found and where the duty to report was told', async () => {
    const { id } = await held(
      'hej',
      'några killar säger att jag är skyldig pengar',
      'jag vill prata med en människa',
      'Rinkeby',
    );
    const { messages, handover } = (await jarva.open(id)).body;
    const said = (seq: number) => messages.find((m) => m.seq === seq)?.text;
    expect(handover.asked.map(said)).toEqual([
      'några killar säger att jag är skyldig pengar',
      'jag vill prata med en människa',
    ]);
    expect(handover.placeFrom).toBe('said');
    expect(messages.find((m) => m.seq === handover.warned)).toMatchObject({ author: 'bot' });
    expect(said(handover.warned ?? 0)).toContain('tystnadsplikt');
    expect(handover).toMatchObject({ unreachable: null, leftAt: null, coveredFor: null });
  });

  test('that a person left the chat is seen until they write again', async () => {
    const { person, id } = await inRinkeby();
    await person.event('leave');
    await until(async () => (await handover(id)).leftAt !== null);
    await db()
      .update(conversation)
      .set({ lastVisitorAt: sql`now() + interval '2 years'` })
      .where(eq(conversation.id, id));
    expect((await handover(id)).leftAt).toBeNull();
  });

  test('who has no number any more cannot be reached, and nothing is sent (F45)', async () => {
    const { id, claim } = await inRinkeby();
    await db().update(conversation).set({ channel: 'sms' }).where(eq(conversation.id, id));
    expect((await handover(id)).unreachable).toBe('no-number');
    expect(await reply(id, { claim, text: 'hej' })).toMatchObject({ status: 409, body: { reason: 'unreachable' } });
  });

  test('typing reaches those who may read the conversation, without a word, and nobody else', async () => {
    const { person, id } = await inRinkeby();
    const [ours, theirs] = await Promise.all([follow(house, jarva.headers), follow(house, farsta.headers)]);
    await until(async () => [ours, theirs].every((stream) => stream.text().includes('event: ready')));
    await person.post({ type: 'typing', from: { id: 'me' } });
    await until(async () => ours.text().includes(`data: {"conversation":"${id}","kind":"typing"}\n\n`));
    await jarva.notes(id, 'efter');
    await until(async () => ours.text().includes('"kind":"note"'));
    expect(theirs.text()).not.toContain(id);
    for (const stream of [ours, theirs]) stream.stop();
  });

  test('approved answers come in the person’s language, drafts with the Swedish beside; one taken back is gone at once (A7)', async () => {
    const arabic = (await answers('ar')).find(({ id }) => id === 'gang-debt');
    const swedish = (await answers('sv')).find(({ id }) => id === 'gang-debt');
    expect(arabic).toMatchObject({ draft: true, original: swedish?.text });
    expect(arabic?.text).toMatch(/\p{Script=Arabic}/u);
    expect(swedish).toMatchObject({ draft: false, original: null });

    const { id, claim } = await inRinkeby();
    const words = { claim, text: swedish?.text ?? '', answer: 'gang-debt' };
    const ref = { id: 'gang-debt', version: swedish?.version };
    expect((await reply(id, words)).body.message.answers).toEqual([ref]);
    expect((await reply(id, { ...words, text: `${words.text} Jag är här.` })).body.message.answers).toBeUndefined();
    expect((await jarva.open(id)).body.messages.slice(-2).map((m) => m.answers)).toEqual([[ref], undefined]);

    await db().insert(withdrawnAnswer).values({ id: 'gang-debt' });
    expect((await answers('sv')).map((each) => each.id)).not.toContain('gang-debt');
    expect(await reply(id, words)).toMatchObject({ status: 409, body: { reason: 'withdrawn' } });
    await db().delete(withdrawnAnswer);
  });

  test('a machine’s translation is kept sealed beside the original, asked for once, and nobody else’s to have', async () => {
    const { id } = await held('I want to talk to a human', 'Rinkeby');
    model.will(replies(() => ({ translation: SWEDISH })));
    const original = 'My brother is afraid that they will come home to us tonight.';
    const { seq } = await arrives(id, original);
    const before = model.received.length;
    const ask = (who: Staff) => who.post<{ translation: Translation }>(id, 'translate', { seq, to: 'sv' });
    expect((await ask(farsta)).status).toBe(404);
    for (const answer of [await ask(jarva), await ask(jarva)])
      expect(answer.body.translation).toEqual({ language: 'sv', text: SWEDISH, by: 'machine' });
    expect(model.received.length).toBe(before + 1);
    const shown = (await jarva.open(id)).body.messages.find((m) => m.seq === seq);
    expect(shown).toMatchObject({ text: original, translations: [{ language: 'sv', text: SWEDISH, by: 'machine' }] });
    const [row] = await db().select().from(translation).where(eq(translation.conversationId, id));
    expect(row?.body.toString('latin1')).not.toContain('bror');
    expect(row?.model).toBe('test');
    model.will(status(503));
    const other = await arrives(id, 'Please help me with this now.');
    const failed = await jarva.post(id, 'translate', { seq: other.seq, to: 'sv' });
    expect(failed).toMatchObject({ status: 409, body: { reason: 'no-translation' } });
  });

  test('a translated reply goes out in the person’s language and says what made it; what the worker wrote stays with staff', async () => {
    const { person, id, claim } = await held('I want to talk to a human', 'Rinkeby');
    model.will(replies(() => ({ translation: ENGLISH })));
    const mine = 'Hej, jag läser det du skriver. Stanna kvar här hos mig och berätta mer.';
    const { body } = await jarva.post<{ translation: Translation }>(id, 'translate', { text: mine });
    expect(body.translation).toMatchObject({ language: 'en', by: 'machine' });
    expect(body.translation.text).toBe(`${ENGLISH}\n\nTranslated by a machine.`);
    await reply(id, { claim, text: body.translation.text, original: { text: mine, language: 'sv' } });
    await person.hears('Translated by a machine.');
    expect(JSON.stringify(await person.activities())).not.toContain('jag läser det du skriver');
    expect((await jarva.open(id)).body.messages.at(-1)?.translations).toEqual([
      { language: 'sv', text: mine, by: 'worker' },
    ]);
    const asked = model.received.length;
    const number = await jarva.post(id, 'translate', { text: 'Ring mig på 070-174 06 05 i kväll.' });
    expect(number).toMatchObject({ status: 409, body: { reason: 'no-translation' } });
    expect(model.received.length).toBe(asked);
  });

  test('the tab is told that a model is there, how text messages are folded and what topics are called', async () => {
    const { body } = await jarva.get<Writing>('/writing');
    expect(body).toMatchObject({ translates: true, fold: { '\u201d': '"' } });
    expect(body.titles['police-tip']).toEqual({ sv: 'Tipsa polisen, 114 14', en: 'Tip off the police, 114 14' });
  });

  async function arrives(id: string, text: string): Promise<Message> {
    await house.deps.webchat.receive({ sender: { channel: 'web', threadId: id }, externalId: null, text });
    const found = (await jarva.open(id)).body.messages.findLast((m) => m.text === text);
    if (!found) throw new Error('it has not arrived');
    return found;
  }
});

test('every text that counts as the warning tells of the limit of secrecy, and no fixed text that does is left out', () => {
  const contacts = createContacts();
  const phrases = createPhrases(contacts);
  const tells = (text: string) => /(tystnadsplikt|sekretess)[\s\S]*(berätta|skada)/.test(text);
  const telling = phraseKeys().filter((key) => tells(phrases.say(key, 'sv', 'web').text));
  expect(telling.map((key) => `words:${key}`).sort()).toEqual([...WARNINGS].filter((id) => id.includes(':')).sort());
  const at = { now: new Date('2026-11-24T09:00:00Z'), withdrawn: [] };
  for (const id of [...WARNINGS].filter((each) => !each.includes(':')))
    expect(tells(createLibrary({ contacts }).answer(id, 'sv', 'web', at)?.text ?? '')).toBe(true);
});
