import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { isTranslated, type TextStatus } from './languages.ts';

/** What every file of fixed words says about itself. `reviewer` is a role, never a person. */
export const bookHead = {
  version: z.int().positive(),
  status: z.enum(['original', 'draft', 'approved']),
  reviewer: z.string().min(1),
  reviewBy: z.iso.date(),
  language: z.string().min(2),
} as const;

export interface Book {
  version: number;
  status: TextStatus;
  reviewBy: string;
  language: string;
}

export interface Books<B extends Book> {
  of(tag: string): B | undefined;
  /** Files that could not be used. Ids and rule texts only. */
  broken: readonly string[];
  all: readonly B[];
}

/**
 * Reads `<kind>.<language>.json` beside this file, or from `directory`. A broken translation is left out and reported, so
 * that its readers get both originals (W8); a broken original stops the start.
 */
export const readBooks = <B extends Book>(
  kind: string,
  schema: z.ZodType<B>,
  directory: URL = new URL('./', import.meta.url),
): Books<B> => {
  const books = new Map<string, B>();
  const broken: string[] = [];
  for (const name of readdirSync(directory).sort()) {
    const [, tag] = new RegExp(`^${kind}\\.([a-z]{2,3})\\.json$`).exec(name) ?? [];
    if (!tag) continue;
    const file = new URL(name, directory);
    if (isTranslated(tag)) {
      const book = schema.safeParse(readJson(file)).data;
      if (book?.language === tag && book.status !== 'original') books.set(tag, book);
      else broken.push(`${name}: cannot be used, Swedish and English are said instead`);
    } else books.set(tag, schema.parse(readJson(file)));
  }
  return { of: (tag) => books.get(tag), broken, all: [...books.values()] };
};

const readJson = (file: URL): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
};
