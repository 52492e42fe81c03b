import type { z } from 'zod';
import { addNote } from '../../inbox/queue/add-note.ts';
import { accept, decline } from '../../inbox/queue/answer-offer.ts';
import { claim } from '../../inbox/queue/claim.ts';
import { close, forceClose } from '../../inbox/queue/close.ts';
import type { Actor, Desk } from '../../inbox/queue/desk.ts';
import { breakTheGlass } from '../../inbox/queue/glass.ts';
import { handBack } from '../../inbox/queue/hand-back.ts';
import { setLegalHold } from '../../inbox/queue/legal-hold.ts';
import { keepProtected, openProtected } from '../../inbox/queue/protected.ts';
import { release } from '../../inbox/queue/release.ts';
import { remind, reminderDone } from '../../inbox/queue/reminders.ts';
import { reopen } from '../../inbox/queue/reopen.ts';
import { reply } from '../../inbox/queue/reply.ts';
import { takeOver } from '../../inbox/queue/take-over.ts';
import { transfer, withdraw } from '../../inbox/queue/transfer.ts';
import { translate, translateDraft } from '../../inbox/queue/translate.ts';
import * as wire from '../../inbox/wire.ts';

/** Registers one verb: `POST …/conversations/:id/<name>` with a body of the schema's shape. */
export type Register = <T extends z.ZodType>(
  name: string,
  body: T,
  run: (actor: Actor, id: string, body: z.infer<T>) => Promise<object>,
  status?: 201,
) => void;

/** Every verb of the queue, each with the shape of its body. */
export function inboxVerbs(desk: Desk, verb: Register): void {
  verb('claim', wire.ClaimBody, (actor, id) => claim(desk, actor, id));
  verb('release', wire.ReleaseBody, async (actor, id, body) => ({
    conversation: await release(desk, actor, id, body),
  }));
  verb('hand-back', wire.HandBackBody, async (actor, id, body) => ({
    conversation: await handBack(desk, actor, id, body),
  }));
  verb('close', wire.CloseBody, async (actor, id, body) => ({
    conversation:
      'claim' in body
        ? await close(desk, actor, id, body.claim, body.outcome)
        : await forceClose(desk, actor, id, body.reason, body.outcome),
  }));
  verb('reopen', wire.ReopenBody, (actor, id) => reopen(desk, actor, id));
  verb('take-over', wire.TakeOverBody, (actor, id, { reason }) => takeOver(desk, actor, id, reason));
  verb('hold', wire.HoldBody, async (actor, id, { on }) => ({ conversation: await setLegalHold(desk, actor, id, on) }));

  verb('transfer', wire.TransferBody, async (actor, id, { claim: token, ...to }) => ({
    offer: await transfer(desk, actor, id, token, to),
  }));
  verb('withdraw', wire.WithdrawBody, async (actor, id, body) => ({
    offer: await withdraw(desk, actor, id, body.claim),
  }));
  verb('accept', wire.AcceptBody, (actor, id) => accept(desk, actor, id));
  verb('decline', wire.DeclineBody, async (actor, id, { reason }) => ({
    offer: await decline(desk, actor, id, reason),
  }));

  verb('reply', wire.ReplyBody, async (actor, id, body) => ({ message: await reply(desk, actor, id, body) }), 201);
  verb('translate', wire.TranslateBody, async (actor, id, body) => ({
    translation: await ('seq' in body ? translate(desk, actor, id, body) : translateDraft(desk, actor, id, body.text)),
  }));
  verb('note', wire.NoteBody, async (actor, id, body) => ({ note: await addNote(desk, actor, id, body) }), 201);
  verb('reminders', wire.ReminderBody, async (actor, id, b) => ({ reminder: await remind(desk, actor, id, b) }), 201);
  verb('reminder-done', wire.ReminderDoneBody, async (actor, id, body) => ({
    promised: await reminderDone(desk, actor, id, body.reminder),
  }));

  verb(
    'glass',
    wire.GlassBody,
    async (actor, id, { reason }) => ({ glass: await breakTheGlass(desk, actor, id, reason) }),
    201,
  );
  verb('protected', wire.ProtectedBody, (actor, id, body) => openProtected(desk, actor, id, body.claim));
  verb('keep-protected', wire.ProtectedBody, (actor, id, body) => keepProtected(desk, actor, id, body.claim));
}
