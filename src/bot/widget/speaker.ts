import type { Conversation } from './conversation.ts';
import { fill } from './fill.ts';
import type { Words } from './texts/texts.ts';

/** Who has the conversation, in words, and when that is nobody yet how long the line is. */
export function speaker(conversation: Conversation, t: Words): string {
  if (conversation.owner === 'worker') return fill(t.held, nameOf(conversation, t));
  if (conversation.owner === 'closed') return t.closed;
  return conversation.owner === 'waiting' ? `${t.bot} · ${wait(conversation, t)}` : t.bot;
}

function wait({ ahead, opensAt }: Conversation, t: Words): string {
  if (opensAt) return fill(t.opens, sayWhen(opensAt, t));
  if (ahead === undefined) return t.waiting;
  return ahead === 0 ? t.first : fill(t.ahead, ahead);
}

/** "måndag 08:00", in Stockholm's time. Swedish writes dates as ISO does, so they can be taken apart. */
function sayWhen(opensAt: string, t: Words): string {
  const [date = '', clock = ''] = new Date(opensAt).toLocaleString('sv', { timeZone: 'Europe/Stockholm' }).split(' ');
  return `${t.days[new Date(date).getUTCDay()]} ${clock.slice(0, 5)}`;
}

/** The worker who wrote last. */
export const nameOf = ({ entries }: Conversation, t: Words): string =>
  entries.findLast((e) => e.author === 'worker')?.name ?? t.someone;
