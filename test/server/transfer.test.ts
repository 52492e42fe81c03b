import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conversation } from '../../db/schema/conversation.ts';
import { transfer } from '../../db/schema/desk.ts';
import { audit } from '../../db/schema/work.ts';
import type { Claimed, Colleagues, Offer } from '../../src/inbox/wire.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { heldBy, type Staff, worker } from '../support/people.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { follow } from './follow.ts';

const CANARY = 'kvastfening';
type Offered = { offer: Offer; reason?: string; holder?: string };
type Offers = { items: Offer[] };

describe.each(databases)('a transfer with a handshake, on %s', (kind) => {
  let house: TestHouse;
  let jarva: Staff;
  let second: Staff;
  let farsta: Staff;
  beforeAll(async () => {
    house = await startHouse(kind);
    jarva = await worker(house, 'jarva-1');
    second = await worker(house, 'jarva-2');
    farsta = await worker(house, 'farsta-1');
  });
  afterAll(() => house.stop());

  const held = () => heldBy(house, jarva, `${CANARY} jag vill prata med en människa`, 'Rinkeby');
  const offer = (id: string, claim: string, to: object = { district: 'farsta' }) =>
    jarva.post<Offered>(id, 'transfer', { claim, ...to });
  const offersOf = async (who: Staff) => (await who.get<Offers>('/offers')).body.items;
  const events = async (id: string) =>
    (
      await house.deps.webchat.db.execute<{ kind: string; district: string }>(
        sql`select kind, district from event where conversation_id = ${id} and kind <> 'message' order by id`,
      )
    ).map(({ kind, district }) => `${kind} ${district}`);

  test('the giver keeps it until it is accepted; the other side sees an offer without a word, and 404 (F38)', async () => {
    const { person, claim } = await held();
    const made = await offer(person.id, claim);
    expect(made.status).toBe(200);
    const [seen] = (await offersOf(farsta)).filter((o) => o.conversation === person.id);
    expect(seen).toMatchObject({
      fromDistrict: 'jarva',
      toDistrict: 'farsta',
      from: { name: 'Järva 1' },
      to: null,
      channel: 'web',
      language: 'sv',
      risk: 'none',
      toMe: true,
    });
    expect(JSON.stringify(seen)).not.toContain(CANARY);
    expect((await farsta.open(person.id)).status).toBe(404);
    expect((await farsta.claims(person.id)).status).toBe(404);
    expect((await jarva.replies(person.id, claim, 'Jag är kvar.')).status).toBe(201);
    expect((await jarva.open(person.id)).body.handover.offer).toMatchObject({ id: seen?.id, visitorSaysNo: false });
    expect((await offersOf(second)).find((o) => o.conversation === person.id)).toMatchObject({ toMe: false });
    await person.hears(/en kollega tar över här.*skriv nej/s);
  });

  test('the person’s no is shown to the giver, and nothing follows from it by itself (oB)', async () => {
    const { person, claim } = await held();
    await offer(person.id, claim);
    await person.writes('Nej jag vill prata med dig');
    await until(async () => (await jarva.open(person.id)).body.handover.offer?.visitorSaysNo === true);
    expect((await offersOf(farsta)).some((o) => o.conversation === person.id)).toBe(true);
    const back = await jarva.post<Offered>(person.id, 'withdraw', { claim });
    expect(back.body.offer.state).toBe('withdrawn');
    expect((await offersOf(farsta)).some((o) => o.conversation === person.id)).toBe(false);
    expect((await farsta.post<Offered>(person.id, 'accept')).status).toBe(404);
    await person.hears(/Järva 1 är kvar här/);
  });

  test('accepted: owner, district and claim change together; the former holder reads and writes nothing, and their stream of it ends (F15)', async () => {
    const { person, claim } = await held();
    await offer(person.id, claim);
    const stream = await follow(house, jarva.headers);
    const taken = await farsta.post<Claimed>(person.id, 'accept');
    const before = stream.beats();
    expect(taken).toMatchObject({ status: 200, body: { conversation: { district: 'farsta', owner: 'worker' } } });
    expect(taken.body.claim).not.toBe(claim);
    await until(async () => stream.text().includes('"kind":"transferred"'));
    expect(stream.beats() - before).toBeLessThanOrEqual(1);
    const told = stream.text().split(person.id).length;
    expect((await farsta.replies(person.id, taken.body.claim, 'Hej, nu är det jag.')).status).toBe(201);
    await farsta.notes(person.id, 'ny anteckning');
    await person.writes('okej');
    // A later event of another conversation shows that the stream is alive and has passed these.
    const other = await held();
    await until(async () => stream.text().includes(other.person.id));
    expect(stream.text().split(person.id)).toHaveLength(told);
    stream.stop();

    expect((await jarva.open(person.id)).status).toBe(404);
    expect((await jarva.replies(person.id, claim, 'hej')).status).toBe(404);
    expect((await jarva.post(person.id, 'withdraw', { claim })).status).toBe(404);
    expect((await jarva.list('team')).map((i) => i.id)).not.toContain(person.id);
    await person.hears(/Nu skriver Farsta 1 här/);
    expect((await farsta.open(person.id)).body.handover.trail).toMatchObject([
      { kind: 'accepted', from: 'Järva 1', by: 'Farsta 1', district: 'farsta' },
    ]);
    const rows = await house.deps.webchat.db.select().from(audit).where(eq(audit.conversationId, person.id));
    expect(rows.map((r) => `${r.actor} ${r.action}`)).toEqual(
      expect.arrayContaining(['jarva-1 transfer', 'farsta-1 accept']),
    );
  });

  test('declined: the giver is alarmed and still holds it, the reason is shown, and it can be offered again', async () => {
    const { person, claim } = await held();
    await offer(person.id, claim);
    expect((await second.post(person.id, 'decline', { reason: 'no-capacity' })).status).toBe(409);
    expect((await farsta.post(person.id, 'decline', { reason: 'jag orkar inte' })).status).toBe(400);
    const no = await farsta.post<Offered>(person.id, 'decline', { reason: 'no-capacity' });
    expect(no.body.offer).toMatchObject({ state: 'declined' });
    expect(await events(person.id)).toEqual(
      expect.arrayContaining(['offered jarva', 'offered farsta', 'declined jarva', 'alarm jarva', 'declined farsta']),
    );
    const opened = (await jarva.open(person.id)).body;
    expect(opened.claim).toBe(claim);
    expect(opened.handover.trail).toMatchObject([{ kind: 'declined', by: 'Farsta 1', reason: 'no-capacity' }]);
    expect((await offer(person.id, claim)).status).toBe(200);
    await person.hears(/Järva 1 är kvar här/);
  });

  test('one open offer at a time, only from the holder, only to where somebody can accept', async () => {
    const { person, claim } = await held();
    expect((await second.post<Offered>(person.id, 'transfer', { claim, district: 'farsta' })).body.reason).toBe(
      'not-holder',
    );
    for (const to of [
      { district: 'jarva' },
      { district: 'kista' },
      { worker: 'nobody' },
      { worker: 'jarva-1' },
      { worker: 'editor-1' },
    ])
      expect((await offer(person.id, claim, to)).body).toMatchObject({ reason: 'nobody-there' });
    expect((await offer(person.id, claim, {})).status).toBe(400);
    expect((await offer(person.id, claim)).status).toBe(200);
    expect((await offer(person.id, claim)).body.reason).toBe('offered');
    expect((await jarva.post<Offered>(person.id, 'accept')).body.reason).toBe('no-offer');
    expect((await second.post<Offered>(person.id, 'accept')).body).toMatchObject({ reason: 'held', holder: 'Järva 1' });
    const { body } = await jarva.get<Colleagues>('/colleagues');
    expect(body.districts.map((d) => d.slug)).toEqual(expect.arrayContaining(['farsta', 'jarva']));
    expect(body.workers.some((w) => w.id === 'jarva-1' || w.id === 'editor-1')).toBe(false);
  });

  test('to a colleague by name: nobody else may take it, and in the same district it stays there', async () => {
    const { person, claim } = await held();
    const made = await offer(person.id, claim, { worker: 'jarva-2' });
    expect(made.body.offer).toMatchObject({ toDistrict: 'jarva', to: { name: 'Järva 2' } });
    expect(await offersOf(farsta)).not.toContainEqual(expect.objectContaining({ conversation: person.id }));
    expect((await farsta.post(person.id, 'accept')).status).toBe(404);
    const taken = await second.post<Claimed>(person.id, 'accept');
    expect(taken.body.conversation).toMatchObject({ district: 'jarva', worker: { name: 'Järva 2' } });
    expect((await jarva.replies(person.id, claim, 'hej')).status).toBe(409);
  });

  test('of 50 who accept at once one wins and the others learn who has it (F12)', async () => {
    const { person, claim } = await held();
    await offer(person.id, claim);
    const { db } = house.deps.webchat;
    await db.execute(sql`insert into worker_district values ('coordinator-1', 'farsta') on conflict do nothing`);
    const coordinator = await worker(house, 'coordinator-1');
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => (i % 2 ? farsta : coordinator).post<Offered>(person.id, 'accept')),
    );
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    const [row] = await db.select().from(conversation).where(eq(conversation.id, person.id));
    const lost = answers.filter((a) => a.status !== 200);
    expect(new Set(lost.map((a) => a.status))).toEqual(new Set([409]));
    const name = row?.workerId === 'farsta-1' ? 'Farsta 1' : 'Samordnare 1';
    // The winner's own repeats find no offer; everybody else is told the name.
    for (const { body } of lost) expect(['no-offer', 'held']).toContain(body.reason);
    expect(new Set(lost.filter((a) => a.body.reason === 'held').map((a) => a.body.holder))).toEqual(new Set([name]));
    expect((await person.sees()).filter((b) => b.text.startsWith(`Nu skriver ${name}`))).toHaveLength(1);
    await db.execute(sql`delete from worker_district where worker_id = 'coordinator-1' and district = 'farsta'`);
  });

  test('an offer ends with the holding it was made from: release, close and hand-back leave none open', async () => {
    for (const [verb, body] of [
      ['release', {}],
      ['close', { outcome: 'informed' }],
      ['hand-back', {}],
    ] as const) {
      const { person, claim } = await held();
      await offer(person.id, claim);
      expect((await jarva.post(person.id, verb, { claim, ...body })).status).toBe(200);
      const [row] = await house.deps.webchat.db.select().from(transfer).where(eq(transfer.conversationId, person.id));
      expect(row?.state).toBe('withdrawn');
      expect((await farsta.post(person.id, 'accept')).status).toBe(404);
    }
  });
});
