import type { ChannelName, Owner, RiskLevel } from '../../../db/schema/conversation.ts';
import { adaptiveCard, type CardJson, heading } from './card-json.ts';

/**
 * All that Teams may know of a conversation: district, urgency, channel, waiting since, who of the staff has it, an opaque id.
 * No word, number, name or language of a help-seeker (DOMAIN S1, FAILURES F36). `version` is that of the conversation's row.
 */
export interface CardFacts {
  conversation: string;
  version: number;
  /** The district's name. */
  district: string;
  owner: Owner;
  risk: RiskLevel;
  channel: ChannelName;
  waitingSince: Date | null;
  /** First name or alias of the worker who has it. */
  holder: string | null;
  /** Somebody has had it before and put it back. */
  again: boolean;
  /** The conversation in the inbox. */
  link: string;
}

/** The one card of a conversation, as things are now. */
export function conversationCard(facts: CardFacts): CardJson {
  const colour = facts.owner === 'waiting' ? COLOURS[facts.risk] : 'Default';
  return adaptiveCard(
    [heading(titleOf(facts), { color: colour }), { type: 'FactSet', facts: rowsOf(facts) }],
    facts.owner === 'waiting' ? [takeOver(facts), openLink(facts)] : [openLink(facts)],
  );
}

/** One line for notifications and previews: `Nytt ärende i kön: Järva, akut`. */
export const summaryOf = (facts: CardFacts): string =>
  `${titleOf(facts)}: ${facts.district}${facts.owner === 'waiting' ? `, ${URGENCY[facts.risk].toLowerCase()}` : ''}`;

export interface Links {
  publicUrl: string;
  /** The app's id in Teams' catalogue, once it is known. */
  teamsAppId?: string | null;
}

/**
 * Where *Open in the inbox* leads; the id is opaque. Into the tab in Teams when its app is known (MICROSOFT §6), else to the page
 * itself, with the id where no server and no log sees it.
 */
export function inboxLink({ publicUrl, teamsAppId }: Links, conversation: string): string {
  const page = `${publicUrl.replace(/\/+$/, '')}/inbox/#${encodeURIComponent(conversation)}`;
  if (!teamsAppId) return page;
  const query = new URLSearchParams({ webUrl: page, context: JSON.stringify({ subEntityId: conversation }) });
  return `https://teams.microsoft.com/l/entity/${encodeURIComponent(teamsAppId)}/${INBOX_TAB}?${query}`;
}

/** The personal tab's id in the app's manifest. */
export const INBOX_TAB = 'inbox';

/** What a second line is called for. */
export const isRed = (risk: RiskLevel): boolean => risk === 'emergency' || risk === 'urgent';

/** The same facts where somebody is asked to look in the inbox: one person's own chat, or a second line's channel (F36). */
export const alertCard = (facts: CardFacts): CardJson =>
  adaptiveCard(
    [heading(LOOK, { color: COLOURS[facts.risk] }), { type: 'FactSet', facts: rowsOf(facts) }],
    [openLink(facts)],
  );
export const alertSummaryOf = ({ district, risk }: CardFacts): string =>
  `${LOOK}: ${district}, ${URGENCY[risk].toLowerCase()}`;

const LOOK = 'Titta i inkorgen';
const URGENCY: Record<RiskLevel, string> = { emergency: 'Fara nu', urgent: 'Akut', elevated: 'Oro', none: 'Fråga' };
const COLOURS: Record<RiskLevel, string> = {
  emergency: 'Attention',
  urgent: 'Attention',
  elevated: 'Warning',
  none: 'Default',
};
const CHANNEL: Record<ChannelName, string> = { web: 'Webbchatt', sms: 'Sms' };

function titleOf({ owner, holder, again }: CardFacts): string {
  if (owner === 'waiting') return again ? 'Tillbaka i kön' : 'Nytt ärende i kön';
  if (owner === 'worker') return holder ? `${holder} har tagit över` : 'En kollega har tagit över';
  return owner === 'closed' ? 'Avslutat' : 'Lämnat tillbaka till chattboten';
}

function rowsOf({ owner, district, risk, channel, waitingSince }: CardFacts): { title: string; value: string }[] {
  return [
    { title: 'Stadsdel', value: district },
    ...(owner === 'closed' ? [] : [{ title: 'Läge', value: URGENCY[risk] }]),
    { title: 'Kanal', value: CHANNEL[channel] },
    ...(owner === 'waiting' && waitingSince ? [{ title: 'Väntat sedan', value: clockTime(waitingSince) }] : []),
  ];
}

const openLink = ({ link }: CardFacts): CardJson => ({ type: 'Action.OpenUrl', title: 'Öppna i inkorgen', url: link });

/** Older clients know no `Action.Execute`: the fallback sends the same data as a message. */
function takeOver({ conversation, version }: CardFacts): CardJson {
  const data = { verb: 'claim', conversation, version };
  const fallback = { type: 'Action.Submit', title: 'Ta över', data };
  return { type: 'Action.Execute', title: 'Ta över', verb: 'claim', data, style: 'positive', fallback };
}

const clockTime = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Stockholm',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
