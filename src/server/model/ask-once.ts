import type OpenAI from 'openai';
import { z } from 'zod';
import { jsonIn } from '../../bot/model/json-in.ts';
import type { ModelFailure, Question } from '../../bot/model/model.ts';
import { failureOf } from './failure-of.ts';

/** How much of the API a server is asked to speak: some refuse a schema, a temperature or fields they do not know. */
export const DIALECTS = ['whole', 'schema', 'bare'] as const;
export type Dialect = (typeof DIALECTS)[number];

export type Attempt<T> = { ok: true; value: T } | { ok: false; why: ModelFailure; restMs: number };

/** One request. Settles when `signal` aborts at the latest, and never throws. */
export async function askOnce<T>(
  client: OpenAI,
  model: string,
  question: Question<T>,
  dialect: Dialect,
  signal: AbortSignal,
): Promise<Attempt<T>> {
  try {
    const answer: unknown = await client.chat.completions.create(requestOf(model, question, dialect), { signal });
    return read(answer, question.schema);
  } catch (error) {
    return { ok: false, ...failureOf(error, signal.aborted) };
  }
}

const MOST_TOKENS = 800;

function requestOf(
  model: string,
  { name, system, data, schema }: Question<unknown>,
  dialect: Dialect,
): OpenAI.ChatCompletionCreateParamsNonStreaming {
  const wanted = z.toJSONSchema(schema);
  const shape = dialect === 'bare' ? `${system}\n\nThe form, as a JSON schema: ${JSON.stringify(wanted)}` : system;
  return {
    model,
    messages: [
      { role: 'system', content: shape },
      { role: 'user', content: data },
    ],
    ...(dialect === 'bare'
      ? {}
      : { response_format: { type: 'json_schema', json_schema: { name, strict: true, schema: wanted } } }),
    ...(dialect === 'whole' ? { temperature: 0, max_completion_tokens: MOST_TOKENS, store: false } : {}),
  };
}

const part = z.object({ text: z.string() }).loose();
const Completion = z.object({
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      message: z.object({
        content: z.union([z.string(), z.array(part)]).nullish(),
        refusal: z.string().nullish(),
      }),
    }),
  ),
});

/** What came is checked as if a stranger had written it: the client's types promise more than servers keep. */
function read<T>(answer: unknown, schema: z.ZodType<T>): Attempt<T> {
  const fail = (why: ModelFailure): Attempt<T> => ({ ok: false, why, restMs: 0 });
  if (answer === undefined || answer === null || answer === '') return fail('empty');
  const completion = Completion.safeParse(answer);
  if (!completion.success) return fail('malformed');
  const [choice] = completion.data.choices;
  if (!choice) return fail('empty');
  const { content, refusal } = choice.message;
  if (choice.finish_reason === 'content_filter') return fail('content-filter');
  if (refusal) return fail('refusal');
  if (choice.finish_reason === 'length') return fail('cut');
  const text = typeof content === 'string' ? content : (content ?? []).map((p) => p.text).join('');
  if (text.trim() === '') return fail('empty');
  const value = jsonIn(text, schema);
  return value === null ? fail('malformed') : { ok: true, value };
}
