import type { Token } from './normalise.ts';
import { fold, unifyArabic } from './spelling.ts';

/** A signal file: for every signal and language the ways people say it (see signals/README.md for the notation). */
export interface SignalFile {
  version: number;
  reviewer: string | null;
  /** Lists that patterns refer to as `@name`, per language. */
  words?: Record<string, Record<string, string>>;
  signals: Record<string, Record<string, string[]>>;
}

export interface Match {
  signal: string;
  language: string;
  /** First and last token within the sentence. */
  start: number;
  end: number;
  /** The pattern holds a negation of its own ("orkar inte leva"): a negation beside it does not undo it. */
  closed: boolean;
}

interface Element {
  exact: ReadonlySet<string>;
  starts: readonly string[];
  ends: readonly string[];
  inner: readonly string[];
  number: boolean;
  /** How many tokens may stand before this element. */
  gap: number;
}

interface Pattern {
  signal: string;
  language: string;
  elements: readonly Element[];
  closed: boolean;
}

export interface Vocabulary {
  match: (sentence: readonly Token[], bare: boolean, languages: ReadonlySet<string>) => Match[];
  size: number;
}

const LAST_LATIN = 0x2ff;
const NEGATIONS = /^(inte|int|icke|aldrig|ingen|inga|inget|not|dont|wont|cant|never|no|slipp\*|utan|without)$/;
/** Words that are another word without their dots: read as that one only in a text that has no dots at all. */
const COLLIDING = new Set([
  'här',
  'där',
  'får',
  'för',
  'vår',
  'må',
  'mår',
  'tål',
  'mån',
  'råd',
  'dör',
  'låt',
  'lår',
  'bår',
]);

/** Compiles signal files once; matching looks up every token by its whole, its first and its last letters. */
export function compileVocabulary(files: readonly SignalFile[]): Vocabulary {
  const lists = new Map<string, string>();
  for (const file of files)
    for (const [language, words] of Object.entries(file.words ?? {}))
      for (const [name, list] of Object.entries(words)) lists.set(`${language}@${name}`, list);
  const whole = new Map<string, Pattern[]>();
  const begins = new Map<string, Pattern[]>();
  const tails = new Map<string, Pattern[]>();
  const inner: Pattern[] = [];
  const latinInner: Pattern[] = [];
  const numbers: Pattern[] = [];
  const put = (map: Map<string, Pattern[]>, key: string, pattern: Pattern) => {
    const found = map.get(key);
    if (found === undefined) map.set(key, [pattern]);
    else if (found[found.length - 1] !== pattern) found.push(pattern);
  };
  let size = 0;
  for (const file of files)
    for (const [signal, byLanguage] of Object.entries(file.signals))
      for (const [language, sources] of Object.entries(byLanguage))
        for (const source of sources) {
          const pattern = { signal, language, ...parsePattern(source, language, lists) };
          const first = pattern.elements[0];
          if (first === undefined) throw new Error(`empty pattern in ${signal}`);
          size += 1;
          for (const word of first.exact) put(whole, word, pattern);
          for (const stem of first.starts) put(begins, stem.slice(0, 3), pattern);
          for (const tail of first.ends) put(tails, tail.slice(-3), pattern);
          if (first.inner.some((part) => part.charCodeAt(0) > LAST_LATIN)) inner.push(pattern);
          else if (first.inner.length > 0) latinInner.push(pattern);
          if (first.number) numbers.push(pattern);
        }
  const match: Vocabulary['match'] = (sentence, bare, languages) => {
    const matches: Match[] = [];
    for (let at = 0; at < sentence.length; at += 1) {
      const token = sentence[at];
      if (token === undefined) continue;
      const tried = new Set<Pattern>();
      const attempt = (patterns: readonly Pattern[] | undefined) => {
        for (const pattern of patterns ?? []) {
          if (tried.has(pattern) || !languages.has(pattern.language)) continue;
          tried.add(pattern);
          const end = matchAt(pattern.elements, sentence, at, bare);
          if (end >= 0)
            matches.push({
              signal: pattern.signal,
              language: pattern.language,
              start: at,
              end,
              closed: pattern.closed,
            });
        }
      };
      for (const form of token.forms) {
        attempt(whole.get(form));
        if (bare) attempt(whole.get(`~${form}`));
        if (form.length >= 3) {
          attempt(begins.get(form.slice(0, 3)));
          attempt(tails.get(form.slice(-3)));
        }
        if (form.charCodeAt(0) > LAST_LATIN) attempt(inner);
        else if (form.length >= 5) attempt(latinInner);
      }
      if (isNumber(token)) attempt(numbers);
    }
    return matches;
  };
  return { match, size };
}

function parsePattern(source: string, language: string, lists: ReadonlyMap<string, string>) {
  const elements: Element[] = [];
  let gap = 0;
  let closed = false;
  for (const part of source.trim().split(/\s+/)) {
    if (part === '~' || part === '~~') {
      gap = part === '~' ? 3 : 7;
      continue;
    }
    const options = part.split('|').flatMap((option) => expand(option, language, lists));
    closed ||= options.some((option) => NEGATIONS.test(option));
    elements.push(elementOf(options, gap));
    gap = 0;
  }
  return { elements, closed };
}

function expand(option: string, language: string, lists: ReadonlyMap<string, string>): string[] {
  if (!option.startsWith('@')) return [option];
  const list = lists.get(`${language}${option}`);
  if (list === undefined) throw new Error(`unknown word list ${option} (${language})`);
  return list.split('|').flatMap((word) => expand(word, language, lists));
}

function elementOf(options: readonly string[], gap: number): Element {
  const exact = new Set<string>();
  const starts: string[] = [];
  const ends: string[] = [];
  const inner: string[] = [];
  for (const option of options) {
    const written = unifyArabic(option.toLowerCase());
    const word = written.replaceAll('*', '');
    // "hår*" must not become "har*": a short stem is only read with its dots.
    const forms = written.endsWith('*') && word.length < 5 ? [word] : [word, fold(word)];
    for (const form of new Set(forms)) {
      if (written === '#') continue;
      if (written.startsWith('*') && written.endsWith('*')) inner.push(form);
      else if (written.endsWith('*')) starts.push(form);
      else if (written.startsWith('*')) ends.push(form);
      else exact.add(form !== word && COLLIDING.has(word) ? `~${form}` : form);
    }
  }
  return { exact, starts, ends, inner, number: options.includes('#'), gap };
}

/** The last token of the match, or -1. */
function matchAt(elements: readonly Element[], sentence: readonly Token[], start: number, bare: boolean): number {
  let at = start;
  for (const [order, element] of elements.entries()) {
    let found = -1;
    const furthest = order === 0 ? start : at + 1 + element.gap;
    for (let next = order === 0 ? start : at + 1; next <= furthest && next < sentence.length; next += 1) {
      const token = sentence[next];
      if (token !== undefined && matches(element, token, bare)) {
        found = next;
        break;
      }
    }
    if (found < 0) return -1;
    at = found;
  }
  return at;
}

function matches(element: Element, token: Token, bare: boolean): boolean {
  for (const form of token.forms) {
    if (element.exact.has(form) || (bare && element.exact.has(`~${form}`))) return true;
    for (const stem of element.starts) if (form.startsWith(stem)) return true;
    for (const tail of element.ends) if (form.endsWith(tail)) return true;
    for (const part of element.inner) if (form.includes(part)) return true;
  }
  return element.number && isNumber(token);
}

const isNumber = (token: Token): boolean => /^\d/.test(token.word);
