import { eq, sql } from 'drizzle-orm';
import { appendAudit } from './audit.ts';
import type { Tx } from './client.ts';
import { type DistrictHours, district } from './schema/place.ts';

/**
 * Writes a district's opening hours, with who did it and what they are now in the audit, and tells every process at the commit
 * (inside the transaction, for hours change a few times a year). @returns false when there is no such district.
 */
export async function writeHours(
  tx: Tx,
  actor: string,
  slug: string,
  hours: DistrictHours | null,
  now: Date,
): Promise<boolean> {
  const [row] = await tx
    .update(district)
    .set({ hours })
    .where(eq(district.slug, slug))
    .returning({ slug: district.slug });
  if (!row) return false;
  await tx.execute(sql`select pg_notify('utvag', 'hours [{"t":"hours:all","k":"changed"}]')`);
  const detail = { district: slug, hours: hours && JSON.stringify(hours) };
  await appendAudit(tx, { actor, action: 'hours', conversationId: null, detail }, now);
  return true;
}
