import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from '../../src/inbox/wire.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { worker, youngPerson } from '../support/people.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await startHouse('embedded', { at: '2026-11-24T10:00:00+01:00' });
});
afterAll(() => house?.stop());

test('the list is filtered by channel and language, and each count is what the view holds for that reader', async () => {
  const jarva = await worker(house, 'jarva-1');
  const farsta = await worker(house, 'farsta-1');
  const ids: string[] = [];
  for (const words of ['de hotar min brorsa, vi bor i Husby', 'they threaten my brother, we live in Husby']) {
    const person = await youngPerson(house);
    await person.says(words);
    await jarva.sees(person.id);
    ids.push(person.id);
  }
  const [swedish = '', english = ''] = ids;
  const shown = async (query: string) =>
    (await jarva.get<Page>(`/conversations?view=waiting&${query}`)).body.items.map((item) => item.id).toSorted();
  expect(await shown('language=sv')).toEqual([swedish]);
  expect(await shown('language=en')).toEqual([english]);
  expect(await shown('channel=web')).toEqual(ids.toSorted());
  expect(await shown('channel=sms')).toEqual([]);
  expect(await shown('channel=web&language=fi')).toEqual([]);
  await jarva.takes(english);
  for (const reader of [jarva, farsta]) {
    const counts = await reader.counts();
    for (const view of ['waiting', 'mine', 'team'] as const)
      expect(counts[view]).toBe((await reader.list(view)).length);
  }
  expect(await jarva.counts()).toMatchObject({ waiting: 1, mine: 1, team: 1 });
  expect(await farsta.counts()).toEqual({ waiting: 0, mine: 0, team: 0, longestWaitSince: null });
  for (const query of ['channel=fax', 'language=%00', `language=${'a'.repeat(21)}`])
    expect((await jarva.get(`/conversations?${query}`)).status).toBe(400);
}, 60_000);
