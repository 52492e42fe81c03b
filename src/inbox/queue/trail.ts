import { and, asc, eq, ne } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Tx } from '../../../db/client.ts';
import { breakGlass, transfer } from '../../../db/schema/desk.ts';
import { worker } from '../../../db/schema/staff.ts';
import type { TrailLine } from '../wire.ts';

const decider = alias(worker, 'decider');

/** Through whose hands and before whose eyes the conversation went, oldest first: offers, takeovers, broken glass. No words. */
export async function trailOf(tx: Tx, id: string): Promise<TrailLine[]> {
  const hands = await tx
    .select({ t: transfer, from: worker.name, by: decider.name })
    .from(transfer)
    .innerJoin(worker, eq(worker.id, transfer.fromWorker))
    .leftJoin(decider, eq(decider.id, transfer.decidedBy))
    .where(and(eq(transfer.conversationId, id), ne(transfer.state, 'offered')))
    .orderBy(asc(transfer.offeredAt));
  const eyes = await tx
    .select({ g: breakGlass, by: worker.name })
    .from(breakGlass)
    .innerJoin(worker, eq(worker.id, breakGlass.workerId))
    .where(eq(breakGlass.conversationId, id))
    .orderBy(asc(breakGlass.at));
  const lines: TrailLine[] = [
    ...hands.map(({ t, from, by }) => ({
      kind: t.state,
      at: (t.decidedAt ?? t.offeredAt).toISOString(),
      from,
      by,
      district: t.toDistrict,
      reason: t.reason,
      until: null,
    })),
    ...eyes.map(({ g, by }) => ({
      kind: 'glass' as const,
      at: g.at.toISOString(),
      from: null,
      by,
      district: null,
      reason: g.reason,
      until: g.expiresAt.toISOString(),
    })),
  ];
  return lines.sort((a, b) => a.at.localeCompare(b.at));
}
