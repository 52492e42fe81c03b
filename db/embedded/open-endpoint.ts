import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Identity } from './choose-identity.ts';
import { giveTo } from './give-to.ts';

const PORT = 5432;
// sun_path holds 104 bytes on macOS and 108 on Linux, with the closing zero.
const LONGEST_SOCKET_PATH = 103;

/** Arguments that make a server listen where only this user comes in: a socket in a private folder, on Windows loopback TCP. */
export async function openEndpoint(dataDir: string, identity: Identity): Promise<string[]> {
  if (process.platform === 'win32') {
    return ['-p', String(await freePort()), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
  }
  const socketDir = privateSocketDir(dataDir, identity);
  return ['-p', String(PORT), '-c', 'listen_addresses=', '-c', `unix_socket_directories=${socketDir}`];
}

/** Windows has no private socket, so there the server asks for the password in this file of the data directory. */
export const PASSWORD_FILE = 'utvag-password';

export function readPassword(dataDir: string): string | undefined {
  const file = path.join(dataDir, PASSWORD_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

// The folder's name is guessable and /tmp is everybody's: one that somebody else made could be a false server.
function privateSocketDir(dataDir: string, identity: Identity): string {
  const name = `utvag-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  const inTemp = path.join(os.tmpdir(), name);
  const fits = Buffer.byteLength(path.join(inTemp, `.s.PGSQL.${PORT}`)) <= LONGEST_SOCKET_PATH;
  const socketDir = fits ? inTemp : path.join('/tmp', name);
  mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(socketDir);
  const owners = identity.kind === 'switch' ? [process.geteuid?.(), identity.uid] : [process.geteuid?.()];
  if (!lstatSync(socketDir).isDirectory() || !owners.includes(uid) || (mode & 0o077) !== 0) {
    throw new Error(`${socketDir} is not a folder of ours alone: remove it, or set TMPDIR or DATABASE_URL`);
  }
  giveTo(identity, socketDir);
  return socketDir;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : PORT));
    });
  });
}
