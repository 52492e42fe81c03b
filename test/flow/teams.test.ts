import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clicked, message } from '../server/teams/teams-house.ts';
import { as, type HouseInTeams, startHouseInTeams } from '../server/teams/whole-house.ts';
import { worker, youngPerson } from '../support/people.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';

describe.each(databases)('on %s', (kind) => {
  let inTeams: HouseInTeams;
  let fake: HouseInTeams['fake'];
  let house: HouseInTeams['house'];
  let teams: HouseInTeams['post'];
  beforeAll(async () => {
    inTeams = await startHouseInTeams(kind, { at: '2026-11-24T10:00:00+01:00' });
    ({ fake, house, post: teams } = inTeams);
  });
  afterAll(() => inTeams.stop());

  const cardOf = (id: string) => JSON.stringify([...fake.shown.values()].filter((a) => JSON.stringify(a).includes(id)));

  test('a bell and a window: koppla, one wordless card, taken over from Teams, edited in place until the end (F33, F36)', async () => {
    expect((await teams(message(fake, 'koppla Rinkeby-Kista', as('jarva-1')))).status).toBe(200);
    expect(JSON.stringify([...fake.shown.values()])).toContain('samordnare eller administratör');
    await teams(message(fake, 'koppla Rinkeby-Kista', as('admin-1')));

    const person = await youngPerson(house);
    await person.says('de hotar min brorsa, vi bor i Husby');
    await until(() => cardOf(person.id).includes('Nytt ärende'));
    expect(cardOf(person.id)).toContain('Järva');
    for (const word of ['hotar', 'brorsa', 'Husby', 'svenska']) expect(cardOf(person.id)).not.toContain(word);

    const answer = await teams(clicked(fake, { conversation: person.id, version: 1 }, as('jarva-1')));
    expect(await answer.text()).toContain('Järva 1 har tagit över');
    await person.hears('Nu skriver Järva 1');
    await until(() => cardOf(person.id).includes('Järva 1 har tagit över'));

    const late = await teams(clicked(fake, { conversation: person.id, version: 1 }, as('jarva-2')));
    expect(await late.text()).toContain('Järva 1 har tagit över');
    const stranger = await teams(clicked(fake, { conversation: person.id, version: 1 }, as('farsta-1')));
    expect(await stranger.text()).not.toContain('Järva 1');

    const jarva = await worker(house, 'jarva-1');
    const claim = (await jarva.open(person.id)).body.claim ?? '';
    await jarva.post(person.id, 'close', { claim, outcome: 'referred' });
    await until(() => /[Aa]vslutat/.test(cardOf(person.id)));
    expect(fake.calls.filter((c) => c.method === 'POST' && JSON.stringify(c.body).includes(person.id))).toHaveLength(1);
  });

  test('Teams is down when somebody starts to wait: the inbox is right anyway, and the card comes later', async () => {
    fake.fail({ status: 503 }, { status: 503 });
    const person = await youngPerson(house);
    await person.says('jag vill prata med en människa');
    await person.says('Tensta');
    const jarva = await worker(house, 'jarva-1');
    await jarva.sees(person.id);
    await until(() => cardOf(person.id).includes('Nytt ärende'), 20_000);
  });
});
