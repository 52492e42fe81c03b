import { z } from 'zod';
import data from './bridge-words.json' with { type: 'json' };
import { wordsOf } from './words-of.ts';

const listSchema = z.strictObject({ words: z.string().min(1), phrases: z.array(z.string().min(1)) });
const bookSchema = z.strictObject({
  version: z.int().positive(),
  reviewer: z.string(),
  note: z.string(),
  sv: listSchema,
  en: listSchema,
});

interface Ordinary {
  words: ReadonlySet<string>;
  /** Expressions whose words are not ordinary by themselves. */
  phrases: readonly string[][];
}

let books: { sv: Ordinary; en: Ordinary } | undefined;

/** The words a bridge may be made of. Read and checked once, at first use. */
export function ordinary(language: 'sv' | 'en'): Ordinary {
  books ??= read();
  return books[language];
}

function read() {
  const book = bookSchema.parse(data);
  const compiled = ({ words, phrases }: z.infer<typeof listSchema>): Ordinary => ({
    words: new Set(wordsOf(words)),
    phrases: phrases.map(wordsOf),
  });
  return { sv: compiled(book.sv), en: compiled(book.en) };
}
