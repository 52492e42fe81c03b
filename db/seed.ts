import { sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { type DistrictHours, district, neighbourhood, postcodePrefix } from './schema/place.ts';
import { type WorkerRole, worker, workerDistrict } from './schema/staff.ts';

export interface PlaceData {
  /** `hours` only for a district that has none (development): in production it is closed until somebody says them (F52). */
  districts: { slug: string; name: string; aliases: string[]; hours?: DistrictHours }[];
  neighbourhoods: { name: string; district: string; informal: boolean }[];
  postcodePrefixes: { prefix: string; district: string | null }[];
}

/** Writes what the service cannot work without; a second time changes only what differs, so that every start may run it. */
export async function seedPlaces(db: Db, places: PlaceData): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .insert(district)
      .values(places.districts)
      .onConflictDoUpdate({
        target: district.slug,
        set: {
          name: sql`excluded.name`,
          aliases: sql`excluded.aliases`,
          hours: sql`coalesce(${district.hours}, excluded.hours)`,
        },
      });
    await tx
      .insert(neighbourhood)
      .values(places.neighbourhoods)
      .onConflictDoUpdate({
        target: [neighbourhood.name, neighbourhood.district],
        set: { informal: sql`excluded.informal` },
      });
    await tx
      .insert(postcodePrefix)
      .values(places.postcodePrefixes)
      .onConflictDoUpdate({ target: postcodePrefix.prefix, set: { district: sql`excluded.district` } });
  });
}

interface DevWorker {
  id: string;
  name: string;
  role: WorkerRole;
  districts: string[];
}

/** Staff for developer sign-in (INTERFACES §3). Aliases, not people: "Järva 1" is what a help-seeker would read. */
export const DEV_WORKERS: readonly DevWorker[] = [
  { id: 'jarva-1', name: 'Järva 1', role: 'worker', districts: ['jarva', 'staden'] },
  { id: 'jarva-2', name: 'Järva 2', role: 'worker', districts: ['jarva', 'staden'] },
  { id: 'farsta-1', name: 'Farsta 1', role: 'worker', districts: ['farsta'] },
  { id: 'coordinator-1', name: 'Samordnare 1', role: 'coordinator', districts: ['staden'] },
  { id: 'editor-1', name: 'Redaktör 1', role: 'editor', districts: [] },
  { id: 'admin-1', name: 'Administratör 1', role: 'admin', districts: [] },
];
export const DEV_TENANT = '00000000-0000-0000-0000-00000000de01';

export async function seedDevWorkers(db: Db): Promise<void> {
  const workers = DEV_WORKERS.map(({ districts: _, ...w }) => ({
    ...w,
    tenantId: DEV_TENANT,
    objectId: `dev-${w.id}`,
  }));
  const memberships = DEV_WORKERS.flatMap((w) => w.districts.map((d) => ({ workerId: w.id, district: d })));
  await db.insert(worker).values(workers).onConflictDoNothing();
  await db.insert(workerDistrict).values(memberships).onConflictDoNothing();
}
