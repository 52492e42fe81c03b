import type { Alarm } from './state.ts';
import { numberText, type Text } from './text.ts';

/** The page's title: what alarms, then how many wait. */
export function pageTitle(alarms: readonly Alarm[], waiting: number, text: Text): string {
  const count = waiting > 0 ? `(${numberText(waiting, text)}) ${text.title}` : text.title;
  return alarms[0] ? `${text.risk[alarms[0].item.risk]} · ${count}` : count;
}
