import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * As whom PostgreSQL runs, which refuses to run as root: as ourselves, as ourselves seen under another uid (a user
 * namespace: files keep their owner), or as another user of the machine.
 */
export type Identity =
  | { kind: 'self' }
  | { kind: 'namespace'; uid: number; gid: number }
  | { kind: 'switch'; uid: number; gid: number };

/** `dataDir` may not exist yet; when it does, its owner decides. Throws one line when PostgreSQL cannot run here. */
export function chooseIdentity(dataDir: string): Identity {
  const euid = process.geteuid?.();
  if (euid === undefined) return { kind: 'self' };
  if (euid !== 0 && hasName()) return { kind: 'self' };
  const owner = ownerOf(dataDir);
  if (euid === 0 && owner && owner.uid !== 0) return { kind: 'switch', ...owner };
  const user = findUser(['postgres', 'nobody']);
  if (process.platform === 'linux' && user && canUnshare(user)) return { kind: 'namespace', ...user };
  if (euid !== 0)
    throw new Error(`uid ${euid} has no entry in /etc/passwd, which PostgreSQL needs: add one or ${instead}`);
  if (owner)
    throw new Error(
      `${dataDir} belongs to root, and PostgreSQL cannot run as root here: change its owner or ${instead}`,
    );
  if (!user) throw new Error(`PostgreSQL does not run as root: start as another user or ${instead}`);
  return { kind: 'switch', ...user };
}

/** The same command so that it runs as `identity`; `options` go to spawn. */
export function runAs(identity: Identity, command: string, args: readonly string[]) {
  if (identity.kind === 'self') return { command, args: [...args], options: {} };
  const { uid, gid } = identity;
  if (identity.kind === 'switch') return { command, args: [...args], options: { uid, gid } };
  return { command: 'unshare', args: [...unshareArgs(identity), command, ...args], options: {} };
}

const instead = 'set DATABASE_URL';

const unshareArgs = ({ uid, gid }: { uid: number; gid: number }): string[] => [
  '--user',
  `--map-user=${uid}`,
  `--map-group=${gid}`,
  '--',
];

function canUnshare(user: { uid: number; gid: number }): boolean {
  return spawnSync('unshare', [...unshareArgs(user), 'true'], { stdio: 'ignore' }).status === 0;
}

function hasName(): boolean {
  try {
    return os.userInfo().username !== '';
  } catch {
    return false;
  }
}

function ownerOf(dataDir: string): { uid: number; gid: number } | undefined {
  const { uid, gid } = statSync(path.join(dataDir, 'PG_VERSION'), { throwIfNoEntry: false }) ?? {};
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function findUser(names: readonly string[]): { uid: number; gid: number } | undefined {
  const lines = readPasswd().map((line) => line.split(':'));
  for (const name of names) {
    const [, , uid, gid] = lines.find(([entry]) => entry === name) ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

function readPasswd(): string[] {
  try {
    return readFileSync('/etc/passwd', 'utf8').split('\n');
  } catch {
    return [];
  }
}
