import { isFirstWord } from '../../../bot/outcome.ts';
import { isOffered } from '../../../bot/widget/texts/catalogue.ts';
import { type IncomingActivity, LanguageTag, type OutgoingActivity } from '../../../bot/wire.ts';
import type { Visitor } from '../../auth/visitor-token.ts';
import { Problem } from '../../problem.ts';
import type { Receive } from '../../turn/receive.ts';
import type { VisitorActs } from '../../turn/visitor-acts.ts';
import { activityId, passingId, returnCodeActivity } from './activities.ts';

export interface TakeDeps {
  receive: Receive;
  acts: VisitorActs;
  clock(): Date;
  /** Ends the visitor's token and streams, also of a thread without rows. */
  end(visitor: Visitor): void;
  /** A new return code, or null when nothing has been written that one could return to. */
  returnCode(visitor: Visitor): Promise<string | null>;
}

/** What a client is told: the id, and what it asked for and nobody else may see. */
export interface Taken {
  id: string;
  activity?: OutgoingActivity;
}

const MAX_CHARACTERS = 10_000;

/**
 * One activity from a client, whoever it says it is from: the token decides that (MICROSOFT §4.14).
 * @returns its id, after the commit. @throws Problem 400 without text, 413 above 10,000 characters.
 */
export async function takeActivity(deps: TakeDeps, visitor: Visitor, activity: IncomingActivity): Promise<Taken> {
  if (activity.type === 'message') return { id: await takeMessage(deps, visitor, activity) };
  if (activity.type === 'event' && activity.name === 'returnCode') return takeCode(deps, visitor);
  if (activity.type === 'typing') await deps.acts.typing(visitor.threadId);
  if (activity.type === 'event') await takeEvent(deps, visitor, activity);
  return { id: passingId(visitor.threadId) };
}

/** The code is in the answer to the one who asked: on the stream every open tab would get it. */
async function takeCode(deps: TakeDeps, visitor: Visitor): Promise<Taken> {
  const code = await deps.returnCode(visitor);
  if (code === null) throw new Problem(409, 'There is nothing to return to yet.');
  const activity = returnCodeActivity(visitor, code, deps.clock());
  return { id: activity.id, activity };
}

async function takeMessage(deps: TakeDeps, visitor: Visitor, activity: IncomingActivity): Promise<string> {
  const text = activity.text ?? '';
  if (text.length > MAX_CHARACTERS && [...text].length > MAX_CHARACTERS) throw new Problem(413);
  // Masking drops NULs, and an empty message would be answered as if something had been said.
  if (text.replaceAll('\0', '').trim() === '') throw new Problem(400, 'The message has no text.');
  const { language, firstWord } = activity.channelData?.utvag ?? {};
  const locale = activity.locale?.split('-')[0];
  const received = await deps.receive({
    sender: { channel: 'web', threadId: visitor.threadId },
    externalId: activity.channelData?.clientActivityID ?? null,
    text,
    ...(language ? { language } : {}),
    ...(isOffered(locale) ? { locale } : {}),
    ...(isFirstWord(firstWord) ? { firstWord } : {}),
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
