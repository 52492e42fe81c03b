import { and, asc, eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { newId } from '../../db/schema/columns.ts';
import { conversation, message } from '../../db/schema/conversation.ts';
import type { TurnInput } from '../../src/bot/outcome.ts';
import { claim } from '../../src/inbox/queue/claim.ts';
import { Refusal } from '../../src/inbox/queue/desk.ts';
import { handBack } from '../../src/inbox/queue/hand-back.ts';
import { open } from '../../src/inbox/queue/open.ts';
import { release } from '../../src/inbox/queue/release.ts';
import { reply } from '../../src/inbox/queue/reply.ts';
import { say, startCore } from '../support/core.ts';
import { databases } from '../support/postgres.ts';
import { until } from '../support/until.ts';

type Core = Awaited<ReturnType<typeof startCore>>;
let core: Core | undefined;
afterEach(async () => {
  await core?.stop();
  core = undefined;
});

describe.each(databases)('on %s', (kind) => {
  test('20 parallel redeliveries make one message, one turn and one reply (F23, F26)', async () => {
    let turns = 0;
    core = await startCore(kind, async (input) => {
      turns += 1;
      return say(input, 'svar');
    });
    const thread = newId('cnv');
    const all = await Promise.all(Array.from({ length: 20 }, () => core?.write(thread, 'hej', 'same-id')));
    expect(new Set(all.map((r) => r?.seq))).toEqual(new Set([1]));
    expect(all.filter((r) => r?.duplicate === false)).toHaveLength(1);
    await until(async () => (await rows(thread)).length === 2);
    expect((await rows(thread)).map((m) => m.author)).toEqual(['visitor', 'bot']);
    expect(turns).toBe(1);
  });

  test('a burst of five messages is one turn that sees all five; danger does not wait (F25)', async () => {
    const seen: string[][] = [];
    const hear = async (input: TurnInput) => {
      seen.push(input.messages.map((m) => m.text));
      return say(input, 'svar');
    };
    core = await startCore(kind, hear, { burst: { waitMs: 2_000, capMs: 8_000 } });
    const calm = newId('cnv');
    for (const text of ['jag', 'vet', 'inte', 'vad', 'jag ska']) await core.write(calm, text);
    await until(async () => seen.length === 1);
    expect(seen[0]).toEqual(['jag', 'vet', 'inte', 'vad', 'jag ska']);
    await core.stop();
    core = await startCore(kind, hear, { burst: { waitMs: 3_600_000, capMs: 3_600_000 } });
    await core.write(newId('cnv'), 'FARA');
    await until(async () => seen.length === 2);
  });

  test('a message that comes while the bot is thinking is the next turn, in order', async () => {
    const seen: string[][] = [];
    let release: () => void = () => {};
    core = await startCore(kind, async (input) => {
      seen.push(input.messages.map((m) => m.text));
      if (seen.length === 1) await new Promise<void>((r) => (release = r));
      return say(input, `svar ${seen.length}`);
    });
    const thread = newId('cnv');
    await core.write(thread, 'ett');
    await until(async () => seen.length === 1);
    await core.write(thread, 'två');
    release();
    await until(async () => (await rows(thread)).length === 4);
    expect(seen).toEqual([['ett'], ['två']]);
    expect((await rows(thread)).map((m) => m.author)).toEqual(['visitor', 'visitor', 'bot', 'bot']);
  });

  test('a turn interrupted by a crash is run again and answers once', async () => {
    let calls = 0;
    core = await startCore(
      kind,
      async (input) => {
        calls += 1;
        if (calls === 1) return new Promise(() => {}); // the process that died never comes back
        return say(input, 'svar');
      },
      { leaseMs: 300 },
    );
    const thread = newId('cnv');
    await core.write(thread, 'hej');
    await until(async () => calls === 1);
    await core.runner.stop(1);
    // Another process on the same database: it finds the turn when the dead one's lease has run out.
    const second = core.second(async (input) => say(input, 'svar'));
    await until(async () => (await rows(thread)).length === 2);
    expect((await rows(thread)).map((m) => m.author)).toEqual(['visitor', 'bot']);
    await second.stop(100);
  });

  test('a bot that fails three times hands over to a person, once (F6)', async () => {
    core = await startCore(kind, async () => {
      throw new Error('broken');
    });
    const thread = newId('cnv');
    await core.write(thread, 'hej');
    await until(async () => (await row(thread)).owner === 'waiting');
    expect((await rows(thread)).map((m) => m.author)).toEqual(['visitor', 'bot']);
    expect((await row(thread)).turnDueAt).toBeNull();
  });

  test('50 parallel claims: one is given, 49 learn who has it (F12)', async () => {
    core = await startCore(kind, async (input) => say(input, 'kö', { handoff: 'asked' }));
    const thread = newId('cnv');
    await core.write(thread, 'människa');
    await until(async () => (await row(thread)).owner === 'waiting');
    const { desk, actor } = core;
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => claim(desk, actor(i % 2 === 0 ? 1 : 2), thread)),
    );
    const won = results.filter((r) => r.status === 'fulfilled');
    const lost = results.filter((r) => r.status === 'rejected').map((r) => r.reason);
    expect(won).toHaveLength(1);
    expect(lost).toHaveLength(49);
    const holder = won[0]?.value.conversation.worker?.name;
    for (const refusal of lost) {
      expect(refusal).toBeInstanceOf(Refusal);
      expect(refusal).toMatchObject({ reason: 'held', holder });
    }
    expect((await rows(thread)).filter((m) => m.author === 'system')).toHaveLength(1);
  });

  test('only the holder with the current claim writes; a stale claim is refused (F13, F14)', async () => {
    core = await startCore(kind, async (input) => say(input, 'svar'));
    const { desk, actor } = core;
    const thread = newId('cnv');
    await core.write(thread, 'hej');
    const first = await claim(desk, actor(1), thread);
    const words = { clientId: 'a', text: 'hej' };
    await expect(reply(desk, actor(2), thread, { ...words, claim: first.claim })).rejects.toMatchObject({
      reason: 'not-holder',
      holder: 'Järva 1',
    });
    await release(desk, actor(1), thread, { claim: first.claim });
    const second = await claim(desk, actor(1), thread);
    await expect(reply(desk, actor(1), thread, { ...words, claim: first.claim })).rejects.toMatchObject({
      reason: 'not-holder',
    });
    await expect(release(desk, actor(1), thread, { claim: first.claim })).rejects.toBeInstanceOf(Refusal);
    const one = await reply(desk, actor(1), thread, { ...words, claim: second.claim });
    const again = await reply(desk, actor(1), thread, { ...words, claim: second.claim });
    expect(again.seq).toBe(one.seq);
  });

  test('a worker of another district finds nothing, whatever they try (F38)', async () => {
    core = await startCore(kind, async (input) => say(input, 'kö', { handoff: 'asked', district: 'jarva' }));
    const thread = newId('cnv');
    await core.write(thread, 'människa');
    await until(async () => (await row(thread)).district === 'jarva');
    const stranger = core.actor('farsta');
    await expect(open(core.desk, stranger, thread)).rejects.toMatchObject({ reason: 'not-found' });
    await expect(claim(core.desk, stranger, thread)).rejects.toMatchObject({ reason: 'not-found' });
    await expect(open(core.desk, core.actor(1), thread)).resolves.toMatchObject({ conversation: { id: thread } });
  });

  test('after hand-back the bot answers again (F5)', async () => {
    core = await startCore(kind, async (input) => say(input, input.state.handedBack ? 'bot igen' : 'svar'));
    const thread = newId('cnv');
    await core.write(thread, 'hej');
    await until(async () => (await rows(thread)).length === 2);
    const { claim: token } = await claim(core.desk, core.actor(1), thread);
    await core.write(thread, 'till människan');
    await handBack(core.desk, core.actor(1), thread, { claim: token });
    await core.write(thread, 'är du där');
    await until(async () => (await rows(thread)).length === 7);
    expect((await rows(thread)).map((m) => m.author)).toEqual([
      'visitor',
      'bot',
      'system',
      'visitor',
      'system',
      'visitor',
      'bot',
    ]);
  });
});

const rows = async (id: string) => {
  if (!core) throw new Error('not started');
  return core.db.select().from(message).where(eq(message.conversationId, id)).orderBy(asc(message.seq));
};
const row = async (id: string) => {
  const [found] =
    (await core?.db
      .select()
      .from(conversation)
      .where(and(eq(conversation.id, id)))) ?? [];
  if (!found) throw new Error('no such conversation');
  return found;
};
