import { z } from 'zod';
import { detectLanguage } from '../language/detect.ts';
import { mask } from '../words/mask.ts';
import { figuresIn, linksIn, masksIn } from './guard/figures-in.ts';
import { repeatsPrompt } from './guard/repeats-prompt.ts';
import { wordsOf } from './guard/words-of.ts';
import type { Model, Question } from './model.ts';
import { SUMMARY_PROMPT } from './prompts.ts';
import { readable, withCanary } from './questions.ts';

export interface SaidMessage {
  author: 'visitor' | 'bot' | 'worker';
  text: string;
}

/**
 * A few Swedish sentences for the person who takes over, or null when no model can or its words do not hold. Machine-written:
 * to be shown as such beside the conversation, to its holder only, and stored nowhere but in the protected handover.
 */
export type Summarise = (said: readonly SaidMessage[]) => Promise<string | null>;

const BUDGET_MS = 8_000;
const LONGEST = 700;
const schema = z.object({ summary: z.string() });

export function createSummarise(deps: { model: Model; canary?: string; budgetMs?: number }): Summarise {
  const canary = deps.canary ?? '';
  return async (said) => {
    const texts = readable(said.map((m) => m.text));
    const question: Question<{ summary: string }> = {
      name: 'summary',
      system: withCanary(SUMMARY_PROMPT, canary),
      data: JSON.stringify({ messages: said.map(({ author }, i) => ({ author, text: texts[i] ?? '' })) }),
      schema,
    };
    const answer = await deps.model.ask(question, deps.budgetMs ?? BUDGET_MS);
    if (!answer.ok) return null;
    const summary = answer.value.summary.trim();
    return isGrounded(summary, texts.join('\n'), question.system, canary) ? summary : null;
  };
}

/** Everything particular in the summary stands in the conversation: figures, links, names and what is masked. */
function isGrounded(summary: string, source: string, system: string, canary: string): boolean {
  const written = new Set(wordsOf(source));
  const within = (found: (text: string) => string[]) => {
    const there = new Set(found(source));
    return found(summary).every((x) => there.has(x));
  };
  return (
    summary.length > 0 &&
    summary.length <= LONGEST &&
    mask(summary).text === summary &&
    !repeatsPrompt(summary, system, canary) &&
    [figuresIn, linksIn, masksIn].every(within) &&
    namesIn(summary).every((name) => wordsOf(name).every((word) => written.has(word))) &&
    detectLanguage(summary, '') === 'sv'
  );
}

/** Words with a capital that begin no sentence. */
const namesIn = (text: string): string[] =>
  [...text.matchAll(/(?<=[\p{L}\p{N},;:)\]] )\p{Lu}[\p{L}\p{M}'-]+/gu)].map((m) => m[0]);
