import { z } from 'zod';
import { type Books, bookHead, readBooks } from '../words/books.ts';
import { textsSchema } from './answer.ts';

/**
 * The topics a person must be able to read in every language we offer: danger, contact, secrecy, leaving, relatives,
 * talking to a human (issue 3 number 5; W7), and what the page's first taps lead to (issue 4 number 11). Others are answered in English.
 */
export const MUST_BE_TRANSLATED = [
  'emergency-112',
  'suicide-crisis',
  'threatened',
  'gang-debt',
  'domestic-violence',
  'honour',
  'missing-child',
  'contact-district',
  'anonymity',
  'confidentiality',
  'exit-crime',
  'exit-extremism',
  'first-offer',
  'sibling-friend',
  'relatives-support',
  'talk-to-human',
] as const;

const translationSchema = z.strictObject({
  ...bookHead,
  status: z.enum(['draft', 'approved']),
  /** By topic. `of` is the version of the answer it translates: one of an older version is not shown. */
  answers: z.record(z.string(), textsSchema.extend({ of: z.int().positive() })),
});
export type TranslationBook = z.infer<typeof translationSchema>;
export type Translations = Books<TranslationBook>;

/** Reads `translations/answers.<language>.json`. A file that cannot be used is left out and reported. */
export const readTranslations = (directory: URL = new URL('./translations/', import.meta.url)): Translations =>
  readBooks('answers', translationSchema, directory);
