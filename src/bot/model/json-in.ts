import type { z } from 'zod';

const LONGEST_READ = 20_000;
const MOST_BEGINNINGS = 40;

/**
 * The answer of the wanted shape in what a model wrote: plain JSON, in a code fence, or after words and thinking aloud.
 * The last that fits counts, since models that talk conclude last. Null when none fits.
 */
export function jsonIn<T>(text: string, schema: z.ZodType<T>): T | null {
  const read = text.slice(-LONGEST_READ);
  for (const piece of [read, ...objectsFromTheEnd(read)]) {
    const parsed = schema.safeParse(parse(piece));
    if (parsed.success) return parsed.data;
  }
  return null;
}

function* objectsFromTheEnd(text: string): Generator<string> {
  let at = text.lastIndexOf('{');
  for (let n = 0; at >= 0 && n < MOST_BEGINNINGS; n += 1) {
    const end = endOfObject(text, at);
    if (end > 0) yield text.slice(at, end);
    at = at === 0 ? -1 : text.lastIndexOf('{', at - 1);
  }
}

function endOfObject(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign === '\\') at += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '{') depth += 1;
    else if (sign === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function parse(piece: string): unknown {
  try {
    return JSON.parse(piece);
  } catch {
    return null;
  }
}
