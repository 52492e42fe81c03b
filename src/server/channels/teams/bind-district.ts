import { eq, sql } from 'drizzle-orm';
import { appendAudit } from '../../../../db/audit.ts';
import type { Db } from '../../../../db/client.ts';
import { district, type TeamsReference } from '../../../../db/schema/place.ts';
import type { Actor } from '../../../inbox/queue/desk.ts';

/**
 * Cards of a district go to this Teams conversation from now on; its former one is forgotten.
 * @param wanted the district's name, slug or a former name, however it is written. @returns its name, or null when there is none.
 */
export async function bindDistrict(
  db: Db,
  actor: Actor,
  wanted: string,
  teams: Omit<TeamsReference, 'boundAt'>,
  now: Date,
): Promise<string | null> {
  const all = await db.select().from(district);
  const found = all.find(({ slug, name, aliases }) => [slug, name, ...aliases].some((n) => plain(n) === plain(wanted)));
  if (!found) return null;
  await db.transaction(async (tx) => {
    const { serviceUrl, conversationId, tenantId, botId } = teams;
    const reference = { serviceUrl, conversationId, tenantId, botId, boundAt: now.toISOString() };
    await tx.update(district).set({ teams: reference }).where(eq(district.slug, found.slug));
    const detail = { district: found.slug };
    await appendAudit(tx, { actor: actor.id, action: 'teams-bind', conversationId: null, detail }, now);
  });
  return found.name;
}

/** No cards to this Teams conversation any more. @returns the names of the districts whose cards went there. */
export async function unbindDistricts(db: Db, actor: Actor, conversationId: string, now: Date): Promise<string[]> {
  return db.transaction(async (tx) => {
    const freed = await tx
      .update(district)
      .set({ teams: null })
      .where(sql`${district.teams} ->> 'conversationId' = ${conversationId}`)
      .returning({ slug: district.slug, name: district.name });
    for (const { slug } of freed) {
      const detail = { district: slug };
      await appendAudit(tx, { actor: actor.id, action: 'teams-unbind', conversationId: null, detail }, now);
    }
    return freed.map(({ name }) => name);
  });
}

/** `Hägersten–Älvsjö`, `hägersten älvsjö` and `hagersten-alvsjo` are one place. */
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
