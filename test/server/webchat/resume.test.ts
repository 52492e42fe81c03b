import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { conversation } from '../../../db/schema/conversation.ts';
import { createBuckets } from '../../../src/server/channels/webchat/buckets.ts';
import { CODE_WORDS } from '../../../src/server/channels/webchat/code-words.ts';
import { GUESSES } from '../../../src/server/channels/webchat/resume.ts';
import { newReturnCode, readReturnCode } from '../../../src/server/channels/webchat/return-code.ts';
import { HOST_PAGE, startWebchat, type Webchat } from './start-webchat.ts';
import { visit } from './visit.ts';

let chat: Webchat;
beforeAll(async () => {
  chat = await startWebchat({ erasedOn: (lastAt) => new Date(lastAt.getTime() + 30 * 86_400_000) });
});
afterAll(() => chat.stop());
beforeEach(() => {
  chat.time.offsetMs = 0;
});

const post = async (path: string, body: unknown, headers: Record<string, string> = {}, at = chat) => {
  const answer = await fetch(at.directLine + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await answer.json() };
};
const resume = (body: unknown, at = chat) => post('/conversations/resume', body, {}, at);
const ASK = { type: 'event', name: 'returnCode' };
async function withCode(at = chat) {
  const me = await visit(at);
  await me.say({ type: 'message', text: 'hej' });
  const { body } = await me.say(ASK);
  const code = String(Object(body['activity']).value);
  return { me, code };
}

test('codes are three of over 500 plain words and ten digits: with the limit on guesses they are worth 64 bits', () => {
  expect(new Set(CODE_WORDS).size).toBe(CODE_WORDS.length);
  expect(CODE_WORDS.every((word) => /^[a-z]{3,9}$/.test(word))).toBe(true);
  const bits = 3 * Math.log2(CODE_WORDS.length) + 10 * Math.log2(10);
  expect(bits).toBeGreaterThanOrEqual(60);
  // What the real buckets let through in an hour to somebody who tries every first word, on two servers; against a
  // thousand guesses a second, which is what a server hears that limits nothing.
  const time = { ms: 0 };
  const guesses = createBuckets(GUESSES, () => new Date(time.ms));
  let heard = 0;
  for (; time.ms < 3_600_000; time.ms += 5_000) for (const word of CODE_WORDS) while (guesses.take(word) === 0) heard++;
  expect(heard).toBe(CODE_WORDS.length * (5 + 149));
  const slower = Math.log2((1_000 * 3_600) / (2 * heard));
  expect(bits + slower).toBeGreaterThanOrEqual(64);
  const codes = Array.from({ length: 1_000 }, () => newReturnCode());
  expect(new Set(codes).size).toBe(1_000);
  expect(codes.every((code) => /^[a-z]+ [a-z]+ [a-z]+ \d{5} \d{5}$/.test(code))).toBe(true);
});

test('a code is understood however it is typed, and nothing else is', () => {
  const plain = 'ankor bil tag 1234567890';
  for (const typed of [
    'ankor bil tag 12345 67890',
    ' Ankor-Bil-Tåg, 1234567890\n',
    'ANKOR.BIL.TÄG.12345.67890',
    '12345 67890 ankor bil tag',
  ])
    expect(readReturnCode(typed)).toBe(plain);
  for (const typed of ['', 'ankor bil 1234567890', 'a b c d 1234567890', 'ankor bil tag 123456789', 'x'.repeat(200)])
    expect(readReturnCode(typed)).toBeNull();
});

test('the code opens the conversation anywhere, is stored only as a keyed hash, and a newer one ends it', async () => {
  const { me, code } = await withCode();
  const [row] = await chat.db.select().from(conversation).where(eq(conversation.id, me.id));
  expect(row?.returnCodeHash?.length).toBe(32);
  expect(JSON.stringify(row)).not.toContain(code.split(' ')[0]);
  const back = await resume({ code });
  expect(back).toMatchObject({ status: 200, body: { conversationId: me.id, expires_in: 1800, watermark: '1.1.0' } });
  const read = await me.call('GET', `${me.path}/activities`, undefined, back.body.token);
  expect(read.body.activities.map((a) => a.text)).toEqual(['hej']);
  const later = await me.call(
    'GET',
    `${me.path}/activities?watermark=${back.body.watermark}`,
    undefined,
    back.body.token,
  );
  expect(later.body.activities).toEqual([]);
  const newer = await me.say(ASK);
  expect(newer.status).toBe(200);
  expect((await resume({ code })).status).toBe(404);
});

test('the code goes to the one who asks, never onto the stream or into the history', async () => {
  const { me, code } = await withCode();
  expect(JSON.stringify(await me.read())).not.toContain(code.split(' ')[2]);
});

test('the code outlives leaving and dies with erasing', async () => {
  const { me, code } = await withCode();
  await me.say({ type: 'event', name: 'leave' });
  const back = await resume({ code });
  expect(back.status).toBe(200);
  expect((await me.call('DELETE', me.path, undefined, back.body.token)).status).toBe(204);
  expect((await resume({ code })).status).toBe(404);
});

test('before the first message there is nothing to return to, and asking stores nothing', async () => {
  const me = await visit(chat);
  expect((await me.say(ASK)).status).toBe(409);
  expect(await chat.db.$count(conversation, eq(conversation.threadId, me.id))).toBe(0);
});

test('guesses with one first word are stopped after five, then one in 24 seconds; those with another word are not locked out', async () => {
  // Of its own: another test's code may begin with any word.
  const own = await startWebchat();
  const guess = (code: string) => resume({ code }, own);
  try {
    const { code } = await withCode(own);
    const [word = ''] = code.split(' ');
    const wrong = CODE_WORDS.find((w) => w !== word) ?? '';
    for (let i = 0; i < 5; i++) expect((await guess(`${wrong} bil katt 00000 0000${i}`)).status).toBe(404);
    expect(await guess(`${wrong} bil katt 00000 00009`)).toMatchObject({
      status: 429,
      retryAfter: expect.stringMatching(/^\d+$/),
      body: { error: { code: 'TooManyRequests' } },
    });
    expect((await guess(code)).status).toBe(200);
    own.time.offsetMs = 25_000;
    expect((await guess(`${wrong} bil katt 00000 00009`)).status).toBe(404);
  } finally {
    await own.stop();
  }
});

test('a tab’s key wakes its conversation for five days, is no token, and is given only to those who ask', async () => {
  const asked = await post('/tokens/generate', { resumable: true });
  const { token, resumeKey, conversationId } = asked.body;
  expect((await post('/tokens/generate', {})).body.resumeKey).toBeUndefined();
  expect((await post('/tokens/generate', [1])).status).toBe(200);
  const call = (bearer: string) =>
    fetch(`${chat.directLine}/conversations/${conversationId}`, { headers: { authorization: `Bearer ${bearer}` } });
  expect((await call(resumeKey)).status).toBe(401);
  expect((await resume({ resumeKey: token })).status).toBe(401);
  chat.time.offsetMs = 4.9 * 86_400_000;
  expect((await call(token)).status).toBe(403);
  const woken = await resume({ resumeKey });
  expect(woken).toMatchObject({ status: 200, body: { conversationId, resumeKey: expect.any(String) } });
  expect((await call(woken.body.token)).status).toBe(200);
  chat.time.offsetMs = 5.1 * 86_400_000;
  expect(await resume({ resumeKey })).toMatchObject({ status: 403, body: { error: { code: 'TokenExpired' } } });
});

test('a tab’s key dies with leaving and with erasing', async () => {
  for (const end of ['leave', 'erase'] as const) {
    const { body } = await post('/tokens/generate', { resumable: true });
    const headers = { authorization: `Bearer ${body.token}` };
    const path = `/conversations/${body.conversationId}`;
    await post(`${path}/activities`, { type: 'message', text: 'hej' }, headers);
    if (end === 'leave') await post(`${path}/activities`, { type: 'event', name: 'leave' }, headers);
    else await fetch(chat.directLine + path, { method: 'DELETE', headers });
    expect((await resume({ resumeKey: body.resumeKey })).status).toBe(404);
  }
});

test('bad input and foreign pages are refused', async () => {
  for (const body of [null, {}, { code: 7 }, { code: '' }, { code: 'x'.repeat(201) }, { resumeKey: [] }])
    expect((await resume(body)).status).toBe(400);
  const foreign = await post('/conversations/resume', { code: 'x' }, { origin: 'https://evil.example' });
  expect(foreign.status).toBe(403);
  const host = await fetch(`${chat.directLine}/conversations/resume`, {
    method: 'OPTIONS',
    headers: { origin: HOST_PAGE },
  });
  expect(host.status).toBe(204);
});

test('what is kept is told to its owner alone, with the day it goes', async () => {
  const { me } = await withCode();
  const { body } = await me.call('GET', `${me.path}/stored`);
  expect(body['stored']).toMatchObject({
    messages: 1,
    own: 1,
    language: 'sv',
    place: null,
    code: true,
    mayErase: true,
  });
  expect(Object(body['stored']).erasedOn).toMatch(/^\d{4}-/);
  const other = await visit(chat);
  expect((await other.call('GET', `${me.path}/stored`)).status).toBe(404);
  expect((await other.call('GET', `${other.path}/stored`)).body['stored']).toMatchObject({ messages: 0, since: null });
});
