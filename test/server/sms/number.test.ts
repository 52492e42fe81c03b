import { createDecipheriv } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { destroyNumbers } from '../../../db/destroy-numbers.ts';
import { conversation, phone } from '../../../db/schema/conversation.ts';
import { type Answer, openFakeVendor, twilioCreated } from './fake-vendor.ts';
import { openSmsHouse, RELATIVE, type SmsHouse, twilioSettings } from './sms-house.ts';

/** The test house's master key: whoever has the database and this can open everything that is still there. */
const MASTER = Buffer.alloc(32, 7);
const DIGITS = RELATIVE.slice(3);

let vendor: Awaited<ReturnType<typeof openFakeVendor>>;
let house: SmsHouse;
beforeEach(async () => {
  vendor = await openFakeVendor(twilioCreated);
  house = await openSmsHouse(twilioSettings(vendor.url));
});
afterEach(async () => {
  await house.close();
  await vendor.close();
});

const close = () => house.db.update(conversation).set({ owner: 'closed', closedAt: new Date() });
const sweep = () => house.db.transaction((tx) => destroyNumbers(tx));
const write = (text = 'hej') => house.receive({ sender: { channel: 'sms', number: RELATIVE }, externalId: null, text });

test('the number goes with the last text after the end; what was said stays, under a number of ours', async () => {
  await write('hej från en anhörig');
  const due = await house.say('Samtalet är avslutat.');
  await close();
  expect(await sweep()).toBe(0);
  expect(await readable()).toContain(RELATIVE);
  await house.deliver(due, false);
  expect(vendor.requests[0]?.form['To']).toBe(RELATIVE);
  expect(await house.count('phone')).toBe(0);
  const [talk] = await house.db.select().from(conversation);
  expect(talk).toMatchObject({ phoneId: null, contactNo: 1 });
  const all = await readable();
  expect(all).toContain('hej från en anhörig');
  expect(all.join(' ')).not.toContain(DIGITS);
});

test('nothing in the whole database opens to a number once it is destroyed, and STOP is still known', async () => {
  await write();
  await house.optOut(new Date());
  await close();
  expect(await sweep()).toBe(1);
  expect((await readable()).join(' ')).not.toContain(DIGITS);
  const [kept] = await house.db.select().from(phone);
  expect(kept).toMatchObject({ number: null, wrappedKey: null, openSince: null, gateAskedAt: null, anyHour: false });
  expect(await house.optedOutAt()).not.toBeNull();
  await write('jag är tillbaka');
  const open = await house.db.select().from(conversation).where(eq(conversation.owner, 'bot'));
  const next = await house.sayIn(open[0]?.id ?? '', 'hej igen');
  await house.deliver(next, false);
  expect(await house.delivery(next)).toMatchObject({ status: 'refused', error: 'opted-out' });
});

test('a number with an open conversation, or with something due, is kept', async () => {
  await write();
  expect(await sweep()).toBe(0);
  const due = await house.say('Samtalet är avslutat.');
  await close();
  expect(await sweep()).toBe(0);
  expect((await house.delivery(due)).status).toBe('queued');
  expect(await house.count('phone')).toBe(1);
});

test('a text that comes while its number is being destroyed is heard, and can be answered', async () => {
  for (let round = 0; round < 12; round += 1) {
    await write(`runda ${round}`);
    await close();
    await Promise.all([write(`mitt i ${round}`), sweep(), write(`igen ${round}`), sweep()]);
    const open = await house.db.select().from(conversation).where(sql`owner <> 'closed'`);
    expect(open).toHaveLength(1);
    const id = await house.sayIn(open[0]?.id ?? '', 'svar');
    await house.deliver(id, false);
    expect((await house.delivery(id)).status).toBe('sent');
    await close();
    await sweep();
  }
  expect((await house.visitorTexts()).filter((text) => /mitt i|igen/.test(text))).toHaveLength(24);
});

test('a report that comes after the end does not need the number and does not send again', async () => {
  await write();
  const due = await house.say('Samtalet är avslutat.');
  await close();
  const slow: Answer = (response, request) => void setTimeout(() => twilioCreated(response, request), 50);
  vendor.now(slow);
  await house.deliver(due, false);
  await house.report(due, 'undelivered', '30003');
  expect(await house.delivery(due)).toMatchObject({ status: 'failed', error: '30003' });
  expect(vendor.requests).toHaveLength(1);
});

/** Every text that anybody with the database and the master key can read: all columns as they are, and all that opens. */
async function readable(): Promise<string[]> {
  const columns = await house.db.execute<{ t: string; c: string; type: string }>(sql`
    select table_schema || '."' || table_name || '"' as t, column_name as c, data_type as type
    from information_schema.columns where table_schema in ('public', 'pgboss')`);
  const plain: string[] = [];
  const secrets: Buffer[] = [];
  const ids: string[] = [];
  for (const { t, c, type } of columns) {
    const rows = await house.db.execute<{ v: unknown }>(
      sql.raw(`select "${c}" as v from ${t} where "${c}" is not null`),
    );
    for (const { v } of rows) {
      if (type === 'bytea') secrets.push(Buffer.from(v instanceof Uint8Array ? v : []));
      else plain.push(typeof v === 'string' ? v : JSON.stringify(v));
      if (typeof v === 'string' && /^(cnv|phn)_/.test(v)) ids.push(v);
    }
  }
  const keys = secrets.flatMap((sealed) => open(MASTER, sealed, 'k1') ?? []);
  const places = [...new Set(ids)].flatMap((id) => [id, ...Array.from({ length: 20 }, (_, seq) => `${id}:${seq}`)]);
  const opened = keys.flatMap((key) =>
    secrets.flatMap((sealed) => places.flatMap((place) => open(key, sealed, place)?.toString('utf8') ?? [])),
  );
  return [...plain, ...opened];
}

function open(key: Buffer, sealed: Buffer, place: string): Buffer | null {
  if (sealed.length < 29 || key.length !== 32) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(sealed.subarray(13, 29));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]);
  } catch {
    return null;
  }
}
