import { z } from 'zod';
import { detectLanguage, LANGUAGES } from '../language/detect.ts';
import { figuresIn, linksIn, masksIn } from './guard/figures-in.ts';
import { repeatsPrompt } from './guard/repeats-prompt.ts';
import type { Model, Question } from './model.ts';
import { TRANSLATION_PROMPT } from './prompts.ts';
import { readable, withCanary } from './questions.ts';

/** Never shown alone: the original stands beside it, and it says that a machine translated it (W8). */
export interface MachineTranslation {
  text: string;
  language: string;
  machine: true;
}

/** A translation for staff or visitor, or null when no model can or what it wrote is not the same facts. Never for danger texts. */
export type Translate = (text: string, to: string) => Promise<MachineTranslation | null>;

const BUDGET_MS = 8_000;
const LONGEST_READ = 4_000;
const schema = z.object({ translation: z.string() });

export function createTranslate(deps: { model: Model; canary?: string; budgetMs?: number }): Translate {
  const canary = deps.canary ?? '';
  return async (text, to) => {
    const [masked = ''] = readable([text]);
    if (masked.trim() === '' || masked.length > LONGEST_READ) return null;
    const question: Question<{ translation: string }> = {
      name: 'translation',
      system: withCanary(TRANSLATION_PROMPT, canary),
      data: JSON.stringify({ language: to, messages: [masked] }),
      schema,
    };
    const answer = await deps.model.ask(question, deps.budgetMs ?? BUDGET_MS);
    if (!answer.ok) return null;
    const translation = answer.value.translation.trim();
    const kept = isSame(masked, translation, to) && !repeatsPrompt(translation, question.system, canary);
    return kept ? { text: translation, language: to, machine: true } : null;
  };
}

/** The same figures, links and masks, about as long, and in the language that was asked for. */
function isSame(from: string, translated: string, to: string): boolean {
  const same = (found: (text: string) => string[]) =>
    found(from).sort().join('|') === found(translated).sort().join('|');
  const known = LANGUAGES.some((tag) => tag === to);
  return (
    [figuresIn, linksIn, masksIn].every(same) &&
    translated.length >= from.length * 0.3 &&
    translated.length <= from.length * 3 + 40 &&
    (!known || detectLanguage(translated, '') === to)
  );
}
