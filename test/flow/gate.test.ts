import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { phone } from '../../db/schema/conversation.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { relative, worker } from '../support/people.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';

const ASKS = 'Kan vi skriva här? Svara JA. STOPP avslutar.';
let next = 640;
const number = () => `+46701740${(next++).toString().padStart(3, '0')}`;

describe.each(databases)('a phone that others may see, on %s', (kind) => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await startHouse(kind, { at: '2026-11-24T10:00:00+01:00' });
  });
  afterAll(() => house.stop());

  async function theirs() {
    const jarva = await worker(house, 'jarva-1');
    await until(async () => (await jarva.list()).length > 0);
    const id = (await jarva.list()).at(-1)?.id ?? '';
    return { jarva, id, opened: async () => (await jarva.open(id)).body };
  }
  const waiting = async () => (await worker(house, 'jarva-1')).list();

  test('the first text only asks; danger alarms staff before the yes, who see what may be said; the yes is answered', async () => {
    const texter = relative(house, number());
    expect(await texter.texts_and_gets('Kan man boka en tid hos er?')).toBe(ASKS);
    expect(await waiting()).toEqual([]);
    expect(await texter.texts_and_gets('min son har en pistol och de hotar honom')).toMatch(/112/);
    const { jarva, id, opened } = await theirs();
    expect((await opened()).handover).toMatchObject({ gate: 'asked', topics: [] });
    const claim = await jarva.takes(id);
    await texter.gets(/^Nu läser en människa här, inte en bot\.$/);
    await jarva.replies(id, claim, 'Får jag ringa?');
    await texter.gets('Får jag ringa?');
    const before = (await texter.received()).map((t) => t.text).join(' ');
    expect(before).not.toMatch(/Järva|socialsekreterare|Stockholm/);

    await texter.texting('Ja, det går bra');
    await until(async () => (await opened()).handover.gate === 'open');
    await jarva.post(id, 'hand-back', { claim });
    await texter.gets('Nu svarar chattboten igen');
    const [row] = await house.deps.inbox.desk.db.select().from(phone);
    expect(row?.openSince).toBeInstanceOf(Date);
  });

  test('what was written before the yes is answered after it, once, and the number is not asked again', async () => {
    const texter = relative(house, number());
    expect(await texter.texts_and_gets('Kan man boka en tid hos er?')).toBe(ASKS);
    const answer = await texter.texts_and_gets('JA');
    expect(answer).toMatch(/bot hos Stockholms stad/);
    expect(answer).not.toContain(ASKS);
    expect(await texter.texts_and_gets('vilka tider har ni öppet')).not.toContain(ASKS);
    expect((await texter.received()).filter((t) => t.text.includes(ASKS))).toHaveLength(1);
  });

  test('a no gets one goodbye and then silence', async () => {
    const texter = relative(house, number());
    await texter.texts_and_gets('vad är det här för nummer');
    expect(await texter.texts_and_gets('Nej')).toMatch(/^Okej, vi skriver inte mer här/);
    await texter.texting('nej tack');
    expect(await texter.texts_and_gets('STOPP')).toMatch(/inga fler sms/);
    expect(await texter.received()).toHaveLength(3);
  });

  test('after STOP danger is still heard, and nothing is sent', async () => {
    const texter = relative(house, number());
    await texter.opens();
    await texter.texts_and_gets('STOPP');
    const sent = (await texter.received()).length;
    await texter.texting('han är här nu med kniv och slår mig');
    const jarva = await worker(house, 'jarva-1');
    await until(async () => (await jarva.list()).some((item) => item.risk === 'emergency'));
    const id = (await jarva.list()).find((item) => item.risk === 'emergency')?.id ?? '';
    await until(async () => (await jarva.open(id)).body.messages.at(-1)?.delivery?.status === 'refused');
    expect((await jarva.open(id)).body.handover).toMatchObject({ unreachable: 'opted-out' });
    expect(await texter.received()).toHaveLength(sent);
  });

  test('at night a reply waits and says until when; a word of theirs lets it go, in order', async () => {
    house.time.set('2026-11-24T20:00:00+01:00');
    const texter = relative(house, number());
    await texter.opens();
    const before = (await waiting()).map((item) => item.id);
    await texter.texts_and_gets('jag vill prata med en människa');
    const jarva = await worker(house, 'jarva-1');
    const id = (await jarva.list()).find((item) => !before.includes(item.id))?.id ?? '';
    const claim = await jarva.takes(id);
    await texter.gets(/Nu skriver/);
    const sent = (await texter.received()).length;
    house.time.set('2026-11-24T20:31:00+01:00');
    await jarva.replies(id, claim, 'före nio');
    await texter.gets('före nio');
    house.time.set('2026-11-24T21:30:00+01:00');
    for (const words of ['ett', 'två']) expect((await jarva.replies(id, claim, words)).status).toBe(201);
    await until(async () => {
      const last = (await jarva.open(id)).body.messages.slice(-2).map((m) => m.delivery);
      return last.every((d) => d?.status === 'queued' && d.notBefore === '2026-11-25T07:00:00.000Z');
    });
    expect(await texter.received()).toHaveLength(sent + 1);
    await texter.texting('är du där?');
    await texter.gets('två');
    expect((await texter.received()).slice(sent).map((t) => t.text)).toEqual(['före nio', 'ett', 'två']);
  });
});
