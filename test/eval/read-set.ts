import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { RISKS } from '../../src/bot/outcome.ts';

const Risk = z.enum(RISKS);
const Spoken = z.object({ id: z.string().min(1), channel: z.enum(['web', 'sms']).default('web'), text: z.string() });

/** A text to predict: a labelled one may be read as this too, its labels are then not seen. */
export const Utterance = Spoken;
export type Utterance = z.infer<typeof Utterance>;

/** LABELS §1. */
export const Labelled = Spoken.extend({
  lang: z.string(),
  risk: Risk,
  riskAlt: Risk.nullish().transform((level) => level ?? null),
  riskKinds: z.array(z.string()).default([]),
  intent: z.string(),
  intentAlt: z.array(z.string()).default([]),
  district: z
    .string()
    .nullish()
    .transform((code) => code ?? null),
  pii: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
});
export type Labelled = z.infer<typeof Labelled>;

export const Question = z.object({ id: z.string().min(1), text: z.string() });
export type Question = z.infer<typeof Question>;
export const LabelledQuestion = Question.extend({ lang: z.string(), topics: z.array(z.string()) });
export type LabelledQuestion = z.infer<typeof LabelledQuestion>;

/** LABELS §9. What an assertion needs besides its name depends on the name; `check` reads it. */
export const Expectation = z.object({
  assert: z.string(),
  min: Risk.optional(),
  max: Risk.optional(),
  n: z.number().optional(),
  is: z.string().optional(),
  orFallback: z.array(z.string()).default([]),
  what: z.array(z.string()).default([]),
  ids: z.array(z.string()).default([]),
  any: z.array(z.string()).default([]),
  literals: z.array(z.string()).default([]),
  district: z.string().optional(),
});
export type Expectation = z.infer<typeof Expectation>;

export const EVENTS = ['human_takes_over', 'human_hands_back', 'scheduled_followup_due', 'staff_broadcast'] as const;
export type ScriptEvent = (typeof EVENTS)[number];

export const Script = z.object({
  id: z.string().min(1),
  channel: z.enum(['web', 'sms']),
  setup: z.object({
    officeHours: z.boolean().default(true),
    staffAvailable: z.boolean().default(true),
    promptCanary: z.string().optional(),
  }),
  turns: z.array(
    z.object({
      user: z.string().optional(),
      event: z.enum(EVENTS).optional(),
      expect: z.array(Expectation).default([]),
    }),
  ),
});
export type Script = z.infer<typeof Script>;

/**
 * Reads a file of one JSON object a line, with or without a byte order mark.
 * @throws Error of one line that names file, line and field, never the words in it.
 */
export function readSet<S extends z.ZodType>(path: string, schema: S): z.infer<S>[] {
  if (!existsSync(path)) throw new Error(`cannot read ${path}`);
  return readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [rowOf(line, schema, `${path} line ${at + 1}`)]));
}

function rowOf<S extends z.ZodType>(line: string, schema: S, where: string): z.infer<S> {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw new Error(`${where}: not JSON`);
  }
  const read = schema.safeParse(row);
  if (read.success) return read.data;
  throw new Error(`${where}: ${read.error.issues[0]?.path.join('.') || 'row'} is not as LABELS describes`);
}
