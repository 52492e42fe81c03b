import { z } from 'zod';
import { DECLINE_REASONS, GLASS_REASONS, OUTCOMES, TAKEOVER_REASONS } from './wire-codes.ts';

/** What the staff API is asked: the bodies of the verbs. `wire.ts` passes them on. */

const Words = z.string().trim().min(1).max(4_000);
const Claim = z.string().min(1).max(80);
/** Printable ASCII of the client's choice. */
const ClientId = z.string().regex(/^[\x21-\x7e]{1,80}$/);

export const ClaimBody = z.object({ version: z.number().int().optional() });
/** `text`: a last word to the visitor, sent as the worker's own message. */
export const ReleaseBody = z.object({ claim: Claim, text: Words.optional() });
export const Language = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
export const ReplyBody = z.object({
  claim: Claim,
  clientId: ClientId,
  text: Words,
  /** The approved answer it began as. Kept on the message if not a word was changed. */
  answer: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .optional(),
  /** What the worker wrote, when `text` is a machine's translation of it. Kept for staff. */
  original: z.object({ text: Words, language: Language }).optional(),
});
/** One message into a language for staff; or a reply that is not sent yet, into the person's own. */
export const TranslateBody = z.union([
  z.object({ seq: z.number().int().min(1).max(1_000_000), to: Language }),
  z.object({ text: Words }),
]);
export const NoteBody = z.object({ clientId: ClientId, text: Words });
export const HandBackBody = ReleaseBody;
const Outcome = z.enum(OUTCOMES);
/** By the holder with the claim; by a coordinator or an administrator with a reason. */
export const CloseBody = z.union([
  z.object({ claim: Claim, outcome: Outcome }),
  z.object({ reason: z.enum(TAKEOVER_REASONS), outcome: Outcome }),
]);
const Slug = z.string().regex(/^[a-z-]{1,40}$/);
const Id = z.string().regex(/^[\w-]{1,80}$/);
export const TransferBody = z.union([
  z.object({ claim: Claim, worker: Id, district: Slug.optional() }),
  z.object({ claim: Claim, district: Slug }),
]);
export const WithdrawBody = z.object({ claim: Claim });
export const AcceptBody = z.object({});
export const DeclineBody = z.object({ reason: z.enum(DECLINE_REASONS) });
export const TakeOverBody = z.object({ reason: z.enum(TAKEOVER_REASONS) });
export const ReopenBody = z.object({});
export const HoldBody = z.object({ on: z.boolean() });
export const GlassBody = z.object({ reason: z.enum(GLASS_REASONS) });
export const ReminderBody = z.object({
  claim: Claim.optional(),
  seq: z.number().int().min(1).max(1_000_000).optional(),
  dueAt: z.iso.datetime(),
  text: z.string().trim().min(1).max(500),
});
export const ReminderDoneBody = z.object({ reminder: Id });
export const ProtectedBody = z.object({ claim: Claim });
