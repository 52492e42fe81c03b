import { type IncomingActivity, LanguageTag } from '../../../bot/wire.ts';
import type { Visitor } from '../../auth/visitor-token.ts';
import { Problem } from '../../problem.ts';
import type { Receive } from '../../turn/receive.ts';
import type { VisitorActs } from '../../turn/visitor-acts.ts';
import { activityId, passingId } from './activities.ts';

export interface TakeDeps {
  receive: Receive;
  acts: VisitorActs;
  /** Ends the visitor's token and streams, also of a thread without rows. */
  end(visitor: Visitor): void;
}

const MAX_CHARACTERS = 10_000;

/**
 * One activity from a client, whoever it says it is from: the token decides that (MICROSOFT §4.14).
 * @returns its id, after the commit. @throws Problem 400 without text, 413 above 10,000 characters.
 */
export async function takeActivity(deps: TakeDeps, visitor: Visitor, activity: IncomingActivity): Promise<string> {
  if (activity.type === 'message') return takeMessage(deps, visitor, activity);
  if (activity.type === 'typing') await deps.acts.typing(visitor.threadId);
  if (activity.type === 'event') await takeEvent(deps, visitor, activity);
  return passingId(visitor.threadId);
}

async function takeMessage(deps: TakeDeps, visitor: Visitor, activity: IncomingActivity): Promise<string> {
  const text = activity.text ?? '';
  if (text.length > MAX_CHARACTERS && [...text].length > MAX_CHARACTERS) throw new Problem(413);
  // Masking drops NULs, and an empty message would be answered as if something had been said.
  if (text.replaceAll('\0', '').trim() === '') throw new Problem(400, 'The message has no text.');
  const language = activity.channelData?.utvag?.language;
  const received = await deps.receive({
    sender: { channel: 'web', threadId: visitor.threadId },
    externalId: activity.channelData?.clientActivityID ?? null,
    text,
    ...(language ? { language } : {}),
  });
  return activityId(received.conversationId, received.seq);
}

/** Events we have no use for pass unheard: standard clients send them. */
async function takeEvent(deps: TakeDeps, visitor: Visitor, { name, value, channelData }: IncomingActivity) {
  if (name === 'language') {
    const tag = LanguageTag.safeParse(value);
    if (!tag.success) throw new Problem(400, 'The value is not a language tag.');
    await deps.acts.language(visitor.threadId, tag.data);
  }
  if (name === 'handover') await deps.acts.handover(visitor.threadId, channelData?.utvag?.language ?? 'sv');
  if (name === 'leave') {
    await deps.acts.leave(visitor.threadId);
    deps.end(visitor);
  }
}
