import { and, desc, eq, gt } from 'drizzle-orm';
import type { ConversationRow } from '../../../db/append.ts';
import type { Tx } from '../../../db/client.ts';
import { isErased } from '../../../db/erase.ts';
import { fieldOf } from '../../../db/protected.ts';
import { district } from '../../../db/schema/place.ts';
import { worker } from '../../../db/schema/staff.ts';
import { event } from '../../../db/schema/work.ts';
import { type Handover, PLACE_SOURCES, type TrailLine } from '../wire.ts';
import type { Desk } from './desk.ts';
import type { Read } from './messages-of.ts';
import { offerOf, openOffer } from './offers.ts';
import { reachOf } from './reach.ts';
import { remindersOf } from './reminders.ts';
import { saysNo } from './says-no.ts';
import { trailOf } from './trail.ts';

/** What the person who takes over needs to know at a glance: ids, codes and places in the log, no new words. */
export async function handoverOf(desk: Desk, tx: Tx, row: ConversationRow, messages: Read[]): Promise<Handover> {
  const [previous] = row.previousWorkerId
    ? await tx.select({ name: worker.name }).from(worker).where(eq(worker.id, row.previousWorkerId))
    : [];
  const [covered] = row.homeDistrict
    ? await tx.select({ name: district.name }).from(district).where(eq(district.slug, row.homeDistrict))
    : [];
  const field = await fieldOf(tx, row.id);
  const offered = await openOffer(tx, row.id);
  const trail = await trailOf(tx, row.id);
  return {
    reasons: row.reasons,
    asked: askedIn(messages),
    topics: [...new Set(messages.flatMap((m) => m.topics))],
    warned: messages.find(({ shown }) => shown.answers?.some(({ id }) => WARNINGS.has(id)))?.shown.seq ?? null,
    placeFrom: placeFrom(row, trail),
    coveredFor: covered?.name ?? null,
    leftAt: await leftAt(tx, row),
    previousWorker: previous?.name ?? null,
    episode: row.episode,
    ...(await reachOf(tx, row)),
    field: field ? { kind: field.kind, kept: field.keptAt !== null } : null,
    legalHold: row.legalHold,
    outcome: row.outcome,
    offer: offered ? { ...(await offerOf(tx, offered.id)), visitorSaysNo: saidNo(messages) } : null,
    trail,
    promised: isErased(row) ? [] : await remindersOf(desk, tx, row.id, desk.vault.unwrap(row)),
  };
}

/** The fixed texts and answers that tell of the duty to report before somebody says more (DOMAIN §4.3). */
export const WARNINGS: ReadonlySet<string> = new Set(['words:welcome', 'words:welcome_brief', 'confidentiality']);

const ASKED = 'words:handing_asked';
/** "Hej" and "hallå där" ask for nothing. */
const REAL_WORDS = 3;

/** Where the person says what it is about: their first real words and their last question, or the last real words. */
function askedIn(messages: Read[]): number[] {
  const theirs = messages.filter(({ shown }) => shown.author === 'visitor').map(({ shown }) => shown);
  const real = theirs.filter(({ text }) => text.trim().split(/\s+/).length >= REAL_WORDS);
  const first = real[0] ?? theirs[0];
  const last = theirs.findLast(({ text }) => /[?؟፧]/.test(text)) ?? real.at(-1);
  return [...new Set([first, last].flatMap((each) => (each ? [each.seq] : [])))].sort((a, b) => a - b);
}

function placeFrom(row: ConversationRow, trail: readonly TrailLine[]): Handover['placeFrom'] {
  if (trail.some(({ kind, district: to }) => kind === 'accepted' && to === row.district)) return 'moved';
  const code = PLACE_SOURCES.find((source) => source === row.state.placeFrom);
  if (code) return code;
  return row.episode > 1 && row.district !== 'staden' ? 'earlier' : 'unknown';
}

/** When the person left the chat for good measure (quick exit), unless they have written since. */
async function leftAt(tx: Tx, row: ConversationRow): Promise<string | null> {
  const since = row.lastVisitorAt ? gt(event.at, row.lastVisitorAt) : undefined;
  const [left] = await tx
    .select({ at: event.at })
    .from(event)
    .where(and(eq(event.conversationId, row.id), eq(event.kind, 'left'), since))
    .orderBy(desc(event.id))
    .limit(1);
  return left?.at.toISOString() ?? null;
}

/** What the person has written since they were last asked about a colleague. */
function saidNo(messages: Read[]): boolean {
  const asked = messages.findLastIndex(({ shown }) => shown.answers?.some(({ id }) => id === ASKED));
  const since = asked < 0 ? [] : messages.slice(asked + 1);
  return saysNo(since.flatMap(({ shown }) => (shown.author === 'visitor' ? [shown.text] : [])));
}
