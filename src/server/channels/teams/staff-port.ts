import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../../db/client.ts';
import { card } from '../../../../db/schema/work.ts';
import type { StaffPlace, StaffPort } from '../../../bot/handler.ts';
import type { CardJson } from '../../../inbox/cards/card-json.ts';
import { conversationCard } from '../../../inbox/cards/conversation-card.ts';
import { noticeCard } from '../../../inbox/cards/notice-card.ts';
import { type Actor, Refusal } from '../../../inbox/queue/desk.ts';
import { findActor } from '../../../inbox/queue/find-actor.ts';
import { factsOf, type Log } from '../../log.ts';
import { bindDistrict, unbindDistricts } from './bind-district.ts';
import { cardsOwed } from './cards-owed.ts';
import { readTruth, type Truth } from './read-truth.ts';

export interface StaffPortDeps {
  db: Db;
  /** The same claim as in the tab; throws `Refusal`. */
  claim(actor: Actor, conversationId: string): Promise<unknown>;
  /** Asks for the conversation's card to be made true. */
  repair(conversationId: string): Promise<void>;
  log: Log;
  clock(): Date;
  publicUrl: string;
}

const HELP =
  'Skriv ”koppla” och stadsdelens namn, så kommer stadsdelens kort hit. Skriv ”koppla bort” för att sluta. Stadens gemensamma kö heter Staden.';
const NOT_YOURS = 'Det kan bara en samordnare eller administratör göra. Be din samordnare om hjälp.';

const Click = z.object({ conversation: z.string().min(1).max(80), version: z.number().int() });

/** What staff may do from Teams itself: bind a district to a channel, and take a conversation over from its card. */
export function createStaffPort(deps: StaffPortDeps): StaffPort {
  const { db, clock, log } = deps;
  return {
    async command(text, who, place) {
      const wanted = /^koppla\s+(.+)$/iu.exec(text.replaceAll('&nbsp;', ' ').replace(/\s+/gu, ' ').trim())?.[1];
      if (!wanted) return HELP;
      const actor = who ? await findActor(db, who) : null;
      if (!actor || !BINDERS.has(actor.role)) return NOT_YOURS;
      return wanted.toLowerCase() === 'bort' ? unbind(actor, place) : bind(actor, wanted, place);
    },

    async action(verb, data, who, place) {
      try {
        const actor = who ? await findActor(db, who) : null;
        if (!actor) return noticeCard('stranger');
        const click = Click.safeParse(data);
        if (verb !== 'claim' || !click.success) return noticeCard('absent');
        return await takeOver(actor, click.data, place);
      } catch (error) {
        log.error('card.action', factsOf(error));
        return noticeCard('unreadable');
      }
    },
  };

  async function bind(actor: Actor, wanted: string, place: StaffPlace): Promise<string> {
    const name = await bindDistrict(db, actor, wanted, { ...place, conversationId: rootOf(place) }, clock());
    if (!name) return `Jag känner inte igen stadsdelen. ${HELP}`;
    for (const id of await cardsOwed(db, clock())) await deps.repair(id);
    return `Klart. Kort för ${name} kommer hit.`;
  }

  async function unbind(actor: Actor, place: StaffPlace): Promise<string> {
    const names = await unbindDistricts(db, actor, rootOf(place), clock());
    return names.length > 0
      ? `Klart. Kort för ${names.join(' och ')} kommer inte hit längre.`
      : 'Inget var kopplat hit.';
  }

  /** Whatever became of the claim, the answer is what holds now; a card that was behind is put right for all (F33). */
  async function takeOver(actor: Actor, click: z.infer<typeof Click>, place: StaffPlace): Promise<CardJson> {
    const claimed = await deps.claim(actor, click.conversation).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof Refusal))
          log.error('card.claim', { ...factsOf(error), conversation: click.conversation });
        return false;
      },
    );
    const truth = await readTruth(db, deps.publicUrl, click.conversation);
    if (!truth || !actor.districts.includes(truth.district)) return noticeCard('absent');
    await adopt(truth, place);
    if (!claimed && click.version !== truth.facts.version) await outdate(click.conversation);
    return conversationCard(truth.facts);
  }

  /** The answer to the post was lost, yet here is a click on it: now the card's id is known (F30). */
  async function adopt({ facts }: Truth, place: StaffPlace): Promise<void> {
    if (!place.cardId) return;
    const lost = and(eq(card.conversationId, facts.conversation), eq(card.error, 'unknown'));
    const [row] = await db.select().from(card).where(lost);
    if (row?.activityId !== null || rootOf({ conversationId: row.teamsConversationId }) !== rootOf(place)) return;
    const set = { activityId: place.cardId, teamsConversationId: place.conversationId, error: null, version: STALE };
    await db.update(card).set(set).where(lost);
    await deps.repair(facts.conversation);
  }

  async function outdate(conversationId: string): Promise<void> {
    await db.update(card).set({ version: STALE }).where(eq(card.conversationId, conversationId));
    await deps.repair(conversationId);
  }
}

/** No conversation has this version: the next sync edits the card whatever it is thought to show. */
const STALE = -1;
const BINDERS = new Set<Actor['role']>(['coordinator', 'admin']);

/** A channel's id without the thread in which the bot was written to. */
const rootOf = ({ conversationId }: { conversationId: string }): string => conversationId.replace(/;messageid=.*$/, '');
