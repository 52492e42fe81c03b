import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../../db/audit.ts';
import type { Database } from '../../../db/client.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { district } from '../../../db/schema/place.ts';
import { card } from '../../../db/schema/work.ts';
import { type Actor, Refusal } from '../../../src/inbox/queue/desk.ts';
import { createStaffPort } from '../../../src/server/channels/teams/staff-port.ts';
import {
  addWaiting,
  bind,
  CHANNEL,
  cardOf,
  cardsAt,
  change,
  clicked,
  clock,
  type House,
  message,
  openCity,
  post,
  startHouse,
  TENANT,
} from './teams-house.ts';

let city: Database;
let house: House;
let repaired: string[] = [];
let claims: string[] = [];
let mended: { cardId: string; content: unknown }[] = [];
let cards: ReturnType<typeof cardsAt>;
const settle = (id: string) => cards.settle(id);
const publicUrl = 'https://utvag.example';

beforeAll(async () => {
  city = await openCity();
});
beforeEach(async () => {
  repaired = [];
  claims = [];
  const lines: string[] = [];
  const log = { info: () => {}, warn: () => {}, error: (event: string) => void lines.push(event) };
  const repair = async (id: string) => void repaired.push(id);
  mended = [];
  const mend = async ({ cardId }: { cardId: string }, content: unknown) => void mended.push({ cardId, content });
  house = await startHouse(createStaffPort({ db: city.db, claim, repair, mend, log, clock, publicUrl }));
  cards = cardsAt(city, house);
});
afterEach(() => house.fake.stop());
afterAll(() => city.close());

/** The claim's own rules are tested where it lives; what matters here is what the click answers. */
async function claim(actor: Actor, id: string): Promise<void> {
  claims.push(actor.name);
  await city.db.transaction(async (tx) => {
    const [row] = await tx.select().from(conversation).where(eq(conversation.id, id)).for('update');
    if (!row || !actor.districts.includes(row.district)) throw new Refusal('not-found');
    if (row.owner === 'worker') throw new Refusal('held', 'somebody');
    if (row.owner === 'closed') throw new Refusal('not-open');
    const set = { owner: 'worker' as const, workerId: actor.id, claimToken: 'clm', version: row.version + 1 };
    await tx.update(conversation).set(set).where(eq(conversation.id, id));
  });
}

const as = (objectId: string, tenant = TENANT) => ({
  from: { id: '29:x', aadObjectId: objectId },
  channelData: { tenant: { id: tenant } },
});
const said = () => String(house.fake.calls.at(-1)?.body['text']);
const teamsOf = async (slug: string) =>
  (await city.db.select().from(district).where(eq(district.slug, slug)))[0]?.teams ?? null;

async function click(id: string, version: number, who: string, more: object = {}): Promise<string> {
  const response = await post(house, clicked(house.fake, { conversation: id, version }, { ...as(who), ...more }));
  expect(response.status).toBe(200);
  const body = await response.text();
  expect(JSON.parse(body)).toMatchObject({ statusCode: 200, value: { type: 'AdaptiveCard', version: '1.5' } });
  return body;
}

describe('koppla', () => {
  test.each(['koppla Järva', 'Koppla  jarva', 'koppla RINKEBY-KISTA', 'koppla spånga tensta'])(
    'a coordinator writes “%s” in a channel and the district’s cards go there',
    async (text) => {
      await city.db.update(district).set({ teams: null });
      expect((await post(house, message(house.fake, text))).status).toBe(200);
      expect(said()).toBe('Klart. Kort för Järva kommer hit.');
      expect(await teamsOf('jarva')).toMatchObject({
        conversationId: CHANNEL,
        serviceUrl: house.fake.serviceUrl,
        tenantId: TENANT,
      });
    },
  );

  test('those who already wait get their card at once', async () => {
    const id = await addWaiting(city, { district: 'farsta' });
    await post(house, message(house.fake, 'koppla farsta'));
    expect(repaired).toContain(id);
  });

  test('koppla bort ends it, for this channel only, and the audit chain holds both', async () => {
    await bind(city, 'staden', house.fake.serviceUrl, '19:other@thread.tacv2');
    await post(house, message(house.fake, 'koppla järva'));
    await post(house, message(house.fake, 'koppla bort'));
    expect(said()).toContain('Järva');
    expect(await teamsOf('jarva')).toBeNull();
    expect(await teamsOf('staden')).not.toBeNull();
    await post(house, message(house.fake, 'koppla bort'));
    expect(said()).toBe('Inget var kopplat hit.');
    expect(await verifyAudit(city.db)).toBeNull();
  });

  test.each([
    ['a worker', as('alva')],
    ['a stranger', as('nobody')],
    ['the coordinator’s id in another tenant', as('coordinator', 'other-tenant')],
    ['somebody without an object id', { from: { id: '29:x' } }],
  ])('%s is kindly refused', async (_, who) => {
    await city.db.update(district).set({ teams: null });
    await post(house, message(house.fake, 'koppla järva', who));
    expect(said()).toContain('samordnare');
    expect(await teamsOf('jarva')).toBeNull();
  });

  test('an unknown district or another sentence is answered with how to do it', async () => {
    await post(house, message(house.fake, 'koppla Atlantis'));
    expect(said()).toContain('känner inte igen');
    expect(said()).not.toContain('Atlantis');
    await post(house, message(house.fake, 'hej'));
    expect(said()).toContain('Skriv ”koppla”');
  });
});

describe('Ta över on a card', () => {
  test('claims, and answers with who has it', async () => {
    const id = await addWaiting(city);
    const answer = await click(id, 0, 'alva');
    expect(answer).toContain('Järva 1 har tagit över');
    expect(answer).not.toContain('Action.Execute');
  });

  test('late: the loser sees the holder, and a card that was behind is put right', async () => {
    await bind(city, 'jarva', house.fake.serviceUrl);
    const id = await addWaiting(city);
    await settle(id);
    await click(id, 0, 'alva');
    await city.db.update(card).set({ version: 1, state: 'worker' }).where(eq(card.conversationId, id));
    expect(await click(id, 0, 'bo')).toContain('Järva 1 har tagit över');
    expect(repaired).toEqual([id]);
    await settle(id);
    expect(JSON.stringify([...house.fake.shown.values()])).toContain('Järva 1 har tagit över');
  });

  test('on a card that is not the one any more: all who see it see where things are', async () => {
    await bind(city, 'jarva', house.fake.serviceUrl);
    const id = await addWaiting(city);
    await settle(id);
    const at = { conversation: { id: `${CHANNEL};messageid=1` } };
    await click(id, 7, 'farsta-worker', { replyToId: '1', ...at });
    expect(mended).toEqual([]);
    await click(id, 0, 'alva', { replyToId: '1', ...at });
    await expect.poll(() => mended).toHaveLength(1);
    expect(mended[0]?.cardId).toBe('1');
    expect(JSON.stringify(mended[0]?.content)).toContain('Järva 1 har tagit över');
    const current = (await cardOf(city, id))?.activityId ?? '';
    await click(id, 0, 'alva', { replyToId: current, ...at });
    expect(mended).toHaveLength(1);
  });

  test('double, at once: one claim, both see the same truth', async () => {
    const id = await addWaiting(city);
    const answers = await Promise.all([click(id, 0, 'alva'), click(id, 0, 'bo'), click(id, 0, 'alva')]);
    const [row] = await city.db.select().from(conversation).where(eq(conversation.id, id));
    expect(row?.version).toBe(1);
    expect(new Set(answers).size).toBe(1);
  });

  test('closed or given back: the card says so', async () => {
    const id = await addWaiting(city);
    await change(city, id, { owner: 'closed', closedAt: new Date() });
    expect(await click(id, 0, 'alva')).toContain('Avslutat');
  });

  test('of another district, not there, or malformed: the same card, which tells nothing', async () => {
    const id = await addWaiting(city);
    const foreign = await click(id, 0, 'farsta-worker');
    expect(foreign).toBe(await click('cnv_none', 0, 'farsta-worker'));
    expect(foreign).not.toMatch(/Järva|Akut|cnv_/);
    const odd = [null, 'x', { conversation: 7 }, { conversation: id, version: 'x' }];
    for (const data of odd) {
      const response = await post(house, clicked(house.fake, data, as('alva')));
      expect(await response.text()).toBe(foreign);
    }
    expect((await city.db.select().from(conversation).where(eq(conversation.id, id)))[0]?.owner).toBe('waiting');
  });

  test('by somebody who is not staff: no claim is tried', async () => {
    const id = await addWaiting(city);
    expect(await click(id, 0, 'nobody')).toContain('Du har inte behörighet än');
    expect(await click(id, 0, 'alva', as('alva', 'other-tenant'))).toContain('Du har inte behörighet än');
    expect(claims).toEqual([]);
  });

  test('through Action.Submit the answer is a card as well', async () => {
    const id = await addWaiting(city);
    const value = { verb: 'claim', conversation: id, version: 0 };
    await post(house, message(house.fake, '', { ...as('alva'), value, text: undefined }));
    expect(JSON.stringify(house.fake.calls.at(-1)?.body)).toContain('Järva 1 har tagit över');
  });

  test('a card whose post was never answered is known again by the click on it', async () => {
    await bind(city, 'jarva', house.fake.serviceUrl);
    const id = await addWaiting(city);
    house.fake.fail('reset');
    await cards.sync(id, false);
    expect(await cardOf(city, id)).toMatchObject({ activityId: null, error: 'unknown' });
    const [where] = [...house.fake.shown.keys()];
    const [conversationId, replyToId] = where?.split('/') ?? [];
    await click(id, 0, 'alva', { replyToId, conversation: { id: conversationId } });
    expect(repaired).toContain(id);
    await settle(id);
    expect(house.fake.shown.size).toBe(1);
    expect(JSON.stringify([...house.fake.shown.values()])).toContain('Järva 1 har tagit över');
  });
});

test('with the database away a click still gets a card, and no error', async () => {
  const lost = await openCity();
  await lost.close();
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const repair = async () => {};
  const port = createStaffPort({ db: lost.db, claim, repair, mend: repair, log, clock, publicUrl });
  const place = { serviceUrl: '', conversationId: CHANNEL, tenantId: TENANT, botId: '', cardId: null, personal: false };
  const answer = await port.action(
    'claim',
    { conversation: 'cnv', version: 1 },
    { tenantId: TENANT, objectId: 'alva' },
    place,
  );
  expect(JSON.stringify(answer)).toContain('Öppna inkorgen');
});
