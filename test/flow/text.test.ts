import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { relative, worker } from '../support/people.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';

let next = 605;
const number = () => `+46701740${(next++).toString().padStart(3, '0')}`;

describe.each(databases)('on %s', (kind) => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await startHouse(kind, { at: '2026-11-24T10:00:00+01:00' });
  });
  afterAll(() => house.stop());

  async function waitingFrom(channel: 'sms') {
    const jarva = await worker(house, 'jarva-1');
    let id = '';
    await until(async () => {
      const mine = (await jarva.list()).filter((i) => i.channel === channel);
      id = mine.at(-1)?.id ?? '';
      return id !== '';
    });
    return { jarva, id };
  }

  test('a relative texts, says yes to a person, and a worker answers; a failed delivery is shown to the worker', async () => {
    const phone = relative(house, number());
    const first = await phone.texts_and_gets('Hej, min son har fått nya vänner och en ny telefon');
    expect(first).toMatch(/Kan vi skriva här\? Svara JA\. STOPP avslutar\.$/);
    const opened = await phone.texts_and_gets('JA');
    expect(opened).toMatch(/bot hos Stockholms stad/);
    await phone.texts_and_gets('MER');
    await phone.texts_and_gets('jag vill prata med en människa');
    const { jarva, id } = await waitingFrom('sms');
    const claim = await jarva.takes(id);
    await phone.gets(/Nu skriver Järva 1/);

    await jarva.replies(id, claim, 'Hej. Berätta gärna mer.');
    await phone.gets('Berätta gärna mer');
    await jarva.replies(id, claim, 'error 30005');
    await until(async () => {
      const { body } = await jarva.open(id);
      return body.messages.at(-1)?.delivery?.status === 'failed';
    });
    const { body } = await jarva.open(id);
    expect(body.messages.at(-1)?.delivery).toMatchObject({ status: 'failed', error: '30005' });
    expect(JSON.stringify(body)).not.toContain(phone.number.slice(3));
    await jarva.post(id, 'close', { claim, outcome: 'informed' });
  });

  test('STOPP is obeyed at once and confirmed once; the worker sees it and cannot send; START opens again', async () => {
    const phone = relative(house, number());
    await phone.opens();
    await phone.texts_and_gets('jag vill prata med en människa');
    const { jarva, id } = await waitingFrom('sms');
    const claim = await jarva.takes(id);
    await phone.gets(/Nu skriver/);
    expect(await phone.texts_and_gets('Stopp!')).toMatch(/inga fler sms/);
    const refused = await jarva.replies(id, claim, 'är du kvar?');
    expect(refused).toMatchObject({ status: 409, body: { reason: 'unreachable' } });
    expect((await jarva.open(id)).body.handover.unreachable).toBe('opted-out');
    expect(await phone.texts_and_gets('START')).toMatch(/Välkommen tillbaka/);
    expect((await jarva.replies(id, claim, 'bra att du är tillbaka')).status).toBe(201);
    await phone.gets('bra att du är tillbaka');
    await jarva.post(id, 'close', { claim, outcome: 'informed' });
  });

  test('HJÄLP and "jag vill sluta" are heard as words, not as commands (F46)', async () => {
    const phone = relative(house, number());
    expect(await phone.texts_and_gets('HJÄLP')).toMatch(/En människa läser och svarar här/);
    expect(await phone.texts_and_gets('jag vill sluta')).not.toMatch(/inga fler/);
    const other = relative(house, number());
    const heard = await other.texts_and_gets('STOPP honom nån, han är här med kniv');
    expect(heard).toContain('112');
    expect(heard).not.toMatch(/inga fler/);
  });

  test('a text whose vendor has a bad minute is sent again and arrives once', async () => {
    const phone = relative(house, number());
    await phone.texts_and_gets('jag vill prata med en människa');
    const { jarva, id } = await waitingFrom('sms');
    const claim = await jarva.takes(id);
    await phone.texting('error 503');
    await jarva.replies(id, claim, 'nu kommer ett svar');
    await until(async () => house.logs.some((l) => l.includes('"code":"http-503"')));
    await phone.texting('nu har jag täckning igen');
    await until(async () => (await phone.received()).some((t) => t.text === 'nu kommer ett svar'), 20_000);
    expect((await phone.received()).filter((t) => t.text === 'nu kommer ett svar')).toHaveLength(1);
    await jarva.post(id, 'close', { claim, outcome: 'informed' });
  });
});
