import { areOwnWords } from '../dialogue/own-words.ts';
import { type AnswerRef, atLeast, type Outcome, type TurnInput } from '../outcome.ts';
import type { TurnDeps } from '../turn.ts';
import { addBridge, type Cited, citedIn } from './add-bridge.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { checkBridge } from './guard/check-bridge.ts';
import { steers } from './guard/steers.ts';
import { createHintedRules, type HintedRules } from './hinted-rules.ts';
import type { Model, ModelAnswer } from './model.ts';
import { answerPrompt, DANGER_PROMPT } from './prompts.ts';
import { answerQuestion, type ChosenAnswer, dangerQuestion, type HeardDanger, promptHash } from './questions.ts';
import { raised } from './raise.ts';
import type { TurnMeta } from './turn-meta.ts';
import { worthAsking } from './worth-asking.ts';

export interface ModelTurnDeps {
  turn: TurnDeps;
  /** Null: the same bot with plainer bridges. */
  model: Model | null;
  triageVersion: string;
  /** How long a turn may wait for the model, milliseconds. In danger it waits half of it. */
  budgetMs?: number;
  /** A random word per process that only the instructions hold. */
  canary?: string;
}

export type ModelOutcome = Outcome & { meta: TurnMeta };

const BUDGET_MS = 4_000;

/**
 * The turn with a language model behind it. The rules decide first and by themselves; the model may then raise the danger,
 * choose among approved texts, and put one checked sentence before them. Whatever it does or fails to do, the person gets
 * at least the rules' answer, within the budget (F48).
 */
export function createModelTurn(deps: ModelTurnDeps): (input: TurnInput) => Promise<ModelOutcome> {
  const rules = createHintedRules(deps.turn);
  const off: TurnMeta = {
    model: null,
    promptHash: null,
    triageVersion: deps.triageVersion,
    asked: 'no',
    raised: false,
    chose: false,
    bridge: 'none',
  };
  return async (input) => {
    const outcome = rules(input);
    const plain = { ...outcome, meta: off };
    const worth = worthAsking(input, outcome, deps.turn.requestOf);
    if (!deps.model || worth === 'nothing' || areOwnWords(deps.turn.voice, input)) return plain;
    const turn = { deps, rules, model: deps.model, input, outcome, text: input.messages.map((m) => m.text).join('\n') };
    try {
      return worth === 'danger' ? await askDanger(turn, off) : await askAnswer(turn, off);
    } catch {
      return { ...plain, meta: { ...off, model: deps.model.name, asked: 'unreachable' } };
    }
  };
}

interface Turn {
  deps: ModelTurnDeps;
  rules: HintedRules;
  model: Model;
  input: TurnInput;
  outcome: Outcome;
  text: string;
}

async function askDanger(turn: Turn, off: TurnMeta): Promise<ModelOutcome> {
  const { deps, model, input, outcome } = turn;
  const urgent = atLeast(outcome.triage.risk, 'urgent') || atLeast(input.risk, 'urgent');
  const budget = (deps.budgetMs ?? BUDGET_MS) / (urgent || outcome.handoff ? 2 : 1);
  const answer = await model.ask(dangerQuestion(askedOf(turn), deps.canary ?? ''), budget);
  const meta = metaOf(off, model, DANGER_PROMPT, answer);
  if (!answer.ok) return { ...outcome, meta };
  return raise(turn, answer.value, meta) ?? { ...outcome, meta };
}

async function askAnswer(turn: Turn, off: TurnMeta): Promise<ModelOutcome> {
  const { deps, model, input, outcome, text } = turn;
  const candidates = candidatesOf(deps.turn.voice, text, outcome.language, input);
  if (candidates.length === 0) return askDanger(turn, off);
  const question = answerQuestion(askedOf(turn), candidates, deps.canary ?? '');
  const answer = await model.ask(question, deps.budgetMs ?? BUDGET_MS);
  const meta = metaOf(off, model, answerPrompt(outcome.language), answer);
  if (!answer.ok) return { ...outcome, meta };
  const danger = raise(turn, answer.value, meta);
  if (danger) return danger;
  const topics = chosenOf(answer.value.topics, candidates);
  const chosen = topics ? turn.rules(input, { topics }) : outcome;
  const chose = firstAnswer(chosen)?.id !== firstAnswer(outcome)?.id;
  return withBridge(turn, chosen, answer.value, { ...meta, chose }, question.system);
}

/** The candidates with the chosen ones first; null when none was chosen or they come first already. */
function chosenOf(wanted: readonly string[], candidates: readonly Candidate[]): string[] | null {
  const ids = candidates.map((c) => c.id);
  const chosen = [...new Set(wanted)].filter((id) => ids.includes(id)).slice(0, 3);
  if (chosen.every((id, i) => id === ids[i])) return null;
  const retrieved = candidates.filter((c) => c.text !== '').map((c) => c.id);
  return [...new Set([...chosen, ...retrieved])];
}

/** More danger than the rules heard: the rules decide again with it, in their own fixed words. The model says nothing then. */
function raise({ rules, input, outcome, text }: Turn, heard: HeardDanger, meta: TurnMeta): ModelOutcome | null {
  const more = raised(outcome.triage, heard, text);
  const higher = more.risk !== outcome.triage.risk && !atLeast(input.risk, more.risk);
  return higher ? { ...rules(input, { triage: more }), meta: { ...meta, raised: true } } : null;
}

function withBridge(turn: Turn, outcome: Outcome, chosen: ChosenAnswer, meta: TurnMeta, system: string): ModelOutcome {
  const bridge = chosen.bridge?.trim() ?? '';
  const cited = citedIn(outcome, turn.deps.turn.voice.library, turn.input);
  if (bridge === '' || chosen.topics[0] !== cited[0]?.id || isQuiet(turn, outcome, cited)) return { ...outcome, meta };
  const fault = checkBridge(bridge, { cited, language: outcome.language, system, canary: turn.deps.canary ?? '' });
  if (fault) return { ...outcome, meta: { ...meta, bridge: fault } };
  return { ...addBridge(outcome, cited, bridge), meta: { ...meta, bridge: 'said' } };
}

/** Where nothing is said beside the approved words: in crisis, text messages, on watched phones, awaiting a person, steered. */
const isQuiet = ({ input, text }: Turn, outcome: Outcome, cited: readonly Cited[]): boolean =>
  input.channel === 'sms' ||
  outcome.state.brief === true ||
  input.waiting ||
  outcome.handoff !== null ||
  atLeast(outcome.triage.risk, 'urgent') ||
  atLeast(input.risk, 'urgent') ||
  cited.some(({ id }) => SAFETY_TOPICS.has(id)) ||
  steers(text);

/** Safety answers are fixed, human-written texts and nothing else (AI2). */
const SAFETY_TOPICS = new Set([
  'emergency-112',
  'suicide-crisis',
  'threatened',
  'missing-child',
  'sexual-exploitation',
]);

const askedOf = ({ input, outcome }: Turn) => ({
  messages: input.messages.map((m) => m.text),
  language: outcome.language,
});

const metaOf = (off: TurnMeta, model: Model, prompt: string, answer: ModelAnswer<unknown>): TurnMeta => ({
  ...off,
  model: model.name,
  promptHash: promptHash(prompt),
  asked: answer.ok ? 'answered' : answer.why,
});

const firstAnswer = (outcome: Outcome): AnswerRef | undefined =>
  outcome.reply?.answers.find((a) => !a.id.startsWith('words:'));
