import { LANGUAGES } from '../language/detect.ts';
import { FIRST_WORDS, type FirstWord, type RiskKind, type Triage } from '../outcome.ts';
import type { FirstWordButton, WorkDoor } from '../wire.ts';
import type { Phrases } from '../words/phrases.ts';

/** What a tap says: the approved answer it leads to, and the worry in it (eval LABELS §2: elevated, a person is offered). */
const MEANING: Readonly<Record<FirstWord, { topic: string; kind: RiskKind | null }>> = {
  task: { topic: 'first-offer', kind: 'recruitment' },
  money: { topic: 'gang-debt', kind: 'coercion_debt' },
  sibling: { topic: 'sibling-friend', kind: 'recruitment' },
  out: { topic: 'exit-crime', kind: 'exit_wish' },
  school: { topic: 'worry-report', kind: null },
  social: { topic: 'worry-report', kind: null },
  club: { topic: 'worry-report', kind: null },
  police: { topic: 'worry-report', kind: null },
};

export const topicOf = (word: FirstWord): string => MEANING[word].topic;

/** Somebody who meets young people at work. */
export const isWork = (word: FirstWord | null): boolean => word !== null && MEANING[word].kind === null;

/**
 * Our own sentence, tapped: nothing has to be guessed from its words, and "they want money" alone raises no alarm.
 * @param word null: a button of the bot's, which tells of nothing.
 */
export function triageOf(word: FirstWord | null): Triage {
  const kind = word && MEANING[word].kind;
  if (!kind) return { risk: 'none', kinds: [], reasons: [], wantsHuman: false };
  const reason = { kind, level: 'elevated', rule: `tapped:${word}` } as const;
  return { risk: 'elevated', kinds: [kind], reasons: [reason], wantsHuman: false };
}

const SITUATIONS: readonly FirstWord[] = ['task', 'money', 'sibling', 'out', 'school'];
const AT_WORK: readonly FirstWord[] = ['school', 'social', 'club', 'police'];

/** What the chat page says with these words, by language. */
export const pageWords = (phrases: Phrases) => {
  const buttons = (language: string, ids: readonly FirstWord[]): FirstWordButton[] =>
    ids.map((id) => ({ id, title: phrases.say(`first_word_${id}`, language, 'web').text }));
  return {
    firstWords: (language: string) => buttons(language, SITUATIONS),
    workDoor: (language: string): WorkDoor => ({
      text: phrases.say('professional', language, 'web').text,
      firstWords: buttons(language, AT_WORK),
    }),
  };
};

/** The language in which the text is that sentence; null when somebody wrote something else under its id. */
export const languageOf = (phrases: Phrases, word: FirstWord, text: string): string | null =>
  sentencesOf(phrases)[word]?.get(plain(text)) ?? null;

/** The sentence of a professional that was typed as it stands on the button: it cannot be anything else. */
export const typedAtWork = (phrases: Phrases, text: string): FirstWord | null =>
  AT_WORK.find((word) => languageOf(phrases, word, text)) ?? null;

type Sentences = Readonly<Record<string, ReadonlyMap<string, string>>>;
const known = new WeakMap<Phrases, Sentences>();

/** For each button the language of its sentence, by its plain words: worked out once, since every typed message is held against them. */
function sentencesOf(phrases: Phrases): Sentences {
  const sentences = known.get(phrases) ?? Object.fromEntries(FIRST_WORDS.map((word) => [word, spoken(phrases, word)]));
  known.set(phrases, sentences);
  return sentences;
}

const spoken = (phrases: Phrases, word: FirstWord) =>
  new Map(LANGUAGES.toReversed().map((tag) => [plain(phrases.say(`first_word_${word}`, tag, 'web').text), tag]));

const plain = (text: string): string =>
  text
    .trim()
    .replace(/[.!]+$/, '')
    .toLowerCase();
