import { claim } from '../../../src/inbox/queue/claim.ts';
import { type Actor, Refusal } from '../../../src/inbox/queue/desk.ts';
import { list } from '../../../src/inbox/queue/list.ts';
import { release } from '../../../src/inbox/queue/release.ts';
import { percentile } from '../statistics.ts';
import { ASKED, type Inbox } from './open-inbox.ts';

export const CLAIMERS = 50;
const CLAIMS = 100;
const EACH = 40;

export interface Times {
  p50: number;
  p99: number;
}
export type Sides<T> = { small: T; big: T };
/** By kind (`list`, `opening`, `counts`, `claim`), and by question (`list: mine`). */
export type Round = Record<string, Sides<Times>>;

/**
 * One round: every question is put to both inboxes in turn, call by call, so that whatever else the machine does falls on both.
 */
export async function askBoth(inboxes: Sides<Inbox>, round: number): Promise<Round> {
  const ms = new Map<string, Sides<number[]>>();
  const note = (name: string, side: keyof Sides<Inbox>, value: number) => {
    const both = ms.get(name) ?? { small: [], big: [] };
    ms.set(name, both);
    both[side].push(value);
  };
  for (let turn = 0; turn < EACH; turn += 1)
    for (const { kind, what, ask } of ASKED)
      for (const side of turn % 2 ? (['small', 'big'] as const) : (['big', 'small'] as const)) {
        const began = performance.now();
        await ask(inboxes[side], inboxes[side].desk, round * EACH + turn);
        const took = performance.now() - began;
        note(kind, side, took);
        note(`${kind}: ${what}`, side, took);
      }
  for (const side of round % 2 ? (['small', 'big'] as const) : (['big', 'small'] as const))
    for (const took of await claimAll(inboxes[side])) note('claim', side, took);
  const timesOf = (values: number[]): Times => {
    const sorted = values.toSorted((a, b) => a - b);
    return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
  };
  return Object.fromEntries(
    [...ms].map(([name, { small, big }]) => [name, { small: timesOf(small), big: timesOf(big) }]),
  );
}

/**
 * Fifty colleagues take what waits, each conversation wanted by two of them; afterwards all is put back where it was.
 * @returns how long each call took, ms. @throws when one was taken twice, or by nobody.
 */
async function claimAll(inbox: Inbox): Promise<number[]> {
  const { desk } = inbox;
  const { items } = await list(desk, inbox.city, { view: 'waiting', limit: CLAIMS });
  const wanted = items.flatMap(({ id }) => [id, id]);
  const taken: { id: string; actor: Actor; claim: string }[] = [];
  const took: number[] = [];
  const claimers = Array.from({ length: CLAIMERS }, async (_, i) => {
    const self = inbox.workers[i] ?? inbox.city;
    const actor = { ...self, districts: inbox.city.districts };
    for (let id = wanted.shift(); id; id = wanted.shift()) {
      const began = performance.now();
      const won = await claim(desk, actor, id).catch((error: unknown) => {
        if (error instanceof Refusal && error.reason === 'held') return null;
        throw error;
      });
      took.push(performance.now() - began);
      if (won) taken.push({ id, actor, claim: won.claim });
    }
  });
  await Promise.all(claimers);
  const owners = new Set(taken.map(({ id }) => id));
  if (taken.length !== items.length || owners.size !== items.length)
    throw new Error(`${items.length} conversations were taken ${taken.length} times`);
  for (const { id, actor, claim: token } of taken) await release(desk, actor, id, { claim: token });
  return took;
}
