import { eq } from 'drizzle-orm';
import type { Db } from '../../../../db/client.ts';
import { type Alerts, worker } from '../../../../db/schema/staff.ts';
import type { StaffPlace } from '../../../bot/handler.ts';
import type { Actor } from '../../../inbox/queue/desk.ts';

const CHOICES: Record<string, Alerts> = { av: 'none', rött: 'red', alla: 'all' };
const NOW: Record<Alerts, string> = {
  none: 'Du får inga larm här. Stadsdelens kort kommer i kanalen som vanligt.',
  red: 'Du får larm här när någon väntar i dina stadsdelar och det är akut, medan du är i tjänst.',
  all: 'Du får larm här när någon väntar i dina stadsdelar, medan du är i tjänst.',
};
export const PERSONAL_HELP =
  'Här kan du få larm när någon väntar i dina stadsdelar. Skriv ”larm rött”, ”larm alla” eller ”larm av”.';

/** The bot knows this person's own chat from now on, and alerts may go there. What they have chosen stays. */
export async function meetInPerson(db: Db, actor: Actor, place: StaffPlace, now: Date): Promise<string> {
  const { serviceUrl, conversationId, tenantId, botId } = place;
  const teams = { serviceUrl, conversationId, tenantId, botId, boundAt: now.toISOString() };
  await db.update(worker).set({ teams, alertHealth: 'unknown' }).where(eq(worker.id, actor.id));
  return PERSONAL_HELP;
}

/** The app was taken away from the person: alerts take another route. */
export async function partInPerson(db: Db, actor: Actor): Promise<void> {
  await db.update(worker).set({ teams: null, alertHealth: 'missing' }).where(eq(worker.id, actor.id));
}

/** `larm rött|alla|av` in the person's own chat; anything else is answered with what can be written. */
export async function choosePersonalAlerts(db: Db, actor: Actor, text: string): Promise<string> {
  const alerts = CHOICES[/^larm\s+(\S+)$/iu.exec(text)?.[1]?.toLowerCase() ?? ''];
  if (!alerts) return PERSONAL_HELP;
  await db.update(worker).set({ alerts }).where(eq(worker.id, actor.id));
  return NOW[alerts];
}
