import type { Risk } from '../../../src/bot/outcome.ts';

/** One played turn, as check_dialogues.py describes it. */
export interface PlayedTurn {
  /** Automatic texts sent to the visitor in this turn. */
  replies: string[];
  /** Conversation risk after the turn. */
  risk: Risk;
  /** Null until the conversation has been handed over. */
  case: { risk: Risk; district: string; summary: string } | null;
  caseCount: number;
  /** Detected so far. */
  district: string | null;
  topics: string[];
  offeredHuman: boolean;
  optedOut: boolean;
}

export interface Transcript {
  id: string;
  turns: PlayedTurn[];
}
