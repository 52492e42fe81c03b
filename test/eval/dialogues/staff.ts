import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { append, type ConversationRow } from '../../../db/append.ts';
import { conversation } from '../../../db/schema/conversation.ts';
import { claim } from '../../../src/inbox/queue/claim.ts';
import { close } from '../../../src/inbox/queue/close.ts';
import type { Actor } from '../../../src/inbox/queue/desk.ts';
import { handBack } from '../../../src/inbox/queue/hand-back.ts';
import { open } from '../../../src/inbox/queue/open.ts';
import { Claimed, Opened } from '../../../src/inbox/wire.ts';
import type { House } from './start-house.ts';
import { ask } from './visitor.ts';

/** What staff do to a conversation in a script. */
export interface Staff {
  takeOver(row: ConversationRow): Promise<void>;
  handBack(row: ConversationRow): Promise<void>;
  /** What staff may read of what the visitor has written: masked. */
  summary(row: ConversationRow): Promise<string>;
  /** A follow-up or broadcast, as such a job would send it. */
  send(row: ConversationRow): Promise<void>;
  /** Ends it, so that the next script finds an empty queue. */
  end(row: ConversationRow): Promise<void>;
}

const FOLLOW_UP = { sv: 'Hej. Vi finns kvar om du vill skriva.', en: 'Hello. We are here if you want to write.' };

/**
 * A signed-in worker over the staff API where the worker's districts reach; elsewhere the same verbs are called directly,
 * as a colleague of that district.
 */
export async function createStaff(house: House): Promise<Staff> {
  const { desk } = house.deps.inbox;
  const { token } = await ask(z.object({ token: z.string() }), `${house.url}/dev/sign-in`, {
    method: 'POST',
    body: JSON.stringify({ worker: 'jarva-1' }),
  });
  const headers = { authorization: `Bearer ${token}` };
  const api = (row: ConversationRow, verb = '') => `${house.url}/api/inbox/conversations/${row.id}${verb}`;
  const reaches = (row: ConversationRow) => row.district === 'jarva' || row.district === 'staden';
  const colleague = (row: ConversationRow): Actor => ({
    id: 'jarva-1',
    name: 'Järva 1',
    role: 'worker',
    districts: [row.district],
  });

  const staff: Staff = {
    async takeOver(row) {
      if (reaches(row)) await ask(Claimed, api(row, '/claim'), { method: 'POST', headers, body: '{}' });
      else await claim(desk, colleague(row), row.id);
    },
    async handBack(row) {
      const body = JSON.stringify({ claim: row.claimToken });
      if (reaches(row)) await ask(z.unknown(), api(row, '/hand-back'), { method: 'POST', headers, body });
      else await handBack(desk, colleague(row), row.id, { claim: row.claimToken ?? '' });
    },
    async summary(row) {
      const opened = reaches(row) ? await ask(Opened, api(row), { headers }) : await open(desk, colleague(row), row.id);
      return opened.messages
        .filter((m) => m.author === 'visitor')
        .map((m) => m.text)
        .join('\n');
    },
    async send(row) {
      const text = row.language === 'sv' ? FOLLOW_UP.sv : FOLLOW_UP.en;
      await desk.db.transaction(async (tx) => {
        const [locked] = await tx.select().from(conversation).where(eq(conversation.id, row.id)).for('update');
        if (!locked) return;
        const said = { author: 'system' as const, text, language: row.language };
        const { deliveryId } = await append(tx, desk.vault, locked, said, house.clock());
        if (deliveryId) await desk.jobs.sms(tx, deliveryId, row.id);
      });
      desk.announce({ threadId: row.threadId, district: row.district });
    },
    async end(row) {
      if (row.owner === 'closed') return;
      const held = row.owner === 'worker' ? row.claimToken : null;
      const token = held ?? (await claim(desk, colleague(row), row.id)).claim;
      await close(desk, colleague(row), row.id, token, 'informed');
    },
  };
  return staff;
}
