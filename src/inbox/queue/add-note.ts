import { and, eq } from 'drizzle-orm';
import { record } from '../../../db/append.ts';
import { isErased } from '../../../db/erase.ts';
import { newId } from '../../../db/schema/columns.ts';
import { note } from '../../../db/schema/conversation.ts';
import type { Note } from '../wire.ts';
import { type Actor, asStaff, type Desk, Refusal } from './desk.ts';
import { lockRow } from './hold.ts';

/**
 * A word between colleagues, in a table no visitor's query can reach (F37). Anyone who may read the conversation may note.
 * @throws Refusal `not-found`, `erased`.
 */
export async function addNote(
  desk: Desk,
  actor: Actor,
  id: string,
  words: { clientId: string; text: string },
): Promise<Note> {
  const { row, added } = await asStaff(desk, actor, async (tx, closing) => {
    const row = await lockRow(tx, id);
    if (isErased(row)) throw new Refusal('erased');
    const key = desk.vault.unwrap(row);
    const [known] = await tx
      .select()
      .from(note)
      .where(and(eq(note.conversationId, id), eq(note.clientId, words.clientId)));
    if (known) return { row, added: { ...known, text: desk.vault.open(key, known.body, known.id) } };
    const at = desk.clock();
    const noteId = newId('nte');
    const body = desk.vault.seal(key, words.text, noteId);
    await tx
      .insert(note)
      .values({ id: noteId, conversationId: id, workerId: actor.id, clientId: words.clientId, body, at });
    await record(tx, row, 'note', at);
    closing.audit({ action: 'note', conversationId: id });
    return { row, added: { id: noteId, at, text: words.text } };
  });
  desk.announce(row);
  return { id: added.id, worker: actor.name, text: added.text, at: added.at.toISOString() };
}
