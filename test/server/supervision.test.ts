import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conversation } from '../../db/schema/conversation.ts';
import type { AuditLine, Claimed, Glass, Item } from '../../src/inbox/wire.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { heldBy, relative, type Staff, worker, youngPerson } from '../support/people.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { follow } from './follow.ts';

const CANARY = 'kvastfening';
type Refused = { reason?: string; conversation?: string };
type Changed = { conversation: Item };

describe.each(databases)('what is not only one’s own, on %s', (kind) => {
  let house: TestHouse;
  let jarva: Staff;
  let second: Staff;
  let farsta: Staff;
  let coordinator: Staff;
  let admin: Staff;
  let editor: Staff;
  beforeAll(async () => {
    house = await startHouse(kind);
    jarva = await worker(house, 'jarva-1');
    second = await worker(house, 'jarva-2');
    farsta = await worker(house, 'farsta-1');
    coordinator = await worker(house, 'coordinator-1');
    admin = await worker(house, 'admin-1');
    editor = await worker(house, 'editor-1');
    const { db } = house.deps.webchat;
    await db.execute(sql`insert into worker_district values ('coordinator-1', 'jarva'), ('editor-1', 'jarva')`);
  });
  afterAll(() => house.stop());

  const held = () => heldBy(house, jarva, `${CANARY} jag vill prata med en människa`, 'Rinkeby');
  const row = async (id: string) => {
    const [found] = await house.deps.webchat.db.select().from(conversation).where(eq(conversation.id, id));
    return found;
  };
  const audited = async (id: string, who = coordinator) =>
    (await who.get<{ items: AuditLine[] }>(`/audit?conversation=${id}`)).body.items;

  test('broken glass reads one conversation of another district for half an hour, and does nothing else (L2)', async () => {
    const { id, claim } = await held();
    const other = await held();
    const stream = await follow(house, jarva.headers);
    expect((await farsta.open(id)).status).toBe(404);
    expect((await farsta.post(id, 'glass', { reason: 'nyfiken' })).status).toBe(400);
    const broken = await farsta.post<{ glass: Glass }>(id, 'glass', { reason: 'same-person' });
    expect(broken.status).toBe(201);
    await until(async () => stream.text().includes('"kind":"glass"'));
    stream.stop();

    const read = await farsta.open(id);
    expect(read.status).toBe(200);
    expect(JSON.stringify(read.body.messages)).toContain(CANARY);
    expect(read.body).toMatchObject({ claim: null, glass: { reason: 'same-person' } });
    expect((await farsta.open(other.id)).status).toBe(404);
    expect([...(await farsta.list('team')), ...(await farsta.list('waiting'))]).toEqual([]);
    const acts: [string, object][] = [
      ['claim', {}],
      ['note', { clientId: 'x', text: 'x' }],
      ['reply', { claim, clientId: 'x', text: 'x' }],
      ['release', { claim }],
      ['transfer', { claim, district: 'farsta' }],
      ['accept', {}],
      ['reminders', { dueAt: new Date(Date.now() + 60_000).toISOString(), text: 'x' }],
      ['protected', { claim }],
    ];
    for (const [verb, body] of acts) expect([verb, (await farsta.post(id, verb, body)).status]).toEqual([verb, 404]);

    expect((await jarva.open(id)).body.handover.trail).toMatchObject([
      { kind: 'glass', by: 'Farsta 1', reason: 'same-person', until: broken.body.glass.expiresAt },
    ]);
    expect((await audited(id)).map((l) => `${l.name} ${l.action}`)).toEqual(
      expect.arrayContaining(['Farsta 1 glass', 'Farsta 1 open-glass']),
    );
    house.time.offsetMs = 31 * 60_000;
    expect((await farsta.open(id)).status).toBe(404);
    house.time.offsetMs = 0;
  });

  test('only who talks to people breaks a glass, only where it is needed, and not on what is not there', async () => {
    const { id } = await held();
    expect((await editor.post<Refused>(id, 'glass', { reason: 'on-call' })).status).toBe(403);
    expect((await jarva.post<Refused>(id, 'glass', { reason: 'on-call' })).body.reason).toBe('yours-already');
    expect((await farsta.post(`cnv_${'0'.repeat(32)}`, 'glass', { reason: 'on-call' })).status).toBe(404);
    expect((await admin.post(id, 'glass', { reason: 'supervision' })).status).toBe(201);
    expect((await admin.open(id)).status).toBe(200);
  });

  test('a coordinator of the district takes over with a reason; the former holder sees who and why, and writes nothing more', async () => {
    const { id, claim, person } = await held();
    expect((await second.post<Refused>(id, 'take-over', { reason: 'holder-away' })).status).toBe(403);
    expect((await admin.post(id, 'take-over', { reason: 'holder-away' })).status).toBe(404);
    const taken = await coordinator.post<Claimed>(id, 'take-over', { reason: 'holder-away' });
    expect(taken.body.conversation.worker?.name).toBe('Samordnare 1');
    expect((await jarva.replies(id, claim, 'hej')).status).toBe(409);
    const opened = (await jarva.open(id)).body;
    expect(opened).toMatchObject({ claim: null, conversation: { worker: { name: 'Samordnare 1' } } });
    expect(opened.handover.trail).toMatchObject([
      { kind: 'taken', from: 'Järva 1', by: 'Samordnare 1', reason: 'holder-away' },
    ]);
    await person.hears(/Nu skriver Samordnare 1 här/);
    expect((await coordinator.post<Refused>(id, 'take-over', { reason: 'danger' })).body.reason).toBe('not-held');
  });

  test('a coordinator closes whatever state it is in, with a reason (F16)', async () => {
    const waiting = await youngPerson(house);
    await waiting.says('jag vill prata med en människa');
    await waiting.says('Rinkeby');
    await until(async () => (await row(waiting.id))?.district === 'jarva');
    const talking = await held();
    await jarva.post(talking.id, 'hand-back', { claim: talking.claim });
    for (const id of [waiting.id, talking.id, (await held()).id]) {
      const forced = { reason: 'supervision', outcome: 'informed' };
      expect((await second.post<Refused>(id, 'close', forced)).status).toBe(403);
      expect((await coordinator.post<Changed>(id, 'close', forced)).body.conversation.owner).toBe('closed');
      expect((await audited(id)).at(-2)).toMatchObject({ action: 'force-close', detail: { reason: 'supervision' } });
    }
  });

  test('reopened: the actor holds it and the log goes on; with a newer one open that is where to go', async () => {
    const { id, claim, person } = await held();
    expect((await jarva.post<Refused>(id, 'reopen')).body.reason).toBe('not-closed');
    await jarva.post(id, 'close', { claim, outcome: 'informed' });
    const again = await second.post<Claimed>(id, 'reopen');
    expect(again.body.conversation).toMatchObject({ owner: 'worker', worker: { name: 'Järva 2' } });
    expect((await second.replies(id, again.body.claim, 'En sak till.')).status).toBe(201);
    await second.post(id, 'close', { claim: again.body.claim, outcome: 'informed' });
    await person.writes('hej igen');
    await until(async () => (await person.sees()).at(-1)?.who === 'bot');
    const refused = await jarva.post<Refused>(id, 'reopen');
    expect(refused).toMatchObject({ status: 409, body: { reason: 'newer-open' } });
    expect((await jarva.open(refused.body.conversation ?? '')).body.handover.episode).toBe(2);
    await house.deps.webchat.db.execute(
      sql`update conversation set district = 'farsta' where id = ${refused.body.conversation}`,
    );
    const blind = await jarva.post<Refused>(id, 'reopen');
    expect(blind).toMatchObject({ status: 409, body: { reason: 'newer-open' } });
    expect(blind.body.conversation).toBeUndefined();
  });

  test('a legal hold is a coordinator’s, audited, seen, and stronger than the person’s own erasure (A2)', async () => {
    const { id, claim, person } = await held();
    await jarva.post(id, 'close', { claim, outcome: 'informed' });
    expect((await jarva.post(id, 'hold', { on: true })).status).toBe(403);
    expect((await coordinator.post(id, 'hold', { on: true })).status).toBe(200);
    expect((await jarva.open(id)).body.handover).toMatchObject({ legalHold: true, outcome: 'informed' });
    const erase = () =>
      fetch(`${house.url}/v3/directline/conversations/${id}`, { method: 'DELETE', headers: person.headers });
    await erase();
    expect((await jarva.open(id)).body.messages.length).toBeGreaterThan(0);
    expect((await coordinator.post(id, 'hold', { on: false })).status).toBe(200);
    await erase();
    expect((await jarva.open(id)).body.messages).toEqual([]);
    expect((await jarva.post<Refused>(id, 'reopen')).body.reason).toBe('erased');
    expect((await audited(id)).filter((l) => l.action === 'hold').map((l) => l.detail['on'])).toEqual([true, false]);
  });

  test('the audit of a conversation is for coordinators of its district, names who did what, and has no word of it (L1)', async () => {
    const { id } = await held();
    await second.open(id);
    for (const [who, status] of [
      [jarva, 403],
      [editor, 403],
      [admin, 404],
    ] as const)
      expect((await who.get(`/audit?conversation=${id}`)).status).toBe(status);
    expect((await coordinator.get('/audit')).status).toBe(400);
    expect((await coordinator.get('/audit?conversation=x')).status).toBe(404);
    const lines = await audited(id);
    expect(lines.map((l) => `${l.name} ${l.action}`)).toEqual([
      'Järva 1 claim',
      'Järva 2 open',
      'Samordnare 1 read-audit',
    ]);
    expect(JSON.stringify(lines)).not.toContain(CANARY);
  });

  test('a last word goes with the release, in one transaction: as the worker’s own message before the line', async () => {
    for (const [verb, line] of [
      ['release', /Du står i kö igen/],
      ['hand-back', /boten igen/],
    ] as const) {
      const { id, claim, person } = await held();
      expect((await jarva.post(id, verb, { claim, text: 'Tack för att du skrev.' })).status).toBe(200);
      const [word, told] = (await person.sees()).slice(-2);
      expect(word).toMatchObject({ who: 'worker', name: 'Järva 1', text: 'Tack för att du skrev.' });
      expect(told?.text).toMatch(line);
      expect((await jarva.post(id, verb, { claim, text: 'igen' })).status).toBe(409);
      expect((await person.sees()).some((b) => b.text === 'igen')).toBe(false);
    }
  });

  test('a last word to one who has said no to texts is refused, and nothing else happens (F45)', async () => {
    const mother = relative(house, '+46701740611');
    await mother.texts_and_gets('jag vill prata med en människa');
    await mother.texting('Rinkeby');
    await until(async () => (await jarva.list()).some((i) => i.channel === 'sms' && i.district === 'jarva'));
    const id = (await jarva.list()).find((i) => i.channel === 'sms')?.id ?? '';
    const claim = await jarva.takes(id);
    await mother.texting('STOPP');
    await until(async () => (await jarva.open(id)).body.handover.unreachable === 'opted-out');
    const refused = await jarva.post<Refused>(id, 'release', { claim, text: 'Hej då.' });
    expect(refused).toMatchObject({ status: 409, body: { reason: 'unreachable' } });
    expect((await jarva.open(id)).body.claim).toBe(claim);
  });
});
