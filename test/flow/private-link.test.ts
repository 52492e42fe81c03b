import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { call, relative, worker, youngPerson } from '../support/people.ts';
import { until } from '../support/until.ts';

const MORNING = '2026-11-24T10:00:00+01:00';
type Session = { token: string; conversationId: string; watermark: string; left?: number };

describe('a private link', () => {
  let house: TestHouse;
  let db: postgres.Sql;
  beforeAll(async () => {
    house = await startHouse('embedded', { at: MORNING });
    db = postgres({ ...house.connection, max: 1 });
  });
  afterAll(async () => {
    await db.end();
    await house.stop();
  });

  let next = 605;
  /** Somebody who texts and has said that they can be written to openly. */
  async function openly() {
    const phone = relative(house, `+46701740${next++}`);
    await phone.texts_and_gets('Hej, jag är orolig för min son');
    await db`update phone set open_since = now()`;
    return phone;
  }
  async function linkOf(phone: ReturnType<typeof relative>, word = 'LÄNK') {
    const before = (await phone.received()).length;
    await phone.texting(word);
    await until(async () => (await phone.received()).slice(before).some((t) => t.text.includes('/l/')));
    const text = (await phone.received()).findLast((t) => t.text.includes('/l/'))?.text ?? '';
    return { text, url: /https?:\S+/.exec(text)?.[0] ?? '' };
  }
  const open = (url: string, pin: string) => call<Session>(url, 'POST', { pin });

  test('is a short, neutral text, and only a text like any other before somebody may be written to openly', async () => {
    const phone = relative(house, `+46701740${next++}`);
    await phone.texts_and_gets('Hej, jag är orolig för min son');
    expect(await phone.texts_and_gets('LÄNK')).not.toMatch(/http|\/l\//);
    const other = await openly();
    const { text, url } = await linkOf(other, 'Länk!');
    expect(url).toMatch(/\/l\/[0-9a-z]{10}$/);
    expect(text.replace(url, '')).not.toMatch(/stockholm|social|kriminal|gäng|chatt|hjälp/i);
    expect(text.length).toBeLessThanOrEqual(160);
  });

  test('continues the same conversation on the web, behind a PIN picked at the first opening, and nobody new is made', async () => {
    const phone = await openly();
    const jarva = await worker(house, 'jarva-1');
    await phone.texts_and_gets('jag vill prata med en människa');
    let id = '';
    await until(async () => {
      id = (await jarva.list()).find((item) => item.channel === 'sms')?.id ?? '';
      return id !== '';
    });
    const claim = await jarva.takes(id);
    await phone.gets(/Nu skriver/);
    const people = await db`select (select count(*) from phone) p, (select count(*) from conversation) c`;
    const { url } = await linkOf(phone);

    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual([
      200,
      'no-store',
      'no-referrer',
    ]);
    expect(await page.text()).not.toMatch(/stockholm|kriminal|socialtjänst/i);
    for (const pin of ['123', '12345678x', '']) expect((await open(url, pin)).status).toBe(400);
    const { status, body } = await open(url, '4711');
    expect(status).toBe(200);

    const web = await youngPerson(house, body);
    const texts = (await phone.received()).length;
    await web.writes('nu sitter jag vid en säker dator');
    await jarva.replies(id, claim, 'Bra. Då skriver vi här.');
    await web.hears('Då skriver vi här');
    expect((await jarva.open(id)).body.conversation).toMatchObject({ id, channel: 'web' });
    await phone.texting('nu är det mobilen igen');
    await until(async () => (await jarva.open(id)).body.conversation.channel === 'sms');
    await jarva.replies(id, claim, 'Då svarar jag på sms.');
    await phone.gets('Då svarar jag på sms');
    expect((await phone.received()).slice(texts).map((t) => t.text)).toEqual(['Då svarar jag på sms.']);
    expect(await db`select (select count(*) from phone) p, (select count(*) from conversation) c`).toEqual(people);

    expect((await open(url, '4712')).body.left).toBe(4);
    expect((await open(url, '4711')).status).toBe(200);
    await jarva.post(id, 'close', { claim, outcome: 'informed' });
  });

  test('is dead after five wrong PINs, however many come at once, and after fifteen minutes', async () => {
    const phone = await openly();
    const first = await linkOf(phone);
    expect((await open(first.url, '2468')).status).toBe(200);
    const tries = await Promise.all(Array.from({ length: 12 }, (_, n) => open(first.url, `${1_000 + n}`)));
    expect(tries.map((t) => t.status).sort()).toEqual([...Array(4).fill(403), ...Array(8).fill(410)]);
    expect((await open(first.url, '2468')).status).toBe(410);
    expect((await fetch(first.url)).status).toBe(410);

    await phone.texts_and_gets('en annan fråga om skolan');
    const second = await linkOf(phone);
    house.time.offsetMs += 15 * 60_000;
    expect((await open(second.url, '1357')).status).toBe(410);
    house.time.set(MORNING);
  });

  test('a new one ends the one before it and what was opened with that', async () => {
    const phone = await openly();
    const first = await linkOf(phone);
    const { body } = await open(first.url, '9999');
    const intruder = await youngPerson(house, body);
    expect((await intruder.writes('det är jag')).status).toBe(200);
    const second = await linkOf(phone);
    expect(second.url).not.toBe(first.url);
    expect((await open(first.url, '9999')).status).toBe(410);
    expect((await intruder.writes('är ni kvar')).status).toBe(403);
    expect((await open(second.url, '1111')).status).toBe(200);
  });

  test('is in no log and in no column: what is stored is a hash', async () => {
    const phone = await openly();
    const { url } = await linkOf(phone);
    await open(url, '2580');
    const token = url.split('/').at(-1) ?? '-';
    expect(house.logs.join('\n')).not.toContain(token);
    expect(house.logs.join('\n')).not.toContain('2580');
    const dump = await house.deps.webchat.db.execute<{ v: string }>(sql`select l::text || m::text as v
      from private_link l join message m on m.conversation_id = l.conversation_id`);
    expect(dump.length).toBeGreaterThan(0);
    expect(dump.map((row) => row.v).join()).not.toContain(token);
  });
});
