import type { ModelFailure } from './model.ts';

/** Kept with each bot message: "why did it say that?" (A7). Codes only; imports nothing of the bot, so that the outcome may hold it. */
export interface TurnMeta {
  /** Null when no model was asked. */
  model: string | null;
  promptHash: string | null;
  triageVersion: string;
  /** What became of the question. */
  asked: 'no' | 'answered' | ModelFailure;
  /** Whether the model raised the level, and whether it chose another topic than the rules. */
  raised: boolean;
  chose: boolean;
  /** What became of its sentence: `none`, `said`, or the fault it was dropped for. */
  bridge: string;
}
