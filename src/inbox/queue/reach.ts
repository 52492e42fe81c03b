import { eq } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { isErased } from '../../../db/erase.ts';
import { gateIn, type StoredGate } from '../../../db/gate.ts';
import { phone } from '../../../db/schema/conversation.ts';
import type { Unreachable } from '../wire.ts';

/** Whether anything can reach the person (F45), and whether they may be written to openly (DOMAIN 5.6). */
export async function reachOf(
  tx: Tx,
  row: ConversationRow,
): Promise<{ unreachable: Unreachable | null; gate: StoredGate }> {
  const [from] =
    row.phoneId && row.channel === 'sms'
      ? await tx
          .select({ optedOutAt: phone.optedOutAt, gateAskedAt: phone.gateAskedAt, openSince: phone.openSince })
          .from(phone)
          .where(eq(phone.id, row.phoneId))
      : [];
  return { unreachable: whyNot(row, from), gate: gateIn(from) };
}

function whyNot(row: ConversationRow, from: { optedOutAt: Date | null } | undefined): Unreachable | null {
  if (isErased(row)) return 'erased';
  if (row.channel === 'sms' && !from) return 'no-number';
  return from?.optedOutAt ? 'opted-out' : null;
}
