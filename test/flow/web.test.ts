import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { worker, youngPerson } from '../support/people.ts';
import { databases } from '../support/postgres.ts';

const TUESDAY_MORNING = '2026-11-24T10:00:00+01:00';
const SATURDAY_NIGHT = '2026-11-28T23:40:00+01:00';

describe.each(databases)('on %s', (kind) => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await startHouse(kind, { at: TUESDAY_MORNING });
  });
  afterAll(() => house.stop());

  test('a young person writes, is heard, asks for a person, gets one, and the bot is quiet until it is asked back', async () => {
    const person = await youngPerson(house);
    const first = await person.says('hej');
    expect(first).toContain('inte en människa');
    expect(first).toContain('112');
    expect(first).toContain('Människor svarar här nu');

    expect(await person.says('kan man vara anonym här?')).toMatch(/namn|vem du är/);
    expect(await person.says('kan jag få prata med en människa')).toMatch(/kö|väntar/);
    await person.says('Rinkeby');

    const jarva = await worker(house, 'jarva-1');
    await jarva.sees(person.id);
    const [item] = (await jarva.list()).filter((i) => i.id === person.id);
    expect(item).toMatchObject({ district: 'jarva', owner: 'waiting', channel: 'web', language: 'sv' });
    expect(JSON.stringify(item)).not.toContain('anonym');

    const claim = await jarva.takes(person.id);
    const { body: opened } = await jarva.open(person.id);
    expect(opened.messages[0]).toMatchObject({ seq: 1, author: 'visitor', text: 'hej' });
    await person.hears(/Nu skriver Järva 1 här/);

    await jarva.notes(person.id, 'verkar lugn');
    await jarva.replies(person.id, claim, 'Hej. Vad bra att du skrev.');
    await person.hears('Vad bra att du skrev');
    await person.writes('är det du nu?');
    await jarva.replies(person.id, claim, 'Ja, det är jag.');
    await person.hears('Ja, det är jag');
    const lines = await person.sees();
    expect(lines.slice(lines.findIndex((b) => b.text.includes('Nu skriver'))).map((b) => b.who)).not.toContain('bot');
    expect(JSON.stringify(await person.activities())).not.toContain('verkar lugn');

    await jarva.post(person.id, 'hand-back', { claim });
    await person.hears(/chattboten igen/i);
    expect(await person.says('är jag tillbaka hos roboten?')).toMatch(/bot/);

    const again = await jarva.takes(person.id);
    await jarva.post(person.id, 'close', { claim: again, outcome: 'informed' });
    await person.hears(/avslutat/);
    expect((await jarva.list('closed')).map((i) => i.id)).toContain(person.id);

    await person.says('hej igen, en sak till');
    const waiting = await person.says('jag vill prata med en människa');
    expect(waiting).toMatch(/kö|väntar/);
    const next = (await jarva.list()).find((i) => i.id !== person.id && i.district === 'jarva');
    expect(next).toBeDefined();
    const { body: episode } = await jarva.open(next?.id ?? '');
    expect(episode.handover.episode).toBe(2);
    expect(episode.messages[0]?.text).toBe('hej igen, en sak till');
  });

  test('the worker sees which words were heard as danger, and they are stored as places, not as words', async () => {
    const person = await youngPerson(house);
    await person.says('hej. de säger att jag är skyldig pengar och de vet var jag bor');
    const { body } = await (await worker(house, 'jarva-1')).open(person.id);
    const [first] = body.messages;
    expect(first?.heard?.level).toBe('urgent');
    const words = first?.heard?.spans.map(([from, to]) => first.text.slice(from, to)).join(' ');
    expect(words).toMatch(/skyldig|pengar|bor/);
    expect(words).not.toContain('hej');
    expect(JSON.stringify(await person.activities())).not.toContain('"heard"');
  });

  test('danger at night: 112 first, nobody is promised, staff find it alarmed in the morning', async () => {
    house.time.set(SATURDAY_NIGHT);
    const person = await youngPerson(house);
    const heard = await person.says('de står utanför dörren med kniv');
    expect(heard.split('\n')[0]).toContain('112');
    expect(heard).toMatch(/Vi öppnar (i övermorgon|på måndag|i morgon) klockan 8/);
    expect(heard).not.toMatch(/hjälp är på väg|någon kommer/i);
    expect(await person.says('äh skoja bara')).toContain('112');

    house.time.set('2026-11-30T08:05:00+01:00');
    const jarva = await worker(house, 'jarva-1');
    const item = (await jarva.list()).find((i) => i.id === person.id);
    expect(item).toMatchObject({ risk: 'emergency', owner: 'waiting', district: 'staden' });
    expect((await jarva.list())[0]?.id).toBe(person.id);
    house.time.set(TUESDAY_MORNING);
  });

  test('two workers, one claim: the second learns who has it and can read nothing more by trying', async () => {
    const person = await youngPerson(house);
    await person.says('jag vill prata med en människa');
    const [one, two] = [await worker(house, 'jarva-1'), await worker(house, 'jarva-2')];
    await one.takes(person.id);
    const refused = await two.claims(person.id);
    expect(refused).toMatchObject({ status: 409, body: { holder: 'Järva 1', status: 409 } });
    expect(await two.replies(person.id, 'clm_stale', 'hej')).toMatchObject({ status: 409 });
    const farsta = await worker(house, 'farsta-1');
    expect((await farsta.open(person.id)).status).toBe(404);
    expect((await farsta.claims(person.id)).status).toBe(404);
  });
});
