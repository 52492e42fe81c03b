import { randomBytes } from 'node:crypto';
import type { ConversationRow } from '../../../../db/append.ts';
import type { OutgoingActivity, UtvagData } from '../../../bot/wire.ts';
import type { Visitor } from '../../auth/visitor-token.ts';
import type { ThreadMessage } from './read-thread.ts';

/** The same for the POST that stored it and for its echo (MICROSOFT §4.4); unique over all episodes of a thread. */
export const activityId = (conversationId: string, seq: number): string =>
  `${conversationId}|${String(seq).padStart(7, '0')}`;

/** For what has no row: typing, acknowledged events. */
export const passingId = (threadId: string): string => `${threadId}|${randomBytes(9).toString('base64url')}`;

export interface Place {
  ahead: number;
  opensAt: Date | null;
}

/** @param head the thread's newest conversation; null when it is not known. */
export function messageActivity(visitor: Visitor, m: ThreadMessage, head: ConversationRow | null): OutgoingActivity {
  const mine = m.author === 'visitor';
  const [answer] = m.answers ?? [];
  const data: UtvagData = {
    author: m.author,
    language: m.language,
    ...(m.meta.owner ? { owner: m.meta.owner } : {}),
    ...(answer ? { answer } : {}),
    ...(m.author === 'bot' && m.conversationId === head?.id ? dangerIn(head) : {}),
  };
  const clientId = mine ? clientIdOf(visitor, m) : null;
  const actions = (m.meta.choices ?? []).map((c) => ({ type: 'imBack' as const, title: c.title, value: c.title }));
  return {
    type: 'message',
    id: activityId(m.conversationId, m.seq),
    timestamp: m.at.toISOString(),
    channelId: 'directline',
    conversation: { id: visitor.threadId },
    from: mine ? { id: visitor.user, role: 'user' } : { id: m.author, name: nameOf(m), role: 'bot' },
    text: m.text,
    textFormat: 'plain',
    locale: m.language,
    ...(actions.length > 0 ? { suggestedActions: { actions } } : {}),
    channelData: { utvag: data, ...(clientId ? { clientActivityID: clientId } : {}) },
  };
}

/** Says who has the conversation now. @param place with `waiting`, when it is known. */
export function ownerActivity(visitor: Visitor, head: ConversationRow, place: Place | null, id: string) {
  const data: UtvagData = {
    author: 'system',
    language: head.language,
    owner: head.owner,
    ...dangerIn(head),
    ...(place ? { ahead: place.ahead } : {}),
    ...(place?.opensAt ? { opensAt: place.opensAt.toISOString() } : {}),
  };
  return { ...passing(visitor, id, head.lastAt, data), type: 'event', name: 'owner', value: head.owner } as const;
}

/** Danger is told as long as the conversation goes on, and never taken back by what is written after it. */
const dangerIn = ({ risk, owner }: ConversationRow): Pick<UtvagData, 'danger'> =>
  risk === 'emergency' && owner !== 'closed' ? { danger: true } : {};

export const ownerActivityId = (head: ConversationRow): string => `${head.id}|owner-${head.ownerEpoch}`;

export function typingActivity(visitor: Visitor, language: string, now: Date): OutgoingActivity {
  const data: UtvagData = { author: 'worker', language, owner: 'worker' };
  return { ...passing(visitor, passingId(visitor.threadId), now, data), type: 'typing' };
}

/** Never stored, never on a stream: it goes to the one who asked. */
export function returnCodeActivity(visitor: Visitor, code: string, now: Date): OutgoingActivity {
  const data: UtvagData = { author: 'system', language: 'sv' };
  return {
    ...passing(visitor, passingId(visitor.threadId), now, data),
    type: 'event',
    name: 'returnCode',
    value: code,
  };
}

const passing = (visitor: Visitor, id: string, at: Date, utvag: UtvagData): Omit<OutgoingActivity, 'type'> => ({
  id,
  timestamp: at.toISOString(),
  channelId: 'directline',
  conversation: { id: visitor.threadId },
  from: { id: utvag.author, role: 'bot' },
  channelData: { utvag },
});

/** The name that goes with a message: a worker's first name or alias, for anything automatic what it is (AI1). */
function nameOf(m: ThreadMessage): string {
  const swedish = m.language === 'sv';
  if (m.author === 'worker') return m.meta.workerName ?? (swedish ? 'Socialsekreterare' : 'Social worker');
  return swedish ? 'Chattbot' : 'Chatbot';
}

/** The client's id is stored with its thread in front, because it is only unique there. */
function clientIdOf(visitor: Visitor, m: ThreadMessage): string | null {
  const prefix = `${visitor.threadId}:`;
  return m.externalId?.startsWith(prefix) ? m.externalId.slice(prefix.length) : null;
}
