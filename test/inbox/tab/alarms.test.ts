import { expect, it } from 'vitest';
import { createAlarms } from '../../../src/inbox/tab/alarms.ts';
import { createMemory } from '../../../src/inbox/tab/memory.ts';
import { initialState } from '../../../src/inbox/tab/state.ts';
import { createStore } from '../../../src/inbox/tab/store.ts';
import { Item } from '../../../src/inbox/wire.ts';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const SHIFT = '2026-11-24T16:00:00.000Z';

function item(id: string, risk: Item['risk'], kinds: string[] = []): Item {
  const reasons = kinds.map((kind) => ({ kind, level: risk, rule: kind }));
  const when = { waitingSince: SHIFT, lastVisitorAt: SHIFT, reminded: null };
  const what = { channel: 'web', language: 'sv', district: 'jarva', owner: 'waiting', worker: null };
  return Item.parse({ id: `cnv_${id}`, risk, reasons, ...when, ...what, unread: 0, contactNo: 1, version: 1 });
}

/** A worker on duty with the sound on, unless said otherwise. */
function desk({ until = SHIFT as string | null, memory = createMemory(), sound = true } = {}) {
  const store = createStore({ ...initialState, duty: { until, alerts: 'none' as const } });
  let rings = 0;
  let now = NOW;
  const ring = () => {
    rings += 1;
  };
  const alarms = createAlarms({ store, memory, ring, now: () => now });
  if (sound) alarms.setSound(true);
  rings = 0;
  return {
    alarms,
    memory,
    rings: () => rings,
    shown: () => store.get().alarms.map(({ kind, item: { id, risk } }) => `${kind} ${id} ${risk}`),
    duty: (to: string | null) => store.set({ duty: { until: to, alerts: 'none' } }),
    at: (iso: string) => {
      now = Date.parse(iso);
    },
  };
}

it('red in the queue is shown and heard once; a step up is heard again; amber and green are not', () => {
  const { alarms, rings, shown } = desk();
  alarms.watch([item('red', 'urgent'), item('amber', 'elevated'), item('green', 'none')], []);
  alarms.watch([item('red', 'urgent'), item('amber', 'elevated'), item('green', 'none')], []);
  expect([rings(), shown()]).toEqual([1, ['waiting cnv_red urgent']]);
  alarms.watch([item('red', 'emergency')], []);
  expect([rings(), shown()]).toEqual([2, ['waiting cnv_red emergency']]);
});

it('the gravest stands first, and all are gone when a colleague has taken them', () => {
  const { alarms, shown } = desk();
  alarms.watch([item('one', 'urgent'), item('two', 'emergency')], []);
  expect(shown()).toEqual(['waiting cnv_two emergency', 'waiting cnv_one urgent']);
  alarms.watch([], []);
  expect(shown()).toEqual([]);
});

it('off duty nothing is shown or heard, and a shift that begins has no backlog of sound but shows who waits (F35)', () => {
  const { alarms, duty, rings, shown } = desk({ until: null });
  alarms.watch([item('red', 'emergency')], []);
  expect([rings(), shown()]).toEqual([0, []]);
  duty(SHIFT);
  alarms.judge();
  expect([rings(), shown()]).toEqual([0, ['waiting cnv_red emergency']]);
});

it('a shift that has run out is off duty', () => {
  const { alarms, at, rings, shown } = desk();
  at('2026-11-24T16:00:01Z');
  alarms.watch([item('red', 'emergency')], []);
  expect([rings(), shown()]).toEqual([0, []]);
});

it('the sound is off until it is switched on, and is remembered over a reload', () => {
  const silent = desk({ sound: false });
  silent.alarms.watch([item('red', 'urgent')], []);
  expect([silent.rings(), silent.shown().length]).toEqual([0, 1]);
  silent.alarms.setSound(true);
  expect(silent.rings()).toBe(1);
  const reloaded = desk({ sound: false, memory: silent.memory });
  reloaded.alarms.watch([item('red', 'urgent'), item('next', 'urgent')], []);
  expect(reloaded.rings()).toBe(1);
  reloaded.alarms.watch([item('red', 'urgent'), item('next', 'urgent')], []);
  expect(reloaded.rings()).toBe(1);
});

it('what one holds alarms when it grows graver or a new kind of red is heard, not as it was when taken', () => {
  const { alarms, rings, shown } = desk();
  alarms.watch([], [item('mine', 'urgent', ['threatened'])]);
  expect([rings(), shown()]).toEqual([0, []]);
  alarms.watch([], [item('mine', 'urgent', ['threatened', 'weapon'])]);
  expect([rings(), shown()]).toEqual([1, ['raised cnv_mine urgent']]);
  alarms.silence('cnv_mine');
  expect(shown()).toEqual([]);
  alarms.watch([], [item('mine', 'emergency', ['threatened', 'weapon'])]);
  expect([rings(), shown()]).toEqual([2, ['raised cnv_mine emergency']]);
});

it('new danger in what one holds is shown after the shift too, without sound', () => {
  const { alarms, rings, shown } = desk({ until: null });
  alarms.watch([], [item('mine', 'none')]);
  alarms.watch([], [item('mine', 'elevated')]);
  expect([rings(), shown()]).toEqual([0, ['raised cnv_mine elevated']]);
});

it('what is kept of it over a reload is ids and numbers, no kind of danger', () => {
  const { alarms, memory } = desk();
  alarms.watch([item('red', 'urgent', ['weapon'])], [item('mine', 'none')]);
  expect(`${memory.read('utvag.seen')} ${memory.read('utvag.told')}`).toBe('cnv_mine:0 cnv_red:201');
});
