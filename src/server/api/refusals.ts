import { Refusal, type RefusalReason } from '../../inbox/queue/desk.ts';
import { Problem } from '../problem.ts';

const REFUSALS: Record<RefusalReason, [status: number, detail?: string]> = {
  'not-found': [404],
  'bad-cursor': [400, 'The cursor does not fit.'],
  'not-allowed': [403, 'Your role does not allow this.'],
  held: [409, 'A colleague has this conversation.'],
  'not-holder': [409, 'You no longer hold this conversation.'],
  'not-held': [409, 'No colleague holds this conversation.'],
  'not-open': [409, 'The conversation is closed.'],
  'not-closed': [409, 'The conversation is open.'],
  unreachable: [409, 'The person cannot be reached. Nothing can be sent.'],
  offered: [409, 'The conversation is offered to somebody already.'],
  'no-offer': [409, 'There is no offer any more.'],
  'nobody-there': [409, 'Nobody there could accept.'],
  'newer-open': [409, 'The person has a newer open conversation.'],
  erased: [409, 'The conversation has been erased.'],
  'yours-already': [409, 'The conversation is in one of your districts.'],
  'bad-time': [409, 'The time is not within the coming year.'],
  withdrawn: [409, 'The answer has been withdrawn.'],
  'no-translation': [409, 'It could not be translated.'],
};

/** Turns a verb's refusal into a problem with its reason as a code (RFC 9457). */
export async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [status, detail] = REFUSALS[error.reason];
    throw new Problem(status, detail, {
      ...(status === 404 || status === 400 ? {} : { reason: error.reason }),
      ...(error.holder ? { holder: error.holder } : {}),
      ...(error.conversation ? { conversation: error.conversation } : {}),
    });
  }
}
