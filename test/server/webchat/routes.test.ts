import { readFileSync } from 'node:fs';
import { eq, sql } from 'drizzle-orm';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../db/schema/columns.ts';
import { conversation, message, note } from '../../../db/schema/conversation.ts';
import { worker } from '../../../db/schema/staff.ts';
import { audit, spentTicket } from '../../../db/schema/work.ts';
import { HOST_PAGE, startWebchat, type Webchat } from './start-webchat.ts';
import { visit } from './visit.ts';

let chat: Webchat;
beforeAll(async () => {
  chat = await startWebchat();
});
afterAll(() => chat.stop());
beforeEach(() => {
  chat.time.offsetMs = 0;
  chat.acted.length = 0;
});

const conversations = () => chat.db.$count(conversation);

test('opening the page, its token and its stream make no conversation; the first message does (F56)', async () => {
  const before = await conversations();
  const me = await visit(chat);
  expect((await me.call('POST', '/conversations', {})).status).toBe(201);
  await me.call('GET', `${me.path}/activities?watermark=`);
  await me.say({ type: 'typing' });
  await me.say({ type: 'event', name: 'handover' });
  expect(await conversations()).toBe(before);
  const { body } = await me.say({ type: 'message', text: 'hej' });
  expect(body.id).toBe(`${me.id}|0000001`);
  expect(await conversations()).toBe(before + 1);
  expect((await me.call('POST', '/conversations', {})).status).toBe(200);
});

test('the echo carries the id of the answer, the client id and the token’s user, whoever the client says it is', async () => {
  const me = await visit(chat);
  const sent = {
    type: 'message',
    text: 'hej',
    from: { id: 'boss', role: 'bot' },
    channelData: { clientActivityID: 'c-1', x: 1 },
  };
  const { body } = await me.say(sent);
  const { activities } = await me.read();
  expect(activities).toMatchObject([
    { id: body.id, text: 'hej', from: { id: me.user, role: 'user' }, channelData: { clientActivityID: 'c-1' } },
  ]);
  expect(activities[0]?.channelData).not.toHaveProperty('x');
});

test('20 parallel copies of a message are one message with one id (F23, F24, F26)', async () => {
  const me = await visit(chat);
  const copy = { type: 'message', text: 'är du där', channelData: { clientActivityID: 'same' } };
  const answers = await Promise.all(Array.from({ length: 20 }, () => me.say(copy)));
  expect(new Set(answers.map((a) => `${a.status} ${a.body.id}`))).toEqual(new Set([`200 ${me.id}|0000001`]));
  expect((await me.read()).activities).toHaveLength(1);
});

test('reading goes on from the watermark, over episodes, and says who has the conversation when that changes', async () => {
  const me = await visit(chat);
  await me.say({ type: 'message', text: 'ett' });
  await chat.say(me.id, {
    text: 'svar',
    answers: [{ id: 'hello', version: 3 }],
    meta: { choices: [{ id: 'a', title: 'Ja' }] },
  });
  const first = await me.read();
  expect(first.activities.map((a) => a.text)).toEqual(['ett', 'svar']);
  expect(first.activities[1]).toMatchObject({
    from: { role: 'bot', name: 'Chattbot' },
    locale: 'sv',
    textFormat: 'plain',
    suggestedActions: { actions: [{ type: 'imBack', title: 'Ja', value: 'Ja' }] },
    channelData: { utvag: { author: 'bot', language: 'sv', answer: { id: 'hello', version: 3 } } },
  });
  expect((await me.read(first.watermark)).activities).toEqual([]);
  await chat.say(me.id, { text: 'hej då', author: 'system' }, { owner: 'closed', closedAt: new Date() });
  await me.say({ type: 'message', text: 'två' });
  const second = await me.read(first.watermark);
  expect(second.activities.map((a) => a.text ?? a.value)).toEqual(['hej då', 'två', 'bot']);
  expect(new Set([...first.activities, ...second.activities].map((a) => a.id)).size).toBe(5);
  expect((await me.read()).activities.filter((a) => a.type === 'message')).toHaveLength(4);
});

test('300 messages are read to the first in pages (F10, F21)', async () => {
  const me = await visit(chat);
  await me.say({ type: 'message', text: 'start' });
  for (let i = 1; i < 300; i++) await chat.say(me.id, { text: `${i}` });
  const texts: (string | undefined)[] = [];
  for (let at = ''; ; ) {
    const { activities, watermark } = await me.read(at);
    if (activities.length === 0) break;
    texts.push(...activities.map((a) => a.text));
    at = watermark;
  }
  expect(texts).toEqual(['start', ...Array.from({ length: 299 }, (_, i) => `${i + 1}`)]);
});

test('a note cannot be read by a visitor: what they read is made of messages alone (F37)', async () => {
  const me = await visit(chat);
  await me.say({ type: 'message', text: 'hej' });
  await chat.db.insert(worker).values({ id: 'wrk_1', tenantId: 't', objectId: 'o', name: 'Sara', role: 'worker' });
  const body = chat.vault.seal(chat.vault.newKey().key, 'HEMLIGT', 'x');
  await chat.db
    .insert(note)
    .values({ id: newId('not'), conversationId: me.id, workerId: 'wrk_1', clientId: 'n', body });
  expect(JSON.stringify(await me.read())).not.toContain('HEMLIGT');
  const source = new URL('../../../src/server/channels/webchat/read-thread.ts', import.meta.url);
  expect(readFileSync(source, 'utf8')).not.toMatch(/\bnote\b(?! )|readMark/);
});

test('tokens: missing, malformed and forged are 401, expired is 403 TokenExpired also for refresh, another’s conversation is 404', async () => {
  const me = await visit(chat);
  const other = await visit(chat);
  const claims = { conversation: me.id, user: me.user, epoch: 0 };
  const forged = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience('visitor')
    .setExpirationTime('1h')
    .sign(Buffer.alloc(32, 1));
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${me.token.split('.')[1]}.`;
  for (const token of [
    '',
    'x',
    'a.b.c',
    forged,
    none,
    await chat.tickets.issue(claims && { threadId: me.id, user: me.user, epoch: 0 }),
  ]) {
    const answer = await me.call('GET', `${me.path}/activities`, undefined, token);
    expect(answer).toMatchObject({
      status: 401,
      type: 'application/problem+json',
      body: { error: { code: 'Unauthorized' } },
    });
  }
  expect(await me.call('GET', `${other.path}/activities`)).toMatchObject({
    status: 404,
    body: { error: { code: 'NotFound' } },
  });
  expect(await me.call('POST', `${other.path}/activities`, { type: 'message', text: 'x' })).toMatchObject({
    status: 404,
  });
  expect(await other.read()).toMatchObject({ activities: [] });
  chat.time.offsetMs = 29 * 60_000;
  const fresh = await me.call('POST', '/tokens/refresh');
  expect(fresh).toMatchObject({ status: 200, body: { conversationId: me.id, expires_in: 1800 } });
  chat.time.offsetMs = 31 * 60_000;
  expect(await me.call('POST', '/tokens/refresh')).toMatchObject({
    status: 403,
    body: { error: { code: 'TokenExpired' } },
  });
  expect(await me.call('GET', me.path)).toMatchObject({
    status: 403,
    body: { status: 403, error: { code: 'TokenExpired' } },
  });
  expect((await me.call('GET', me.path, undefined, fresh.body.token)).status).toBe(200);
});

test('a stream ticket opens one stream, within a minute, of its own conversation, and is no bearer token', async () => {
  const me = await visit(chat);
  const [one, late] = [await me.ticket(), await me.ticket()];
  expect(await me.tryStream(one)).toBe('open');
  expect(await me.tryStream(one)).toBe('refused');
  expect(await me.tryStream(me.token)).toBe('refused');
  const other = await visit(chat);
  expect(await me.tryStream(await other.ticket())).toBe('refused');
  expect(await chat.db.$count(spentTicket, sql`${spentTicket.expiresAt} > now()`)).toBeGreaterThan(0);
  chat.time.offsetMs = 61_000;
  expect(await me.tryStream(late)).toBe('refused');
  const { status } = await me.call('GET', `${me.path}/stream?t=${await me.ticket()}`);
  expect(status).toBe(400);
});

test('bad input gets its status in both shapes, stores nothing, and the next good message works', async () => {
  const me = await visit(chat);
  const cases: [unknown, number, string][] = [
    ['{"type":', 400, 'BadArgument'],
    ['null', 400, 'BadArgument'],
    ['[]', 400, 'BadArgument'],
    ['"x"', 400, 'BadArgument'],
    ['', 400, 'BadArgument'],
    [{ type: 7 }, 400, 'BadArgument'],
    [{ type: 'message', text: 7 }, 400, 'BadArgument'],
    [{ type: 'message', text: ' \n' }, 400, 'BadArgument'],
    [{ type: 'message', text: 'x', channelData: 'x' }, 400, 'BadArgument'],
    [{ type: 'message', text: 'x', channelData: { clientActivityID: 'a\0b' } }, 400, 'BadArgument'],
    [{ type: 'event', name: 'language', value: '../sv' }, 400, 'BadArgument'],
    [{ type: 'message', text: 'x'.repeat(10_001) }, 413, 'MessageSizeTooBig'],
    [`{"type":"message","text":"${'x'.repeat(10_000_000)}"}`, 413, 'MessageSizeTooBig'],
  ];
  for (const [body, status, code] of cases)
    expect(await me.say(body), JSON.stringify(body).slice(0, 60)).toMatchObject({
      status,
      type: 'application/problem+json',
      body: { status, title: expect.any(String), error: { code, message: expect.any(String) } },
    });
  expect(await me.call('GET', `${me.path}/activities?watermark=abc`)).toMatchObject({ status: 400 });
  expect(await me.call('GET', '/conversations/cnv_unknown')).toMatchObject({ status: 404 });
  expect(await chat.db.$count(conversation, eq(conversation.threadId, me.id))).toBe(0);
  expect((await me.say({ type: 'message', text: `\ud800 a\0b ${'å'.repeat(9_990)}` })).status).toBe(200);
  expect((await me.say({ type: 'message', text: '😀'.repeat(10_000) })).status).toBe(200);
  expect((await me.say({ type: 'contactRelationUpdate', attachments: [1] })).status).toBe(200);
  expect((await me.read()).activities).toHaveLength(2);
});

test('typing, language and handover reach their acts; other events pass with 200', async () => {
  const me = await visit(chat);
  for (const activity of [
    { type: 'typing' },
    { type: 'event', name: 'language', value: 'en' },
    { type: 'event', name: 'webchat/join' },
  ])
    expect(await me.say(activity)).toMatchObject({ status: 200, body: { id: expect.stringContaining(me.id) } });
  expect((await me.say({ type: 'event', name: 'handover' })).status).toBe(200);
  expect(chat.acted).toEqual(['typing', 'language en', 'handover']);
});

test('leaving ends the token, with and without anything written', async () => {
  for (const words of [[], ['hej']]) {
    const me = await visit(chat);
    for (const text of words) await me.say({ type: 'message', text });
    expect((await me.say({ type: 'event', name: 'leave' })).status).toBe(200);
    expect(await me.read()).toMatchObject({ error: { code: 'TokenExpired' } });
    expect((await me.call('POST', '/tokens/refresh')).status).toBe(403);
    expect((await me.say({ type: 'message', text: 'kvar?' })).status).toBe(403);
    expect(await chat.db.$count(message, eq(message.conversationId, me.id))).toBe(words.length);
  }
});

test('erasing takes the words and keys of all episodes and the token, and is refused while staff must keep them', async () => {
  const me = await visit(chat);
  await me.say({ type: 'message', text: 'radera mig' });
  await chat.say(me.id, { text: 'hej då' }, { owner: 'closed', closedAt: new Date() });
  await me.say({ type: 'message', text: 'och mig' });
  for (const kept of [{ legalHold: true }, { retentionClass: 'case' }]) {
    await chat.db.update(conversation).set(kept).where(eq(conversation.id, me.id));
    expect(await me.call('DELETE', me.path)).toMatchObject({ status: 409, body: { error: { code: 'Conflict' } } });
    expect((await me.read()).activities.length).toBeGreaterThan(2);
    await chat.db
      .update(conversation)
      .set({ legalHold: false, retentionClass: 'advice' })
      .where(eq(conversation.id, me.id));
  }
  expect((await me.call('DELETE', me.path)).status).toBe(204);
  const rows = await chat.db.select().from(conversation).where(eq(conversation.threadId, me.id));
  expect(rows.map((r) => [r.owner, r.wrappedKey.length, r.turnDueAt])).toEqual([
    ['closed', 0, null],
    ['closed', 0, null],
  ]);
  expect(
    await chat.db.$count(message, sql`conversation_id in (select id from conversation where thread_id = ${me.id})`),
  ).toBe(0);
  expect((await me.call('GET', me.path)).status).toBe(403);
  expect(await chat.db.$count(audit, eq(audit.conversationId, me.id))).toBe(1);
});

test('only our own pages and those that embed the chat may use it from a browser', async () => {
  const ask = (origin: string, method = 'POST') =>
    fetch(`${chat.directLine}/tokens/generate`, { method, headers: { origin } });
  const allowed = await ask(HOST_PAGE);
  expect(allowed.status).toBe(200);
  expect(allowed.headers.get('access-control-allow-origin')).toBe(HOST_PAGE);
  expect((await ask(chat.publicUrl)).status).toBe(200);
  for (const origin of ['https://evil.example', 'null']) {
    const refused = await ask(origin);
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  }
  const asked = await ask(HOST_PAGE, 'OPTIONS');
  expect(asked.status).toBe(204);
  expect(asked.headers.get('access-control-allow-headers')).toContain('x-ms-bot-agent');
});

test('too many strangers or posts wait as long as Retry-After says', async () => {
  const small = await startWebchat({
    limits: { tokens: { capacity: 2, perSecond: 0.5 }, posts: { capacity: 3, perSecond: 1 } },
  });
  try {
    const [me, you] = [await visit(small), await visit(small)];
    const third = await fetch(`${small.directLine}/tokens/generate`, { method: 'POST' });
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '2']);
    for (let i = 0; i < 3; i++) expect((await me.say({ type: 'message', text: `${i}` })).status).toBe(200);
    expect(await me.say({ type: 'message', text: 'x' })).toMatchObject({
      status: 429,
      body: { error: { code: 'TooManyRequests' } },
    });
    expect((await you.say({ type: 'message', text: 'x' })).status).toBe(200);
    small.time.offsetMs = 2_500;
    expect((await me.say({ type: 'message', text: 'x' })).status).toBe(200);
  } finally {
    await small.stop();
  }
});
