import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../db/schema/columns.ts';
import { alert } from '../../db/schema/work.ts';
import { clicked, message } from '../server/teams/teams-house.ts';
import { as, type HouseInTeams, startHouseInTeams } from '../server/teams/whole-house.ts';
import { relative, worker, youngPerson } from '../support/people.ts';
import { until } from '../support/until.ts';

const CANARY = 'kvastfening';
const NUMBER = '+46701740655';

let inTeams: HouseInTeams;
let fake: HouseInTeams['fake'];
let house: HouseInTeams['house'];
const answers: string[] = [];
beforeAll(async () => {
  inTeams = await startHouseInTeams('embedded', { at: '2026-11-24T10:00:00+01:00' });
  ({ fake, house } = inTeams);
});
afterAll(() => inTeams.stop());

const teams = async (activity: unknown) => answers.push(await (await inTeams.post(activity)).text());
const sent = (id: string) => fake.calls.filter(({ body }) => JSON.stringify(body).includes(id));

test('nothing that a help-seeker wrote, is called or calls from is in anything that leaves for Teams (F36, S1–S3)', async () => {
  await teams(message(fake, 'koppla Rinkeby-Kista', as('admin-1')));
  await teams(message(fake, 'koppla Staden', as('admin-1', { conversation: { id: '19:staden@thread.tacv2' } })));
  const chat = { conversation: { id: 'a:jarva-1', conversationType: 'personal' } };
  await teams(message(fake, '', as('jarva-1', { ...chat, type: 'installationUpdate', action: 'add' })));
  await teams(message(fake, 'larm alla', as('jarva-1', chat)));

  const person = await youngPerson(house);
  await person.says(`${CANARY} de hotar min brorsa, vi bor i Husby`);
  await until(() => sent(person.id).length > 0);
  await person.post({ type: 'event', name: 'language', value: 'so', from: { id: CANARY, name: CANARY } });
  await person.post({
    type: 'message',
    text: `${CANARY} ring 070-174 06 55 eller ${CANARY}@example.com`,
    from: { id: CANARY, name: CANARY },
    locale: CANARY,
    channelData: { clientActivityID: `${CANARY}-1`, utvag: { language: CANARY } },
  });
  const phone = relative(house, NUMBER);
  await phone.texts_and_gets(`${CANARY} jag vill prata med en människa`);
  await phone.texting('Tensta');
  const staff = await worker(house, 'jarva-1');
  await until(async () => (await staff.list()).some(({ channel }) => channel === 'sms'));
  const texted = (await staff.list()).find(({ channel }) => channel === 'sms')?.id ?? '';
  await until(() => sent(texted).length > 0);

  const { db } = house.deps.webchat;
  const { jobs } = house.deps.inbox.desk;
  for (const to of [{ workerId: 'jarva-1' }, { district: 'staden' }])
    for (const conversationId of [person.id, texted])
      await db.transaction(async (tx) => {
        const id = newId('alr');
        await tx.insert(alert).values({ id, conversationId, cause: '1:test', ...to });
        await jobs.alert(tx, id);
      });
  await until(() => fake.calls.filter(({ path }) => path.includes('a:jarva-1')).length >= 4);

  await teams(clicked(fake, { conversation: person.id, version: 1 }, as('jarva-1', { replyToId: '1' })));
  await teams(clicked(fake, { conversation: person.id, version: CANARY }, as('jarva-2')));
  await person.writes(`${CANARY} är du där`);
  const claim = (await staff.open(person.id)).body.claim ?? '';
  await staff.notes(person.id, CANARY);
  await staff.replies(person.id, claim, CANARY);
  await until(() => sent(person.id).some(({ method }) => method === 'PUT'), 20_000);
  await staff.post(person.id, 'release', { claim });
  const again = await staff.takes(person.id);
  await staff.post(person.id, 'close', { claim: again, outcome: 'informed' });
  await until(() => JSON.stringify(sent(person.id).at(-1)).includes('Avslutat'), 20_000);

  expect(fake.calls.length).toBeGreaterThan(10);
  const out = [...fake.calls, ...fake.grants.map(String), ...answers, ...house.logs].map((each) =>
    JSON.stringify(each),
  );
  for (const word of [CANARY, '1740655', '174 06 55', 'hotar', 'brorsa', 'Husby', 'Tensta', 'somali', '"so"', 'threat'])
    expect(out.filter((each) => each.toLowerCase().includes(word.toLowerCase()))).toEqual([]);
}, 90_000);
