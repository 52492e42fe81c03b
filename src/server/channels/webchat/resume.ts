import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { ResumeRequest } from '../../../bot/wire.ts';
import type { Visitor, VisitorTokens } from '../../auth/visitor-token.ts';
import { readJson } from '../../body.ts';
import type { BucketSize, Buckets } from './buckets.ts';
import { refuse, tooMany } from './refuse.ts';
import { type CodeDeps, findByReturnCode, readReturnCode } from './return-code.ts';
import { isAlive } from './visitor-guard.ts';
import { watermarkOf } from './watermark.ts';

/** Guesses of a return code by its first word, on each server: five, then one in 24 seconds (F40). */
export const GUESSES: BucketSize = { capacity: 5, perSecond: 5 / 120 };

export interface ResumeDeps extends CodeDeps {
  tokens: VisitorTokens;
  /** By the code's first word: whoever wants to lock everybody out has to guess with all of them (F40). */
  guesses: Buckets;
}

/** A visitor who is back, and where the conversation ends now when they come from somewhere else. */
export interface Back {
  visitor: Visitor;
  watermark?: string;
}

/**
 * A return code or a tab's resume key for a visitor. 404 for a code nobody has and for a conversation that was left or erased,
 * 403 `TokenExpired` for a key that has run out, 429 for too many guesses. No address is looked at.
 */
export async function resume(deps: ResumeDeps, c: Context): Promise<Back | Response> {
  const wish = await readJson(c, ResumeRequest, 4 * 1024);
  return 'code' in wish ? byCode(deps, c, wish.code) : byKey(deps, c, wish.resumeKey);
}

async function byCode(deps: ResumeDeps, c: Context, typed: string): Promise<Back | Response> {
  const code = readReturnCode(typed);
  if (!code) return unknown(c);
  const waitS = deps.guesses.take(code.split(' ')[0] ?? '');
  if (waitS > 0) return tooMany(c, waitS);
  const head = await findByReturnCode(deps, code);
  if (!head) return unknown(c);
  const user = `dl_${randomBytes(12).toString('hex')}`;
  // Who has the conversation is always told, also to those who leave what was written unread.
  const end = { episode: head.episode, seq: head.lastSeq, ownerEpoch: 0 };
  return { visitor: { threadId: head.threadId, user, epoch: head.tokenEpoch }, watermark: watermarkOf(end) };
}

async function byKey(deps: ResumeDeps, c: Context, resumeKey: string): Promise<Back | Response> {
  const visitor = await deps.tokens.readResumeKey(resumeKey);
  if (visitor === 'invalid') return refuse(c, 401, 'Unauthorized', 'A valid key is needed.');
  if (visitor === 'expired') return refuse(c, 403, 'TokenExpired', 'The key has expired.');
  return (await isAlive(deps.db, deps.tokens, visitor)) ? { visitor } : unknown(c);
}

const unknown = (c: Context): Response => refuse(c, 404, 'NotFound', 'There is no such conversation.');
