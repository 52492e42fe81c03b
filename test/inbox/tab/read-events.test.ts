import { expect, it } from 'vitest';
import { readEvents, type ServerEvent } from '../../../src/inbox/tab/read-events.ts';

const bodyOf = (pieces: Uint8Array[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });

async function read(pieces: Uint8Array[], onBytes?: () => void): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readEvents(bodyOf(pieces), onBytes)) events.push(event);
  return events;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const STREAM = ': ping\n\nid: 7\ndata: {"å":1}\n\ndata:a\r\ndata: b\r\n\r\nid:8\revent: x\rdata:  c\r\rdata: half';
const EVENTS = [
  { id: '7', data: '{"å":1}' },
  { id: '7', data: 'a\nb' },
  { id: '8', data: ' c' },
];

it('reads every line ending, skips comments, keeps the last id and leaves half an event unread', async () => {
  expect(await read([bytes(STREAM)])).toEqual(EVENTS);
});

it('reads the same however the bytes are cut, also inside a letter', async () => {
  const whole = bytes(STREAM);
  for (let cut = 1; cut < whole.length; cut += 1) {
    expect(await read([whole.slice(0, cut), whole.slice(cut)])).toEqual(EVENTS);
  }
});

it('a comment is a sign of life', async () => {
  let signs = 0;
  await read([bytes(': ping\n\n'), bytes(': ping\n\n')], () => {
    signs += 1;
  });
  expect(signs).toBe(2);
});
