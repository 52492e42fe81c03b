import { createRequire } from 'node:module';
import { type Activity, ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startWebchat, type Webchat } from './start-webchat.ts';
import { visit } from './visit.ts';

let chat: Webchat;
const clients: DirectLine[] = [];
beforeAll(async () => {
  vi.stubGlobal('XMLHttpRequest', createRequire(import.meta.url)('xhr2'));
  chat = await startWebchat();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.end();
});
afterAll(async () => {
  await chat.stop();
  vi.unstubAllGlobals();
});

/** Microsoft's own client, unchanged. */
function connect(token: string, webSocket: boolean) {
  const client = new DirectLine({ token, webSocket, domain: chat.directLine, pollingInterval: 200 });
  clients.push(client);
  const seen: Activity[] = [];
  const states: ConnectionStatus[] = [];
  // Ending a client is an error to those who listen.
  const ended = () => {};
  client.connectionStatus$.subscribe((s) => states.push(s), ended);
  client.activity$.subscribe((activity) => seen.push(activity), ended);
  const texts = () => seen.flatMap((a) => (a.type === 'message' ? [a.text] : []));
  const post = (activity: object) =>
    new Promise<string>((resolve, reject) => {
      const whole = { type: 'message', from: { id: 'me' }, ...activity };
      client.postActivity(whole as unknown as Activity).subscribe(resolve, reject);
    });
  return {
    client,
    seen,
    states,
    texts,
    post,
    online: () => vi.waitFor(() => expect(states).toContain(ConnectionStatus.Online)),
  };
}

const soon = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

for (const webSocket of [true, false]) {
  test(`botframework-directlinejs talks and listens over ${webSocket ? 'a WebSocket' : 'polling'}`, async () => {
    const me = await visit(chat);
    const one = connect(me.token, webSocket);
    await one.online();
    const id = await one.post({ text: 'hej', channelData: { clientActivityID: 'w1' } });
    expect(id).toBe(`${me.id}|0000001`);
    await soon(() => expect(one.texts()).toEqual(['hej']));
    expect(one.seen[0]).toMatchObject({
      id,
      from: { id: me.user, role: 'user' },
      channelData: { clientActivityID: 'w1' },
    });
    await chat.say(me.id, { text: 'Hej. Jag är en bot.' });
    const sara = { author: 'worker' as const, text: 'Nu skriver Sara', meta: { workerName: 'Sara' } };
    await chat.say(me.id, sara);
    await soon(() => expect(one.texts()).toEqual(['hej', 'Hej. Jag är en bot.', 'Nu skriver Sara']));
    expect(one.seen.at(-1)).toMatchObject({
      from: { name: 'Sara', role: 'bot' },
      channelData: { utvag: { author: 'worker' } },
    });
    expect(await one.post({ type: 'event', name: 'handover' })).toMatch(/^cnv_/);
    expect(one.states).not.toContain(ConnectionStatus.ExpiredToken);
  });
}

test('two clients of one conversation both get everything and neither is put out', async () => {
  const me = await visit(chat);
  const both = [connect(me.token, true), connect(me.token, true)];
  for (const one of both) await one.online();
  await both[0]?.post({ text: 'ett' });
  for (let i = 2; i <= 6; i++) await chat.say(me.id, { text: `${i}` });
  for (const one of both) await soon(() => expect(one.texts()).toEqual(['ett', '2', '3', '4', '5', '6']));
  for (const one of both)
    expect(one.states).toEqual([ConnectionStatus.Uninitialized, ConnectionStatus.Connecting, ConnectionStatus.Online]);
});

test('typing shows on the stream under ids of its own', async () => {
  const me = await visit(chat);
  const one = connect(me.token, true);
  await one.online();
  await one.post({ text: 'hej' });
  for (let i = 0; i < 3; i++) chat.hub.publish(`thread:${me.id}`, { kind: 'typing', from: 'staff' });
  chat.hub.publish(`thread:${me.id}`, { kind: 'typing', from: 'visitor' });
  await chat.say(me.id, { text: 'klar' });
  await soon(() => expect(one.texts()).toContain('klar'));
  const typing = one.seen.filter((a) => a.type === 'typing');
  expect(new Set(typing.map((a) => a.id)).size).toBe(3);
  expect(new Set(one.seen.map((a) => a.id)).size).toBe(one.seen.length);
});

test('a client whose token has run out comes back with a fresh one and reads what it missed', async () => {
  const me = await visit(chat);
  const one = connect(me.token, true);
  await one.online();
  await one.post({ text: 'hej' });
  await soon(() => expect(one.texts()).toEqual(['hej']));
  const fresh = await me.call('POST', '/tokens/refresh');
  chat.time.offsetMs = 0;
  const again = connect(fresh.body.token ?? '', true);
  await again.online();
  await chat.say(me.id, { text: 'kvar' });
  await soon(() => expect(again.texts()).toEqual(['hej', 'kvar']));
});
