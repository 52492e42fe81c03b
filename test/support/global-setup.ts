import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import type { ConnectionOptions } from '../../db/embedded/join-server.ts';
import { migrate } from '../../db/migrate.ts';
import { buildWhenStale } from '../../src/server/build.ts';
import { findChromium } from './find-chromium.ts';
import type { TEMPLATE } from './postgres.ts';
import { startTestServers } from './start-test-servers.ts';

const MIGRATIONS = fileURLToPath(new URL('../../db/migrations', import.meta.url));
// Its home imports vitest's test side, which does not load out here; the type keeps the two the same.
const template: typeof TEMPLATE = 'tmpl';

/** Runs once around a test run: servers up with a migrated template on each, servers gone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Inherited by the processes that run the tests.
  process.env['CHROMIUM_PATH'] = findChromium(process.env);
  await buildWhenStale(() => {});
  const { embedded, system } = await startTestServers();
  const servers = system ? [embedded, system] : [embedded];
  const stop = async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };
  try {
    await Promise.all(servers.map((server) => createTemplate(server.options)));
    project.provide('postgres', { embedded: embedded.options, system: system?.options ?? null });
    return stop;
  } catch (error) {
    // Vitest calls no teardown when the setup throws.
    await stop();
    throw error;
  }
}

async function createTemplate(server: ConnectionOptions): Promise<void> {
  const sql = postgres({ ...server, max: 1 });
  try {
    await sql.unsafe(`create database ${template}`);
    if (existsSync(MIGRATIONS)) await migrate({ ...server, database: template }, MIGRATIONS);
    // A copy can be made only while nobody is connected.
    await sql.unsafe(`alter database ${template} with is_template true allow_connections false`);
  } finally {
    await sql.end();
  }
}
