import words from './numerals.json' with { type: 'json' };
import { fold, unifyArabic } from './spelling.ts';

const ORDINALS = ['first', 'second', 'third', 'fourth'] as const;
export type Ordinal = (typeof ORDINALS)[number];

/** Which numbered choice a whole message names ("2", "tvåan", "nr 2", "второй"), in twelve languages, or null. */
export function ordinalOf(message: string): Ordinal | null {
  if (message.length > LONGEST) return null;
  const said = plain(message).split(' ');
  if (said.length > 3) return null;
  numerals ??= readNumerals();
  const at = said.length > 1 && numerals.leads.has(said[0] ?? '') ? 1 : 0;
  const [number = '', ...rest] = said.slice(at);
  return rest.every((word) => TRAILING.has(word)) ? (numerals.of.get(number) ?? null) : null;
}

const LONGEST = 40;
const TRAILING = new Set(['one', 'tack', 'please', 'alternativet']);

interface Numerals {
  of: ReadonlyMap<string, Ordinal>;
  leads: ReadonlySet<string>;
}
/** Built on first use and kept. */
let numerals: Numerals | undefined;

const readNumerals = (): Numerals => ({
  of: new Map(
    [words['1'], words['2'], words['3'], words['4']].flatMap((list, i) =>
      list.split(' ').map((word) => [plain(word), ORDINALS[i] ?? 'first'] as const),
    ),
  ),
  leads: new Set(words.lead.split(' ').map(plain)),
});

const plain = (text: string): string =>
  unifyArabic(fold(text.normalize('NFKC').toLowerCase()))
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/:/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
