import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { worker, youngPerson } from '../support/people.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';

interface Line {
  id: string;
  kind: string;
  conversation: string;
}

describe.each(databases)('on %s', (kind) => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await startHouse(kind, { at: '2026-11-24T10:00:00+01:00' });
  });
  afterAll(() => house.stop());

  /** Reads the staff stream as the tab does. */
  async function listen(headers: Record<string, string>, lastEventId?: string) {
    const abort = new AbortController();
    const lines: Line[] = [];
    let ready = '';
    let beats = 0;
    const response = await fetch(`${house.url}/api/inbox/stream`, {
      headers: { ...headers, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
      signal: abort.signal,
    });
    void (async () => {
      let text = '';
      for await (const part of response.body ?? []) {
        text += Buffer.from(part).toString('utf8');
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const id = /^id: (.*)$/m.exec(block)?.[1];
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (block === ': ') beats += 1;
          else if (/^event: ready$/m.test(block)) ready = id ?? '';
          else if (id && data) lines.push({ id, ...JSON.parse(data) });
        }
      }
    })().catch(() => {});
    return { lines, stop: () => abort.abort(), ready: () => ready, beats: () => beats };
  }

  test('a new case is on the stream within a second, and whatever was missed comes again after the last id (F20, F28)', async () => {
    const jarva = await worker(house, 'jarva-1');
    const stream = await listen(jarva.headers);
    await until(() => stream.ready() !== '');
    const person = await youngPerson(house);
    await person.writes('jag vill prata med en människa');
    await until(async () => (await jarva.list()).some((i) => i.id === person.id));
    // The server's own clock: it beats once a second.
    const known = stream.beats();
    await until(() => stream.lines.some((l) => l.kind === 'waiting' && l.conversation === person.id));
    expect(stream.beats() - known).toBeLessThanOrEqual(1);
    const last = stream.lines.at(-1)?.id ?? '';
    stream.stop();

    const claim = await jarva.takes(person.id);
    await person.writes('hej, är du där?');
    await jarva.replies(person.id, claim, 'ja');
    const again = await listen(jarva.headers, last);
    await until(() => again.lines.filter((l) => l.kind === 'message').length >= 3);
    expect(again.lines.map((l) => l.kind)).toContain('claimed');
    const ids = again.lines.map((l) => l.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(last);
    again.stop();
  });

  test('a stream tells of the worker’s own districts only, and carries no words (F38)', async () => {
    const farsta = await worker(house, 'farsta-1');
    const stream = await listen(farsta.headers);
    await until(() => stream.ready() !== '');
    const person = await youngPerson(house);
    await person.says('jag vill prata med en människa');
    await person.says('Rinkeby');
    const other = await youngPerson(house);
    await other.says('jag vill prata med en människa');
    await other.says('Hökarängen');
    await until(() => stream.lines.some((l) => l.conversation === other.id));
    expect(stream.lines.some((l) => l.conversation === person.id)).toBe(false);
    expect(JSON.stringify(stream.lines)).not.toMatch(/människa|Hökarängen/);
    stream.stop();
  });
});
