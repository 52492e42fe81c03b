import { z } from 'zod';
import { contentLanguage } from '../knowledge/answer.ts';
import { type Contacts, createContacts } from '../knowledge/contacts.ts';
import { renderText } from '../knowledge/render-text.ts';
import type { Channel, Opening, RiskKind } from '../outcome.ts';
import english from './danger.en.json' with { type: 'json' };
import swedish from './danger.sv.json' with { type: 'json' };
import { sayWhen } from './hours.ts';
import type { Said } from './phrases.ts';

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
  version: z.int().positive(),
  reviewer: z.string(),
  reviewBy: z.iso.date(),
  language: z.enum(['sv', 'en']),
  head: levelsSchema,
  short: levelsSchema,
  alarmed: z.record(z.string(), z.string().min(1)),
  families: z.record(z.string(), levelsSchema.extend({ short: aboutSchema })),
});
type Family = keyof typeof swedish.families;

/** Fixed, human-written texts only; nothing here is generated (AI2). They claim an alarm, so say them with one. */
export const createDangerWords = (contacts: Pick<Contacts, 'number'> = createContacts()): DangerWords => {
  const books = { sv: bookSchema.parse(swedish), en: bookSchema.parse(english) };
  return ({ kinds, level, about, language, channel, brief, opening, now }) => {
    const book = books[contentLanguage(language)];
    const name = familyOf(kinds);
    const family = book.families[name];
    const short = brief || channel === 'sms';
    const head = (short ? book.short : book.head)[level][about];
    const body = (short ? family?.short : family?.[level])?.[about] ?? '';
    const alarmed = book.alarmed[`${stateOf(opening)}${short ? '_short' : ''}`] ?? '';
    const order = level === 'emergency' ? [head, body, alarmed] : [body, head, alarmed];
    const when = opening.opensAt ? sayWhen(opening.opensAt, now, contentLanguage(language)) : '';
    return {
      text: renderText(order.join(short ? ' ' : '\n\n'), contacts, { when }),
      ref: { id: `words:danger:${name}:${level}`, version: book.version },
    };
  };
};

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
