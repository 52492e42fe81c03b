import { writeHours } from '../../../db/hours.ts';
import type { DistrictHours } from '../../../db/schema/place.ts';
import type { Actor, Desk } from './desk.ts';

/** Coordinators see to their own districts' hours, administrators to all. */
export const mayKeepHours = (actor: Actor, slug: string): boolean =>
  actor.role === 'admin' || (actor.role === 'coordinator' && actor.districts.includes(slug));

/** Gives a district its opening hours; null takes them away. @returns false when it is not there or not the actor's to change. */
export const setHours = async (desk: Desk, actor: Actor, slug: string, hours: DistrictHours | null): Promise<boolean> =>
  mayKeepHours(actor, slug) && desk.db.transaction((tx) => writeHours(tx, actor.id, slug, hours, desk.clock()));
