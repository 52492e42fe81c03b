import { z } from 'zod';
import { type Contacts, createContacts } from '../knowledge/contacts.ts';
import { renderText } from '../knowledge/render-text.ts';
import type { Channel, Opening, RiskKind } from '../outcome.ts';
import { type Books, bookHead, readBooks } from './books.ts';
import { spokenIn, together } from './languages.ts';
import type { Said } from './phrases.ts';
import { sayWhen } from './say-when.ts';

export interface DangerSituation {
  /** The gravest kind first; an empty list is answered in general words. */
  kinds: readonly RiskKind[];
  level: 'emergency' | 'urgent';
  /** `other`: a relative, friend or bystander writes about somebody else. */
  about: 'self' | 'other';
  language: string;
  channel: Channel;
  /** Short replies were asked for, or the phone is watched. A text message is always brief. */
  brief: boolean;
  opening: Opening;
  now: Date;
}

/** What is said when danger is heard: 112 first in an emergency, "if it becomes dangerous" when urgent (B6-B11). */
export type DangerWords = (situation: DangerSituation) => Said;

const aboutSchema = z.strictObject({ self: z.string().min(1), other: z.string().min(1) });
const levelsSchema = z.strictObject({ emergency: aboutSchema, urgent: aboutSchema });
const bookSchema = z.strictObject({
  ...bookHead,
  head: levelsSchema,
  short: levelsSchema,
  alarmed: z.record(z.string(), z.string().min(1)),
  families: z.record(z.string(), levelsSchema.extend({ short: aboutSchema })),
});
export type DangerBook = z.infer<typeof bookSchema>;
type Family =
  | 'suicide'
  | 'weapon'
  | 'coercion'
  | 'overdose'
  | 'abuse'
  | 'missing'
  | 'exploitation'
  | 'threat'
  | 'harm'
  | 'general';

export const readDangerBooks = (directory?: URL): Books<DangerBook> => readBooks('danger', bookSchema, directory);

/**
 * Fixed, human-written texts only; nothing here is generated (AI2). They claim an alarm, so say them with one. A draft
 * translation is said together with English, a missing one in Swedish and English; each part carries 112 (W8).
 */
export const createDangerWords = (
  contacts: Pick<Contacts, 'number'> = createContacts(),
  books: Pick<Books<DangerBook>, 'of'> = readDangerBooks(),
): DangerWords => {
  return (situation) => {
    const name = familyOf(situation.kinds);
    const tags = spokenIn(situation.language, (tag) =>
      isWhole(books.of(tag), name) ? (books.of(tag)?.status ?? null) : null,
    );
    const texts = tags.map((tag) => ({
      language: tag,
      text: dangerText(books.of(tag), name, tag, situation, contacts),
    }));
    return {
      text: together(texts, situation.channel),
      ref: { id: `words:danger:${name}:${situation.level}`, version: books.of(tags[0] ?? 'en')?.version ?? 1 },
    };
  };
};

const dangerText = (
  book: DangerBook | undefined,
  name: Family,
  language: string,
  { level, about, channel, brief, opening, now }: DangerSituation,
  contacts: Pick<Contacts, 'number'>,
): string => {
  const family = book?.families[name];
  const short = brief || channel === 'sms';
  const head = (short ? book?.short : book?.head)?.[level][about] ?? '';
  const body = (short ? family?.short : family?.[level])?.[about] ?? '';
  const alarmed = book?.alarmed[`${stateOf(opening)}${short ? '_short' : ''}`] ?? '';
  const order = level === 'emergency' ? [head, body, alarmed] : [body, head, alarmed];
  const when = opening.opensAt ? sayWhen(opening.opensAt, now, language) : '';
  return renderText(order.join(short ? ' ' : '\n\n'), contacts, { when });
};

/** A translation that lacks a part is not used for it: half a danger text is worse than another language. */
const isWhole = (book: DangerBook | undefined, name: Family): boolean =>
  book?.families[name] !== undefined && alarms.every((key) => book.alarmed[key] !== undefined);

const alarms = ['open', 'closed', 'unknown', 'open_short', 'closed_short', 'unknown_short'] as const;

const stateOf = (opening: Opening): 'open' | 'closed' | 'unknown' =>
  opening.open ? 'open' : opening.opensAt ? 'closed' : 'unknown';

/** Which texts fit: the kind that decides what to do with one's body and hands comes before the rest. */
const familyOf = (kinds: readonly RiskKind[]): Family => {
  const [first] = families.filter(([kind]) => kinds.includes(kind));
  return first?.[1] ?? 'general';
};

const families: readonly (readonly [RiskKind, Family])[] = [
  ['overdose', 'overdose'],
  ['suicide', 'suicide'],
  ['weapon', 'weapon'],
  ['violence_ongoing', 'threat'],
  ['missing', 'missing'],
  ['abuse_honour', 'abuse'],
  ['sexual_exploitation', 'exploitation'],
  ['coercion_debt', 'coercion'],
  ['threat_to_others', 'harm'],
  ['threatened', 'threat'],
  ['selfharm', 'suicide'],
];
