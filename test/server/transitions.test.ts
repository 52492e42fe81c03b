import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../db/schema/columns.ts';
import { conversation, message } from '../../db/schema/conversation.ts';
import { transfer as transferTable } from '../../db/schema/desk.ts';
import { accept, decline } from '../../src/inbox/queue/answer-offer.ts';
import { claim } from '../../src/inbox/queue/claim.ts';
import { close, forceClose } from '../../src/inbox/queue/close.ts';
import { Refusal } from '../../src/inbox/queue/desk.ts';
import { handBack } from '../../src/inbox/queue/hand-back.ts';
import { release } from '../../src/inbox/queue/release.ts';
import { reopen } from '../../src/inbox/queue/reopen.ts';
import { reply } from '../../src/inbox/queue/reply.ts';
import { takeOver } from '../../src/inbox/queue/take-over.ts';
import { transfer, withdraw } from '../../src/inbox/queue/transfer.ts';
import { say, startCore } from '../support/core.ts';
import { until } from '../support/until.ts';

const ACTS = [
  ...(['writes', 'danger', 'asks', 'claim', 'claim2', 'release', 'handBack', 'close', 'reply', 'stale'] as const),
  ...(['offer', 'accept', 'decline', 'withdraw', 'takeOver', 'forceClose', 'reopen'] as const),
];
type Act = (typeof ACTS)[number];
let core: Awaited<ReturnType<typeof startCore>>;

beforeAll(async () => {
  core = await startCore('embedded', async (input) => {
    const last = input.messages.at(-1)?.text ?? '';
    return say(
      input,
      'svar',
      last === 'FARA' ? { handoff: 'danger' } : last === 'människa' ? { handoff: 'asked' } : {},
    );
  });
});
afterAll(() => core.stop());

test('whatever happens in whatever order, a conversation has one owner with a way on, and the log tells it truly', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...ACTS), { minLength: 1, maxLength: 16 }), async (acts) => {
      const thread = newId('cnv');
      let token = '';
      await core.write(thread, 'hej');
      for (const act of acts) token = await perform(thread, act, token);
      const episodes = await settled(thread);
      for (const e of episodes) {
        expect(e.turnDueAt).toBeNull();
        expect(e.owner === 'worker').toBe(e.workerId !== null && e.claimToken !== null);
        if (e.owner === 'waiting') expect(e.waitingSince).not.toBeNull();
        if (e.owner === 'closed') expect(e.closedAt).not.toBeNull();
        await expectTrueOffer(e);
        await expectTrueLog(e.id, e.lastSeq);
      }
      expect(episodes.filter((e) => e.owner !== 'closed').length).toBeLessThanOrEqual(1);
      expect(episodes.map((e) => e.episode)).toEqual(episodes.map((_, i) => i + 1));
      // Urgent means the queue or a person, never the bot alone (F11), unless a person gave it back.
      const open = episodes.find((e) => e.owner === 'bot');
      if (open?.risk === 'emergency') expect(open.previousWorkerId).not.toBeNull();
    }),
    { numRuns: 80 },
  );
}, 120_000);

async function perform(thread: string, act: Act, token: string): Promise<string> {
  const id = (await settled(thread)).at(-1)?.id ?? thread;
  const words = { claim: token, clientId: newId('tst'), text: 'hej' };
  try {
    if (act === 'writes') await core.write(thread, 'hej');
    if (act === 'danger') await core.write(thread, 'FARA');
    if (act === 'asks') await core.write(thread, 'människa');
    if (act === 'claim') return (await claim(core.desk, core.actor(1), id)).claim;
    if (act === 'claim2') return (await claim(core.desk, core.actor(2), id)).claim;
    if (act === 'release') await release(core.desk, core.actor(1), id, { claim: token });
    if (act === 'handBack') await handBack(core.desk, core.actor(1), id, { claim: token });
    if (act === 'close') await close(core.desk, core.actor(1), id, token, 'informed');
    if (act === 'reply') await reply(core.desk, core.actor(1), id, words);
    if (act === 'offer') await transfer(core.desk, core.actor(1), id, token, { district: 'farsta' });
    if (act === 'accept') return (await accept(core.desk, core.actor('farsta'), id)).claim;
    if (act === 'decline') await decline(core.desk, core.actor('farsta'), id, 'no-capacity');
    if (act === 'withdraw') await withdraw(core.desk, core.actor(1), id, token);
    if (act === 'takeOver') return (await takeOver(core.desk, core.actor('coordinator'), id, 'danger')).claim;
    if (act === 'forceClose') await forceClose(core.desk, core.actor('coordinator'), id, 'danger', 'informed');
    if (act === 'reopen') return (await reopen(core.desk, core.actor(1), id)).claim;
    if (act === 'stale') await reply(core.desk, core.actor(1), id, { ...words, claim: 'clm_stale' });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return token;
}

/** An open offer is the present holder's; what was accepted is where it was offered to. */
async function expectTrueOffer(e: typeof conversation.$inferSelect): Promise<void> {
  const offers = await core.db.select().from(transferTable).where(eq(transferTable.conversationId, e.id));
  const open = offers.filter((o) => o.state === 'offered');
  expect(open.length).toBeLessThanOrEqual(1);
  for (const offer of open) expect([e.owner, e.workerId]).toEqual(['worker', offer.fromWorker]);
  if (offers.some((o) => o.state === 'accepted')) expect(e.district).toBe('farsta');
}

/** All episodes of the thread once no turn is owed. */
async function settled(thread: string) {
  const read = () =>
    core.db.select().from(conversation).where(eq(conversation.threadId, thread)).orderBy(asc(conversation.episode));
  await until(async () => (await read()).every((e) => e.turnDueAt === null && e.turnToken === null));
  return read();
}

/** Sequence without gaps; at most one automatic message per visitor message (F8); nothing from the bot while a worker has it. */
async function expectTrueLog(id: string, lastSeq: number): Promise<void> {
  const log = await core.db.select().from(message).where(eq(message.conversationId, id)).orderBy(asc(message.seq));
  expect(log.map((m) => m.seq)).toEqual(Array.from({ length: lastSeq }, (_, i) => i + 1));
  const visitors = log.filter((m) => m.author === 'visitor').length;
  expect(log.filter((m) => m.author === 'bot').length).toBeLessThanOrEqual(visitors);
  let held = false;
  for (const m of log) {
    if (m.author === 'system') held = m.meta.owner === 'worker';
    if (held) expect(m.author).not.toBe('bot');
    if (m.author === 'worker') expect(held).toBe(true);
  }
}
