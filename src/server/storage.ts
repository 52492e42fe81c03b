import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ConnectionOptions, openDatabase } from '../../db/client.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { createPhones } from '../../db/phones.ts';
import { sharedSecret } from '../../db/secrets.ts';
import { seedDevWorkers, seedPlaces } from '../../db/seed.ts';
import { createVault } from '../../db/vault.ts';
import type { readPlaces } from '../bot/knowledge/places/places.ts';
import { usualHours } from '../bot/words/schedule.ts';
import type { Config } from './config.ts';
import { ownMasterKeys } from './master-keys.ts';

const MIGRATIONS = fileURLToPath(new URL('../../db/migrations', import.meta.url));

const TURN_CONNECTIONS = 4;

export type Storage = Awaited<ReturnType<typeof openStorage>>;

/** The database, migrated and seeded, with the keys that open it. Starts the embedded PostgreSQL unless one is configured. */
export async function openStorage(
  config: Config & { connection?: ConnectionOptions },
  places: ReturnType<typeof readPlaces>,
  say: (line: string) => void,
) {
  const named = config.connection ?? config.databaseUrl;
  const embedded = named ? null : await startEmbedded({ dataDir: path.resolve(config.dataDir, 'postgres'), log: say });
  const connection: string | ConnectionOptions = named ?? embedded?.options ?? '';
  const direct = config.directUrl ?? connection;
  const done = await migrate(direct, MIGRATIONS);
  if (done.length > 0) say(`Migrated the database: ${done.join(', ')}`);
  const database = openDatabase(connection, { prepare: direct === connection });
  const turns = openDatabase(connection, { poolSize: TURN_CONNECTIONS, prepare: direct === connection });
  const { db } = database;
  const development = config.staffSignIn === 'dev';
  await seedPlaces(db, {
    districts: places.districts.map((d) => ({
      slug: d.code,
      name: d.name,
      aliases: d.formerNames,
      ...(development ? { hours: usualHours() } : {}),
    })),
    neighbourhoods: places.neighbourhoods.flatMap((n) =>
      n.districts.map((district) => ({ name: n.name, district, informal: n.informal })),
    ),
    postcodePrefixes: places.postcodes
      .filter((p) => p.status !== 'outside')
      .map((p) => ({ prefix: p.prefix, district: p.status === 'safe' ? (p.districts[0] ?? null) : null })),
  });
  if (development) await seedDevWorkers(db);
  const vault = createVault(config.masterKeys ?? ownMasterKeys(config.dataDir));
  const phones = createPhones(vault, await sharedSecret(db, vault, 'phone-lookup'));
  const tokenSecret = await sharedSecret(db, vault, 'tokens');
  return {
    database,
    db,
    /** For the bot's turns: however many are due, whoever writes is not kept waiting for a connection. */
    turnDb: turns.db,
    vault,
    phones,
    tokenSecret,
    /** For sessions that must not go through a pooler: LISTEN and jobs. */
    direct,
    async close() {
      await turns.close();
      await database.close();
      await embedded?.stop();
    },
  };
}
