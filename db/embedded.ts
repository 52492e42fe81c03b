import { embeddedBinaries } from './embedded/embedded-binaries.ts';
import { type Embedded, startServer } from './embedded/start-server.ts';

export type { Embedded } from './embedded/start-server.ts';

/**
 * Opens the embedded database: a real PostgreSQL on `dataDir`, created on the first call, adopted when it already runs there.
 * `flags` are further arguments to `postgres`, for example `['-c', 'fsync=off']`; `log` gets a line on what was done.
 * Every failure is an Error of one line that says what to do.
 */
export function startEmbedded(input: {
  dataDir: string;
  flags?: readonly string[];
  log?: (line: string) => void;
}): Promise<Embedded> {
  return startServer({ ...input, binDir: embeddedBinaries() });
}
