import { Outdated, Refused } from './api.ts';
import { SignInNeeded, type SignInTrouble } from './session.ts';
import type { Notice } from './state.ts';

/** What an error of the staff API means to the reader: sign in again, or a notice. */
export function whatWentWrong(error: unknown): { signIn: SignInTrouble } | { notice: Notice } {
  if (error instanceof SignInNeeded && error.trouble !== 'unreachable') return { signIn: error.trouble };
  if (error instanceof Refused && error.status === 401) return { signIn: 'choose' };
  return { notice: notice(error) };
}

function notice(error: unknown): Notice {
  if (error instanceof Outdated) return { kind: 'outdated', name: null };
  if (!(error instanceof Refused)) return { kind: 'unreachable', name: null };
  if (error.status === 409 && error.holder) return { kind: 'held', name: error.holder };
  if (error.status === 409 && error.reason === 'unreachable') return { kind: 'optedOut', name: null };
  if (error.status === 409 && error.reason === 'not-open') return { kind: 'closed', name: null };
  if (error.status === 409 && error.reason === 'not-holder') return { kind: 'lost', name: null };
  const kinds = new Map<number, Notice['kind']>([
    [403, 'forbidden'],
    [404, 'gone'],
    [409, 'changed'],
  ]);
  return { kind: kinds.get(error.status) ?? 'refused', name: null };
}
