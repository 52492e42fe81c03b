import type { Library } from '../knowledge/library.ts';
import type { Outcome, TurnInput } from '../outcome.ts';

/** The approved answers within a reply, as they stand there. */
export interface Cited {
  id: string;
  title: string;
  text: string;
}

/** The approved answers that this reply is made of; fixed phrases are not among them. */
export function citedIn(outcome: Outcome, library: Library, input: TurnInput): Cited[] {
  const { reply, language } = outcome;
  if (!reply) return [];
  return reply.answers.flatMap(({ id }) => {
    const answer = library.answer(id, language, input.channel, input);
    return answer && reply.text.includes(answer.text) ? [{ id, title: answer.title, text: answer.text }] : [];
  });
}

/** Puts the sentence before the first approved answer: after the greeting that tells who writes (AI1), as a paragraph of its own. */
export function addBridge(outcome: Outcome, [first]: readonly Cited[], bridge: string): Outcome {
  const at = outcome.reply && first ? outcome.reply.text.indexOf(first.text) : -1;
  if (!outcome.reply || at < 0) return outcome;
  const { text } = outcome.reply;
  return { ...outcome, reply: { ...outcome.reply, text: `${text.slice(0, at)}${bridge}\n\n${text.slice(at)}` } };
}
