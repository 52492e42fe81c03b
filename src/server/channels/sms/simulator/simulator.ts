import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type SmsSize, smsSize } from '../../../../bot/words/gsm.ts';
import { classifyCode } from '../classify-code.ts';
import { normaliseNumber } from '../normalise-number.ts';
import { fieldsOf } from '../vendor/fields-of.ts';
import type { SmsProvider, StatusUpdate } from '../vendor/provider.ts';
import { isSteered, type Steer, steerOf } from './steer.ts';

/** A text as the simulated phone shows it. `status` of an incoming one (from the phone to us) is `received`. */
export interface PhoneText {
  text: string;
  /** ISO 8601. */
  at: string;
  direction: 'in' | 'out';
  status: 'received' | 'sent' | 'delivered' | 'failed' | 'refused';
  /** How it travels, and what its parts cost in öre when a price is set. */
  size: SmsSize & { costOre: number | null };
}

/** The shipped vendor of development: it keeps texts in memory and is steered by them (see `steerOf`). */
export interface Simulator extends SmsProvider {
  /** Both directions, oldest first. Directions are the service's: `in` came from the phone. */
  messages(number: string): PhoneText[];
  /** Keeps what the phone wrote; a steering word in it applies to the next text to that number. */
  keep(number: string, text: string): { undo(): void };
  /** Where status reports go. They come after `send` has returned, like a vendor's. */
  reportTo(report: (update: StatusUpdate) => Promise<void>): void;
  stop(): void;
}

export interface SimulatorOptions {
  clock(): Date;
  /** What one part costs, in öre; null: nobody has said. */
  partOre?: number | null;
  /** Longest memory: texts per number and numbers. */
  texts?: number;
  numbers?: number;
}

const DELIVERY_MS = 60;
const Post = z.object({ from: z.string().max(40), text: z.string().max(20_000), id: z.string().max(64).optional() });

export function createSimulator({ clock, partOre = null, texts = 200, numbers = 500 }: SimulatorOptions): Simulator {
  const memory = new Map<string, PhoneText[]>();
  const steers = new Map<string, Steer>();
  const timers = new Set<NodeJS.Timeout>();
  let report: (update: StatusUpdate) => Promise<void> = async () => {};

  return {
    name: 'simulator',
    from: '',
    inbound(request) {
      const { from, text, id } = fieldsOf(request, Post);
      return { id: id ?? randomUUID(), from, text };
    },
    async send({ to, text, reference }) {
      const own = steerOf(text);
      const steer = isSteered(own) ? own : (steers.get(to) ?? own);
      // A failure that is tried again stays for the retries; anything else is for one text.
      if (steer.thrown?.kind !== 'temporary') steers.delete(to);
      if (steer.thrown) throw steer.thrown;
      const kept = remember(to, { ...paper(text), direction: 'out', status: 'sent' });
      const update = { providerId: `sim-${randomUUID()}`, reference };
      later(() => {
        const code = steer.failsWith;
        kept.status = code === null ? 'delivered' : classifyCode(code) === 'refused' ? 'refused' : 'failed';
        return report({ ...update, status: kept.status, error: code });
      }, steer.delayMs + DELIVERY_MS);
      return { providerId: update.providerId };
    },
    messages: (number) => memory.get(normaliseNumber(number) ?? '')?.map((m) => ({ ...m })) ?? [],
    keep(number, text) {
      const from = normaliseNumber(number);
      if (!from) return { undo: () => {} };
      const kept = remember(from, { ...paper(text), direction: 'in', status: 'received' });
      const steer = steerOf(text);
      if (isSteered(steer)) steers.set(from, steer);
      else steers.delete(from);
      return { undo: () => void memory.set(from, memory.get(from)?.filter((m) => m !== kept) ?? []) };
    },
    reportTo(to) {
      report = to;
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };

  function paper(text: string): Pick<PhoneText, 'text' | 'at' | 'size'> {
    const size = smsSize(text);
    return {
      text,
      at: clock().toISOString(),
      size: { ...size, costOre: partOre === null ? null : size.parts * partOre },
    };
  }

  function remember(number: string, text: PhoneText): PhoneText {
    const list = memory.get(number) ?? [];
    memory.delete(number);
    memory.set(number, list);
    if (list.push(text) > texts) list.shift();
    const oldest = memory.keys().next().value;
    if (memory.size > numbers && oldest !== undefined) {
      memory.delete(oldest);
      steers.delete(oldest);
    }
    return text;
  }

  function later(act: () => Promise<void>, ms: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void act();
    }, ms);
    timers.add(timer.unref());
  }
}
