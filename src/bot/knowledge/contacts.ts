import { z } from 'zod';
import data from './contacts.json' with { type: 'json' };

/** V: read on the provider's own page. V2: second-hand. NV: not verified. OLD: the page is old. (DOMAIN "Phone status") */
const contactSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.strictObject({ sv: z.string().min(1), en: z.string().min(1) }),
  number: z.string().regex(/^[\d -]+$/),
  tel: z.string().regex(/^\d+$/),
  status: z.enum(['V', 'V2', 'NV', 'OLD']),
  verifiedAt: z.iso.date().nullable(),
  source: z.string().min(1),
  for: z.string().min(1),
});
export type Contact = z.infer<typeof contactSchema>;

export interface Contacts {
  /** The number as people read it, or null when the contact is unknown or may not be shown. */
  number(id: string): string | null;
  /** The contact itself, for a `tel:` button; null under the same rule. */
  shown(id: string): Contact | null;
  known(id: string): boolean;
}

/**
 * The one gate every telephone number passes on its way to a person. Only numbers with status V and a date of
 * verification come out (DOMAIN §2: "a number ships only when the City has ticked it"); 112 and 114 14 always do.
 */
export const createContacts = (rows: unknown = data): Contacts => {
  const byId = new Map(
    z
      .array(contactSchema)
      .parse(rows)
      .map((contact) => [contact.id, contact] as const),
  );
  const shown = (id: string): Contact | null => {
    const contact = byId.get(id);
    return contact && mayBeShown(contact) ? contact : null;
  };
  return { shown, number: (id) => shown(id)?.number ?? null, known: (id) => byId.has(id) };
};

/** Contacts a text may lean on without an optional span, because they are always shown. */
export const alwaysShown: ReadonlySet<string> = new Set(['112', '114-14']);

const mayBeShown = (contact: Contact): boolean =>
  alwaysShown.has(contact.id) || (contact.status === 'V' && contact.verifiedAt !== null);
