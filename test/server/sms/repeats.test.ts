import { afterAll, beforeAll, expect, test } from 'vitest';
import { EARS, startCore } from '../../support/core.ts';

const NUMBERS = { a: '+46701740605', b: '+46701740606' } as const;
let at = Date.parse('2026-11-24T10:00:00Z');
let core: Awaited<ReturnType<typeof startCore>>;
beforeAll(async () => {
  const ears = { ...EARS, mask: (text: string) => ({ text: text.replace(/07\d+/g, '▇'), found: [], first: {} }) };
  const options = { clock: () => new Date(at), ears, burst: { waitMs: 86_400_000, capMs: 86_400_000 } };
  core = await startCore('embedded', () => Promise.reject(new Error('no turn is due')), options);
});
afterAll(() => core.stop());

let next = 0;
const text = (words: string, more: { from?: 'a' | 'b'; token?: string } = {}) =>
  core.receive({
    sender: { channel: 'sms', number: NUMBERS[more.from ?? 'a'] },
    externalId: `v:${next++}`,
    text: words,
    ...(more.token ? { retryToken: more.token } : {}),
  });
const heard = async (answer: ReturnType<typeof text>) => !(await answer).duplicate;
const pass = (seconds: number) => {
  at += seconds * 1_000;
};
const answer = () => core.sayTo(NUMBERS.a, 'en fråga till dig');

test('20 parallel repeats under 20 ids are one message (F23)', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => text('hej')));
  expect(all.filter((one) => !one.duplicate)).toHaveLength(1);
  expect(new Set(all.map((one) => one.seq)).size).toBe(1);
});

test('the same words are a repeat for a minute and no longer', async () => {
  expect(await heard(text('kan ni hjälpa'))).toBe(true);
  pass(59);
  expect(await heard(text('kan ni hjälpa'))).toBe(false);
  pass(2);
  expect(await heard(text('kan ni hjälpa'))).toBe(true);
});

test('"ja" and "ja" are two answers when we have asked in between', async () => {
  expect(await heard(text('ja'))).toBe(true);
  pass(5);
  await answer();
  pass(5);
  expect(await heard(text('ja'))).toBe(true);
  expect(await heard(text('ja'))).toBe(false);
});

test('other words, another number and words that differ in what is masked are heard', async () => {
  expect(await heard(text('ring 0701740605'))).toBe(true);
  expect(await heard(text('ring 0701740606'))).toBe(true);
  expect(await heard(text('ring 0701740606', { from: 'b' }))).toBe(true);
});

test("one token of the provider's is one hand-over, whatever was said in between", async () => {
  expect(await heard(text('nej', { token: 't1' }))).toBe(true);
  pass(5);
  await answer();
  pass(300);
  expect(await heard(text('nej', { token: 't1' }))).toBe(false);
  expect(await heard(text('nej', { token: 't2' }))).toBe(true);
});

test('a repeat after the end opens no new conversation and brings back no number', async () => {
  const first = await text('sista ordet');
  await core.closeAll();
  await core.sweepNumbers();
  const external = `v:${next - 1}`;
  const sender = { channel: 'sms' as const, number: NUMBERS.a };
  const again = await core.receive({ sender, externalId: external, text: 'sista ordet' });
  expect(again).toMatchObject({ duplicate: true, conversationId: first.conversationId, seq: first.seq });
  expect(await core.phones.find(core.db, NUMBERS.a)).toBeNull();
});

test('a machine that answers with the same sentence is heard twice and then only kept; danger is always answered', async () => {
  const due = async (words: string) => {
    pass(120);
    const { conversationId, seq } = await text(words);
    await core.sayTo(NUMBERS.a, 'svar');
    return core.isDue(conversationId, seq);
  };
  const away = 'Jag är på semester och läser inte sms förrän på måndag.';
  expect([await due(away), await due(away), await due(away), await due(away)]).toEqual([true, true, false, false]);
  expect([await due('ja'), await due('ja'), await due('ja'), await due('ja')]).toEqual([true, true, true, true]);
  const danger = 'FARA han är här nu med en kniv';
  expect([await due(danger), await due(danger), await due(danger)]).toEqual([true, true, true]);
});

test('after sixty automatic answers in an hour a number gets no more until the hour is over', async () => {
  for (let n = 0; n < 60; n += 1) await core.sayTo(NUMBERS.a, `svar ${n}`);
  const quiet = await text('och nu då');
  expect(await core.isDue(quiet.conversationId, quiet.seq)).toBe(false);
  pass(3_601);
  const later = await text('är ni kvar');
  expect(await core.isDue(later.conversationId, later.seq)).toBe(true);
});
