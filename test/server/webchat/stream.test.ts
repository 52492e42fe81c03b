import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Place } from '../../../src/server/channels/webchat/activities.ts';
import { openStream, type Socket } from '../../../src/server/channels/webchat/open-stream.ts';
import { START } from '../../../src/server/channels/webchat/watermark.ts';
import { createLog } from '../../../src/server/log.ts';
import { startWebchat, type Webchat } from './start-webchat.ts';
import { visit } from './visit.ts';

let chat: Webchat;
const line: { place: Place | null } = { place: { ahead: 2, opensAt: null } };
beforeAll(async () => {
  chat = await startWebchat({ beatMs: 200, place: async () => line.place });
});
afterAll(() => chat.stop());

const soon = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 10 });

async function listen(me: Awaited<ReturnType<typeof visit>>, watermark = '') {
  const { body } = await me.call('GET', `${me.path}?watermark=${watermark}`);
  const socket = new WebSocket(body.streamUrl ?? '');
  const frames: {
    activities: { id: string; type: string; text?: string; value?: string; channelData: object }[];
    watermark: string;
  }[] = [];
  const seen = { empty: 0, closed: 0 };
  socket.onmessage = ({ data }) => void (data === '' ? seen.empty++ : frames.push(JSON.parse(data)));
  socket.onclose = ({ code }) => Object.assign(seen, { closed: code });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const activities = () => frames.flatMap((f) => f.activities);
  return { socket, frames, seen, activities, words: () => activities().map((a) => a.text ?? a.value) };
}

test('a stream of a thread without rows stays open, beats, and gets the first message', async () => {
  const me = await visit(chat);
  const stream = await listen(me);
  await soon(() => expect(stream.seen.empty).toBeGreaterThan(1));
  await me.say({ type: 'message', text: 'första' });
  await soon(() => expect(stream.words()).toEqual(['första']));
  expect(stream.seen.closed).toBe(0);
  for (const frame of stream.frames)
    expect(frame).toMatchObject({ activities: expect.any(Array), watermark: expect.any(String) });
});

test('streams killed at random points and resumed by watermark show every message once, in order (F20, F21)', async () => {
  const me = await visit(chat);
  await me.say({ type: 'message', text: '0' });
  const words: string[] = [];
  let watermark = '';
  let stream = await listen(me);
  const take = () => {
    for (const frame of stream.frames.splice(0)) {
      words.push(...frame.activities.flatMap((a) => a.text ?? []));
      watermark = frame.watermark;
    }
  };
  for (let i = 1; i <= 40; i++) {
    await chat.say(me.id, { text: `${i}` });
    if (i % 3 !== 0) continue;
    stream.socket.close();
    take();
    stream.socket.onmessage = null;
    stream = await listen(me, watermark);
  }
  await soon(() => {
    take();
    expect(words).toEqual(Array.from({ length: 41 }, (_, i) => `${i}`));
  });
});

/** A stream that hardly ever beats, read by a socket of our own. */
function overhear(me: Awaited<ReturnType<typeof visit>>, place: () => Promise<Place | null> = async () => null) {
  const taken = { buffered: 0, frames: 0, closed: '', words: '' };
  const socket: Socket = {
    send(frame) {
      taken.frames++;
      taken.words += frame;
    },
    close(code, reason) {
      taken.closed = `${code} ${reason}`;
    },
    buffered: () => taken.buffered,
  };
  const visitor = { threadId: me.id, user: me.user, epoch: 0 };
  const deps = { ...chat, place, isRevoked: chat.tokens.isRevoked, log: createLog('silent'), beatMs: 60_000 };
  return { taken, stop: openStream(deps, visitor, START, socket) };
}

test('messages of a moment come in a frame each, so that no client lets a later frame pass them; each says how far it has been read', async () => {
  const me = await visit(chat);
  for (let i = 1; i <= 6; i++) await chat.say(me.id, { text: `${i}` });
  await chat.say(me.id, { text: 'kö' }, { owner: 'waiting', waitingSince: chat.clock() });
  const stream = await listen(me);
  await soon(() => expect(stream.words()).toEqual(['1', '2', '3', '4', '5', '6', 'kö', 'waiting']));
  expect(stream.frames.map((f) => f.activities.length)).toEqual(Array(8).fill(1));
  for (const [i, { watermark }] of stream.frames.entries()) {
    const rest = await listen(me, watermark);
    await soon(() => expect(rest.words()).toEqual(stream.words().slice(i + 1)));
    rest.socket.close();
  }
});

test('a message whose signal was lost comes with the next beat', async () => {
  const me = await visit(chat);
  await me.say({ type: 'message', text: 'hej' });
  const stream = await listen(me);
  const quiet = vi.spyOn(chat.hub, 'publish').mockImplementation(() => {});
  await chat.say(me.id, { text: 'med slaget' });
  quiet.mockRestore();
  await soon(() => expect(stream.words()).toEqual(['hej', 'med slaget']));
});

test('after a gap in the signals every stream reads again at once', async () => {
  const me = await visit(chat);
  await me.say({ type: 'message', text: 'hej' });
  const { taken, stop } = overhear(me);
  await soon(() => expect(taken.frames).toBe(1));
  const quiet = vi.spyOn(chat.hub, 'publish').mockImplementation(() => {});
  await chat.say(me.id, { text: 'efter glappet' });
  quiet.mockRestore();
  chat.gap();
  await soon(() => expect(taken.words).toContain('efter glappet'));
  stop();
});

test('a message that arrives while the stream is reading is read too', async () => {
  const me = await visit(chat);
  await me.say({ type: 'message', text: 'hej' });
  await chat.say(me.id, { text: 'kö' }, { owner: 'waiting', waitingSince: chat.clock() });
  const { taken, stop } = overhear(me, async () => {
    await chat.say(me.id, { text: 'mitt i' });
    return null;
  });
  await soon(() => expect(taken.words).toContain('mitt i'));
  stop();
});

test('a change of owner and moving up in line are told once each', async () => {
  const me = await visit(chat);
  await me.say({ type: 'message', text: 'en människa tack' });
  const stream = await listen(me);
  await chat.say(me.id, { text: 'Du står i kö.' }, { owner: 'waiting', waitingSince: chat.clock() });
  chat.hub.publish(`thread:${me.id}`, { kind: 'changed' });
  await soon(() => expect(stream.words()).toEqual(['en människa tack', 'Du står i kö.', 'waiting']));
  expect(stream.activities().at(-1)?.channelData).toMatchObject({ utvag: { owner: 'waiting', ahead: 2 } });
  line.place = { ahead: 1, opensAt: new Date('2026-11-23T07:00:00Z') };
  await soon(() => expect(stream.words().filter((w) => w === 'waiting')).toHaveLength(2));
  expect(stream.activities().at(-1)?.channelData).toMatchObject({
    utvag: { ahead: 1, opensAt: '2026-11-23T07:00:00.000Z' },
  });
  await sleep(700);
  expect(stream.words().filter((w) => w === 'waiting')).toHaveLength(2);
});

test('leaving ends every stream of the thread, with and without rows, and its tickets', async () => {
  for (const words of [[], ['hej']]) {
    const me = await visit(chat);
    for (const text of words) await me.say({ type: 'message', text });
    const streams = [await listen(me), await listen(me)];
    const ticket = await me.ticket();
    await me.say({ type: 'event', name: 'leave' });
    await soon(() => expect(streams.map((s) => s.seen.closed)).toEqual([4403, 4403]));
    await chat.say(me.id, { text: 'efteråt' });
    expect(streams.flatMap((s) => s.words())).not.toContain('efteråt');
    expect(await me.tryStream(ticket)).toBe('refused');
  }
});

test('a reader that does not take what it is sent is let go, and nothing is sent to it any more', async () => {
  const me = await visit(chat);
  await me.say({ type: 'message', text: 'hej' });
  const { taken: stuck, stop } = overhear(me);
  await soon(() => expect(stuck.frames).toBe(1));
  stuck.buffered = 2_000_000;
  await chat.say(me.id, { text: 'mer' });
  await soon(() => expect(stuck.closed).toBe('1013 slow'));
  await chat.say(me.id, { text: 'ännu mer' });
  expect(stuck.frames).toBe(1);
  stop();
});

test('going down tells every client to come back', async () => {
  const me = await visit(chat);
  const stream = await listen(me);
  chat.streams.stop();
  await soon(() => expect(stream.seen.closed).toBe(1012));
});
