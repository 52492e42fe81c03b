import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { answerQuestions } from '../answer-questions.ts';
import { POSTS_A_VISITOR } from '../service/mint-visitors.ts';
import { drive } from './drive.ts';
import { openVisitor, type Visitor } from './open-visitor.ts';

/** A process in which so many visitors write at a time, each the next message once the last is answered. */
export const TurnLoad = z.object({
  port: z.number(),
  visitors: z.array(z.object({ threadId: z.string(), token: z.string() })),
  inFlight: z.number().max(256),
  warmMs: z.number().max(10_000),
  measureMs: z.number().max(60_000),
  /** Set when the service will be killed meanwhile: what breaks then is no failure of the load. */
  untilBroken: z.boolean().default(false),
});
export type TurnLoad = z.input<typeof TurnLoad>;

/** Ordinary questions that an approved answer, or the lack of one, is given to; none of them calls a person. */
const TEXTS = [
  'Hej!',
  'Hur hittar jag ett sommarjobb om jag är 16 år och bor i Farsta?',
  'Vad gör en fältassistent egentligen, och kan man bara gå fram och prata?',
  'Min lillebror hänger med äldre killar på kvällarna. Vad kan jag göra?',
  'Måste mina föräldrar få veta att jag har skrivit här?',
];

if (import.meta.main) answerQuestions('ready', (question) => load(TurnLoad.parse(question)));

async function load({ port, visitors, inFlight, warmMs, measureMs, untilBroken }: z.output<typeof TurnLoad>) {
  const fresh = [...visitors];
  const acknowledged: string[] = [];
  let broken = false;
  const open = async () => {
    const next = fresh.shift();
    if (!next) throw new Error('too few visitors for this machine');
    return { visitor: await openVisitor(port, next), turns: 0 };
  };
  const slots: { visitor: Visitor; turns: number }[] = [];
  for (let i = 0; i < inFlight; i += 1) slots.push(await open());

  const once = async (slot: number) => {
    let at = slots[slot];
    if (!at || at.turns === POSTS_A_VISITOR) {
      at?.visitor.close();
      at = await open();
      slots[slot] = at;
    }
    await at.visitor.turn(TEXTS[at.turns % TEXTS.length] ?? '', (id) => acknowledged.push(id));
    at.turns += 1;
  };
  const onceUntilBroken = async (slot: number) => {
    if (broken) return sleep(50);
    return once(slot).catch(() => {
      broken = true;
    });
  };
  try {
    const driven = await drive({ inFlight, warmMs, measureMs, once: untilBroken ? onceUntilBroken : once });
    return { ...driven, acknowledged };
  } finally {
    for (const { visitor } of slots) visitor.close();
  }
}
