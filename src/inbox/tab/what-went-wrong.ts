import { Outdated, Refused } from './api.ts';
import { SignInNeeded, type SignInTrouble } from './session.ts';
import type { Notice } from './state.ts';

/** What an error of the staff API means to the reader: sign in again, or a notice. */
export function whatWentWrong(error: unknown): { signIn: SignInTrouble } | { notice: Notice } {
  if (error instanceof SignInNeeded && error.trouble !== 'unreachable') return { signIn: error.trouble };
  if (error instanceof Refused && error.status === 401) return { signIn: 'choose' };
  if (error instanceof Refused && error.reason === 'no-role') return { signIn: 'noRole' };
  return { notice: notice(error) };
}

function notice(error: unknown): Notice {
  if (error instanceof Outdated) return { kind: 'outdated', name: null };
  if (!(error instanceof Refused)) return { kind: 'unreachable', name: null };
  const name = error.holder;
  if (error.status === 409 && name) return { kind: 'held', name };
  const kind = BY_REASON.get(error.reason ?? '') ?? BY_STATUS.get(error.status) ?? 'refused';
  return { kind, name, ...(error.conversation ? { open: error.conversation } : {}) };
}

const BY_REASON = new Map<string, Notice['kind']>([
  ['unreachable', 'nobodyHears'],
  ['not-open', 'closed'],
  ['not-holder', 'lost'],
  ['offered', 'offered'],
  ['no-offer', 'noOffer'],
  ['nobody-there', 'nobodyThere'],
  ['newer-open', 'newerOpen'],
  ['erased', 'erased'],
  ['yours-already', 'yoursAlready'],
  ['bad-time', 'badTime'],
  ['withdrawn', 'withdrawn'],
  ['no-translation', 'noTranslation'],
]);
const BY_STATUS = new Map<number, Notice['kind']>([
  [403, 'forbidden'],
  [404, 'gone'],
  [409, 'changed'],
]);
