import type { Duty } from '../wire.ts';
import type { Around } from './around.ts';

export interface Presence {
  /** Reads when my districts answer and whether I am on duty. What cannot be read stays as it was. */
  readHours(): Promise<void>;
  /** @param until null: off duty */
  setDuty(until: string | null, alerts: Duty['alerts']): Promise<void>;
}

export function createPresence({ api, store, explain }: Around): Presence {
  return {
    async readHours() {
      const [hours, duty] = await Promise.allSettled([api.districts(), api.duty()]);
      if (hours.status === 'fulfilled') store.set({ districts: hours.value.items });
      if (duty.status === 'fulfilled') store.set({ duty: duty.value });
    },
    async setDuty(until, alerts) {
      try {
        store.set({ duty: await api.setDuty({ until, alerts }) });
      } catch (error) {
        explain(error);
      }
    },
  };
}
