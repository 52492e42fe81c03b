import type { Token } from './normalise.ts';
import type { Match } from './vocabulary.ts';

const NEGATIONS = new Set(
  'inte int nte ej icke aldrig ingen inga inget not dont doesnt didnt wont never no nobody noone isnt arent wasnt wouldnt havent hasnt without nie не ma لا ما'.split(
    ' ',
  ),
);
/** "inte bara", "inte längre", "not just": these words after a negation take its force away. */
const OPENERS = new Set('bara ens längre endast just only even anymore sure säker vet veta know tro'.split(' '));
/** "kan inte sluta", "vet inte", "vågar inte": what follows is not denied but suffered. */
const HELPLESS = new Set(
  'vet kan orkar vågar hinner fattar förstår slutar bryr can cant could know stop dare understand får vågade kunde'.split(
    ' ',
  ),
);
const BEFORE = 5;
const AFTER = 3;

/**
 * Does a negation reach this match? It reaches five words on within its clause, three words back after a verb ("slår mig
 * inte"); it never reaches over "men", a comma or a full stop.
 */
export function isNegated(sentence: readonly Token[], match: Match): boolean {
  const clause = sentence[match.start]?.clause;
  for (let at = match.start - 1; at >= Math.max(0, match.start - BEFORE); at -= 1) {
    const token = sentence[at];
    if (token === undefined || token.clause !== clause) break;
    if (NEGATIONS.has(token.word) && holds(sentence, at)) return match.start - at <= 1 || !isHelpless(sentence, at);
  }
  for (let at = match.start + 1; at <= Math.min(sentence.length - 1, match.end + AFTER); at += 1) {
    const token = sentence[at];
    if (token === undefined || token.clause !== clause) break;
    const within = at <= match.end;
    if (isAfterVerb(token.word) && holds(sentence, at) && (within || at - match.end <= 2)) {
      return !isHelpless(sentence, at) && !startsNewStatement(sentence, match.end, at);
    }
  }
  return false;
}

const isAfterVerb = (word: string): boolean => word === 'inte' || word === 'aldrig' || word === 'nte';

const holds = (sentence: readonly Token[], at: number): boolean => !OPENERS.has(sentence[at + 1]?.word ?? '');

const isHelpless = (sentence: readonly Token[], at: number): boolean =>
  HELPLESS.has(sentence[at - 1]?.word ?? '') || HELPLESS.has(sentence[at - 2]?.word ?? '');

/** "... slår mamma jag vet inte": the negation belongs to a verb of its own. */
function startsNewStatement(sentence: readonly Token[], end: number, at: number): boolean {
  for (let next = end + 1; next < at; next += 1) {
    const word = sentence[next]?.word ?? '';
    if (
      word === 'jag' ||
      word === 'ja' ||
      word === 'och' ||
      word === 'o' ||
      word === 'att' ||
      word === 'hon' ||
      word === 'han'
    )
      return true;
  }
  return false;
}
