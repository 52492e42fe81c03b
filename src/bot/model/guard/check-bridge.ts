import { checkText } from '../../knowledge/check-content.ts';
import { detectLanguage } from '../../language/detect.ts';
import type { Cited } from '../add-bridge.ts';
import { type BannedFault, bannedIn } from './banned.ts';
import { figuresIn } from './figures-in.ts';
import { ordinary } from './ordinary.ts';
import { repeatsPrompt } from './repeats-prompt.ts';
import { wordsOf } from './words-of.ts';

export type BridgeFault =
  | BannedFault
  | 'length'
  | 'form'
  | 'language'
  | 'prompt'
  | 'figure'
  | 'quotation'
  | 'style'
  | 'word';

export interface BridgeContext {
  cited: readonly Cited[];
  language: string;
  system: string;
  canary: string;
}

const LONGEST = 160;
const MOST_WORDS = 15;
/** Less is a token somebody asked for, not a sentence. */
const FEWEST_WORDS = 3;

/**
 * Why a model's sentence may not be said, or null when it may (F49). The last check is the wall: every word must be an ordinary
 * one from a short reviewed list, or stand in a whole clause of the cited texts. The others name the fault, and hold if the wall
 * is ever lowered. Only Swedish and English can be checked, so nothing is said in other languages.
 */
export function checkBridge(bridge: string, { cited, language, system, canary }: BridgeContext): BridgeFault | null {
  if (language !== 'sv' && language !== 'en') return 'language';
  const count = wordsOf(bridge).length;
  if (bridge.length > LONGEST || count > MOST_WORDS) return 'length';
  if (repeatsPrompt(bridge, system, canary)) return 'prompt';
  const banned = bannedIn(bridge);
  if (banned) return banned;
  if (count < FEWEST_WORDS || !isOneSentence(bridge)) return 'form';
  const texts = cited.map((c) => `${c.title}. ${c.text}`);
  if (!figuresIn(bridge).every((figure) => texts.some((t) => figuresIn(t).includes(figure)))) return 'figure';
  if (!quotedIn(bridge).every((quoted) => texts.some((t) => t.includes(quoted)))) return 'quotation';
  if (checkText(bridge, { language, audience: 'all', sms: false }).length > 0) return 'style';
  if (detectLanguage(bridge, language) !== language) return 'language';
  return uncovered(bridge, texts, language).length > 0 ? 'word' : null;
}

/** Words that are neither ordinary nor part of a whole clause of the texts. */
export function uncovered(bridge: string, texts: readonly string[], language: 'sv' | 'en'): string[] {
  const { words, phrases } = ordinary(language);
  const said = wordsOf(bridge);
  const covered = said.map((word) => words.has(word));
  for (const run of [...phrases, ...texts.flatMap(clausesOf)])
    for (let at = 0; at + run.length <= said.length; at += 1)
      if (run.every((word, i) => said[at + i] === word)) covered.fill(true, at, at + run.length);
  return said.filter((_, i) => !covered[i]);
}

/** Whole clauses only: a part of one can say the opposite ("betala inte"). */
const clausesOf = (text: string): string[][] =>
  text
    .split(/[.:;,!?\n–—()]+/)
    .map(wordsOf)
    .filter((clause) => clause.length > 0);

const SENTENCE = /^\p{Lu}[\p{L}\p{M}\p{N} ,:'’"”“»-]*[.:]?$/u;
const isOneSentence = (text: string): boolean => SENTENCE.test(text) && !/ {2}|[:-]{2}|\p{Lu}{2}/u.test(text);

const quotedIn = (text: string): string[] =>
  [...text.matchAll(/["”“»«]([^"”“»«]*)(?:["”“»«]|$)/gu)].map((m) => m[1] ?? '');
