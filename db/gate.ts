import { eq } from 'drizzle-orm';
import type { Reader } from './client.ts';
import { phone } from './schema/conversation.ts';

/** Whether a conversation's person may be written to openly: on the web always, on a phone once they have said yes (DOMAIN 5.6). */
export type StoredGate = 'unasked' | 'asked' | 'open';

export const gateIn = (
  row: Pick<typeof phone.$inferSelect, 'gateAskedAt' | 'openSince'> | null | undefined,
): StoredGate => (!row || row.openSince ? 'open' : row.gateAskedAt ? 'asked' : 'unasked');

export async function gateOf(db: Reader, { phoneId }: { phoneId: string | null }): Promise<StoredGate> {
  if (!phoneId) return 'open';
  const [row] = await db
    .select({ gateAskedAt: phone.gateAskedAt, openSince: phone.openSince })
    .from(phone)
    .where(eq(phone.id, phoneId));
  return gateIn(row);
}
