import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../../db/client.ts';
import { card } from '../../../../db/schema/work.ts';
import type { StaffPlace, StaffPort } from '../../../bot/handler.ts';
import type { CardJson } from '../../../inbox/cards/card-json.ts';
import { conversationCard, type Links } from '../../../inbox/cards/conversation-card.ts';
import { noticeCard } from '../../../inbox/cards/notice-card.ts';
import { type Actor, Refusal } from '../../../inbox/queue/desk.ts';
import { findActor } from '../../../inbox/queue/find-actor.ts';
import { factsOf, type Log } from '../../log.ts';
import { bindDistrict, unbindDistricts } from './bind-district.ts';
import { cardsOwed } from './cards-owed.ts';
import { channelOf } from './line.ts';
import { choosePersonalAlerts, meetInPerson, partInPerson } from './personal-chat.ts';
import { readTruth, type Truth } from './read-truth.ts';
import { STALE } from './sync-card.ts';

export interface StaffPortDeps extends Links {
  db: Db;
  /** The same claim as in the tab; throws `Refusal`. */
  claim(actor: Actor, conversationId: string): Promise<unknown>;
  /** Asks for the conversation's card to be made true. */
  repair(conversationId: string): Promise<void>;
  /** Shows this in place of a card that is nobody's any more; it may fail. */
  mend(place: StaffPlace & { cardId: string }, content: CardJson): Promise<void>;
  log: Log;
  clock(): Date;
}

const HELP =
  'Skriv ”koppla” och stadsdelens namn, så kommer stadsdelens kort hit. Skriv ”koppla bort” för att sluta. Stadens gemensamma kö heter Staden.';
const STRANGER = 'Du har inte behörighet än. Be din samordnare lägga till dig.';
const NOT_YOURS = 'Det kan bara en samordnare eller administratör göra. Be din samordnare om hjälp.';

const Click = z.object({ conversation: z.string().min(1).max(80), version: z.number().int() });

/** What staff may do from Teams itself: bind a district to a channel, and take a conversation over from its card. */
export function createStaffPort(deps: StaffPortDeps): StaffPort {
  const { db, clock, log } = deps;
  return {
    async installed(here, who, place) {
      if (!place.personal) return here ? HELP : null;
      const actor = who ? await findActor(db, who) : null;
      if (!actor) return here ? STRANGER : null;
      if (here) return meetInPerson(db, actor, place, clock());
      await partInPerson(db, actor);
      return null;
    },

    async command(text, who, place) {
      const words = text.replaceAll('&nbsp;', ' ').replace(/\s+/gu, ' ').trim();
      const actor = who ? await findActor(db, who) : null;
      if (place.personal) {
        if (!actor) return STRANGER;
        await meetInPerson(db, actor, place, clock());
        return choosePersonalAlerts(db, actor, words);
      }
      const wanted = /^koppla\s+(.+)$/iu.exec(words)?.[1];
      if (!wanted) return HELP;
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
    const name = await bindDistrict(
      db,
      actor,
      wanted,
      { ...place, conversationId: channelOf(place.conversationId) },
      clock(),
    );
    if (!name) return `Jag känner inte igen stadsdelen. ${HELP}`;
    for (const id of await cardsOwed(db, clock())) await deps.repair(id);
    return `Klart. Kort för ${name} kommer hit.`;
  }

  async function unbind(actor: Actor, place: StaffPlace): Promise<string> {
    const names = await unbindDistricts(db, actor, channelOf(place.conversationId), clock());
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
    const truth = await readTruth(db, deps, click.conversation);
    if (!truth || !actor.districts.includes(truth.district)) return noticeCard('absent');
    await adopt(truth, place);
    void mendStray(truth, place);
    if (!claimed && click.version !== truth.facts.version) await outdate(click.conversation);
    return conversationCard(truth.facts);
  }

  /** The answer to the post was lost, yet here is a click on it: now the card's id is known (F30). */
  async function adopt({ facts }: Truth, place: StaffPlace): Promise<void> {
    if (!place.cardId) return;
    const lost = and(eq(card.conversationId, facts.conversation), eq(card.error, 'unknown'));
    const [row] = await db.select().from(card).where(lost);
    if (row?.activityId !== null || channelOf(row.teamsConversationId) !== channelOf(place.conversationId)) return;
    const set = { activityId: place.cardId, teamsConversationId: place.conversationId, error: null, version: STALE };
    await db.update(card).set(set).where(lost);
    await deps.repair(facts.conversation);
  }

  /** A click on a card that is not the one any more: all who see it see that. */
  async function mendStray({ facts }: Truth, place: StaffPlace): Promise<void> {
    const { cardId } = place;
    if (!cardId) return;
    try {
      const [row] = await db.select().from(card).where(eq(card.conversationId, facts.conversation));
      const posting = row?.activityId === null;
      if (posting || row?.activityId === cardId) return;
      await deps.mend({ ...place, cardId }, facts.owner === 'waiting' ? noticeCard('newer') : conversationCard(facts));
    } catch (error) {
      log.warn('card.mend', factsOf(error));
    }
  }

  async function outdate(conversationId: string): Promise<void> {
    await db.update(card).set({ version: STALE }).where(eq(card.conversationId, conversationId));
    await deps.repair(conversationId);
  }
}

const BINDERS = new Set<Actor['role']>(['coordinator', 'admin']);
