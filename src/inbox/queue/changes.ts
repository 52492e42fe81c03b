import { sql } from 'drizzle-orm';
import { event } from '../../../db/schema/work.ts';
import type { StreamEvent } from '../wire.ts';
import { type Actor, asStaff, type Desk } from './desk.ts';

/** A place in the feed of events: `<transaction id>.<event id>`. Opaque to clients (`Last-Event-ID`). */
export type Cursor = string;

export interface Change {
  cursor: Cursor;
  event: StreamEvent;
}

/**
 * What has happened in the actor's districts after the cursor, in commit order. Only transactions below every running one are
 * read, so that a later commit can never slip in before the cursor (DATA §4). Without a cursor: nothing, and where "now" is.
 */
export async function changesAfter(
  desk: Desk,
  actor: Actor,
  cursor: Cursor | null,
  limit = 200,
): Promise<{ changes: Change[]; cursor: Cursor }> {
  return asStaff(desk, actor, async (tx) => {
    const from = parse(cursor);
    const [edge] = await tx.execute<{ xmin: string }>(
      sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`,
    );
    const now = `${edge?.xmin ?? '0'}.0`;
    // Ahead of this database: it was restored from a backup, and the cursor would stay silent for ever.
    if (!from || BigInt(from.xid) > BigInt(edge?.xmin ?? '0')) return { changes: [], cursor: now };
    const rows = await tx
      .select({
        xid: sql<string>`${event.xid}::text`,
        id: event.id,
        conversation: event.conversationId,
        kind: event.kind,
        version: event.version,
        seq: event.seq,
      })
      .from(event)
      .where(
        sql`(${event.xid}, ${event.id}) > (${from.xid}::xid8, ${from.id}) and ${event.xid} < pg_snapshot_xmin(pg_current_snapshot())`,
      )
      .orderBy(event.xid, event.id)
      .limit(limit);
    const changes = rows.map(({ xid, id, ...e }) => ({ cursor: `${xid}.${id}`, event: e }));
    return { changes, cursor: changes.at(-1)?.cursor ?? cursor ?? now };
  });
}

function parse(cursor: Cursor | null): { xid: string; id: number } | null {
  const match = /^(\d{1,20})\.(\d{1,15})$/.exec(cursor ?? '');
  return match?.[1] && match[2] ? { xid: match[1], id: Number(match[2]) } : null;
}
