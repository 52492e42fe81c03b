import type { Item } from '../wire.ts';
import type { Memory } from './memory.ts';
import type { Alarm, InboxState } from './state.ts';
import type { Store } from './store.ts';
import { gravity } from './worst-first.ts';

export interface Alarms {
  /** As just read: the head of the queue, and what the reader holds or has open. */
  watch(waiting: readonly Item[], attended: readonly Item[]): void;
  /** Time or duty has changed what the reader is to be told. */
  judge(): void;
  /** The reader has seen this conversation, or everything that is told. */
  silence(id?: string): void;
  /** Heard at once, so that the worker knows what to listen for. */
  setSound(on: boolean): void;
}

interface Deps {
  store: Store<InboxState>;
  memory: Memory;
  /** Two short tones. */
  ring(): void;
  now(): number;
}

const RED = gravity('urgent');
const SOUND = 'utvag.sound';

/** Tells of red in the queue and of new danger in one's own, once a conversation and step; to nobody off duty (F35). */
export function createAlarms({ store, memory, ring, now }: Deps): Alarms {
  const seen = rememberedSteps(memory, 'utvag.seen');
  const told = rememberedSteps(memory, 'utvag.told');
  let waiting: readonly Item[] = [];
  let attended: readonly Item[] = [];
  store.set({ sound: memory.read(SOUND) === 'on' });

  const isNews = (item: Item) => stepOf(item) > (seen.get(item.id) ?? -1);

  function judge(): void {
    const { duty, sound } = store.get();
    if (!duty) return;
    const onDuty = duty.until !== null && Date.parse(duty.until) > now();
    const own = new Set(attended.map((item) => item.id));
    const red = waiting.filter((item) => gravity(item.risk) >= RED && isNews(item) && !own.has(item.id));
    const raised = attended.filter(isNews);
    const untold = [...raised, ...red].filter((item) => stepOf(item) > (told.get(item.id) ?? -1));
    // Also what nobody is told of now: there is no backlog when a shift begins.
    for (const item of untold) told.set(item.id, stepOf(item));
    const alarms = [...raised.map(as('raised')), ...(onDuty ? red.map(as('waiting')) : [])].toSorted(graver);
    store.set({ alarms });
    if (onDuty && sound && untold.length > 0) ring();
  }

  return {
    watch(queue, mine) {
      waiting = queue;
      attended = mine;
      // As it was when they took or opened it: that they know.
      for (const item of mine) if (!seen.has(item.id)) seen.set(item.id, stepOf(item));
      judge();
    },
    judge,
    silence(id) {
      const known = [...waiting, ...attended, ...store.get().items];
      const shown = id === undefined ? store.get().alarms.map((alarm) => alarm.item.id) : [id];
      for (const item of known) if (shown.includes(item.id)) seen.set(item.id, stepOf(item));
      judge();
    },
    setSound(on) {
      memory.write(SOUND, on ? 'on' : null);
      store.set({ sound: on });
      if (on) ring();
    },
  };
}

const as = (kind: Alarm['kind']) => (item: Item) => ({ kind, item });
const graver = (a: Alarm, b: Alarm) => gravity(b.item.risk) - gravity(a.item.risk);

/** Grows with the level, and at a level with each new kind of red. Says nothing of what kind. */
function stepOf({ risk, reasons }: Item): number {
  const red = new Set(reasons.filter(({ level }) => gravity(level) >= RED).map(({ kind }) => kind));
  return gravity(risk) * 100 + red.size;
}

const MOST = 300;

/** Steps by conversation, over a reload of this browser tab; the latest few hundred. */
function rememberedSteps(memory: Memory, key: string) {
  const pairs = (memory.read(key) ?? '').matchAll(/(cnv_[^ :]+):(\d+)/g);
  const steps = new Map([...pairs].map(([, id = '', step]) => [id, Number(step)]));
  return {
    get: (id: string) => steps.get(id),
    has: (id: string) => steps.has(id),
    set(id: string, step: number): void {
      if (steps.get(id) === step) return;
      steps.delete(id);
      steps.set(id, step);
      memory.write(
        key,
        [...steps]
          .slice(-MOST)
          .map((pair) => pair.join(':'))
          .join(' '),
      );
    },
  };
}
