import { z } from 'zod';
import { alwaysShown } from './contacts.ts';
import { contactsIn } from './render-text.ts';

/** An approved text. Numbers come by reference only, and one that may be hidden stands in an optional span. */
const approvedText = z
  .string()
  .trim()
  .min(1)
  .refine((text) => !/\d[\d -]*\d[\d -]*\d/.test(text.replace(/\{contact:[a-z0-9-]+\}/g, '')), {
    error: 'a telephone number stands in the text; write {contact:id}',
  })
  .refine((text) => contactsIn(text).required.every((id) => alwaysShown.has(id)), {
    error: 'a contact other than 112 and 114 14 stands outside [[ ]]',
  });

export const textsSchema = z.strictObject({
  title: approvedText,
  /** Paragraphs parted by a blank line, each a bubble in the web chat. */
  text: approvedText,
  /** One discreet text message (DOMAIN 5.6). */
  sms: approvedText,
});

export type AnswerTexts = z.infer<typeof textsSchema>;

const topicId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** One topic of eval/TOPICS.md as field workers edit it: `answers/<id>.json`. */
export const answerSchema = z.strictObject({
  id: topicId,
  version: z.int().positive(),
  /** Who mostly reads it: sets the reading level (DOMAIN 5.4). */
  audience: z.enum(['young', 'relative', 'all']),
  /** `pending`: written from DOMAIN.md, not yet signed by the City. `withdrawn`: never shown. */
  status: z.enum(['pending', 'approved', 'withdrawn']),
  /** A role, never a person. */
  reviewer: z.string().min(1),
  /** The last day the text may be shown. */
  reviewBy: z.iso.date(),
  source: z.array(z.string().min(1)).min(1),
  texts: z.strictObject({ sv: textsSchema, en: textsSchema }),
  /** Words and phrases a person would use; only the search reads them. */
  queries: z.strictObject({ sv: z.array(z.string().min(1)).min(1), en: z.array(z.string().min(1)).min(1) }),
  /** Topics offered next, best first. */
  next: z.array(topicId).max(3),
});
export type AnswerFile = z.infer<typeof answerSchema>;

export type ContentLanguage = 'sv' | 'en';

export const isOriginal = (tag: string): tag is ContentLanguage => tag === 'sv' || tag === 'en';

/** The language content is served in: what we have, otherwise English for foreigners and Swedish for the rest. */
export const contentLanguage = (language: string): ContentLanguage =>
  /^(sv|nb|nn|no|da)\b/i.test(language) || language === '' ? 'sv' : 'en';
