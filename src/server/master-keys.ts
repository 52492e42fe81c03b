import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { MasterKey } from '../../db/vault.ts';

/** Development only: a key of this installation's own, made once and kept in the data directory, readable by its owner. */
export function ownMasterKeys(dataDir: string): MasterKey[] {
  const file = path.join(dataDir, 'master.key');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return [{ id: 'local', key: Buffer.from(readFileSync(file, 'utf8'), 'base64') }];
}
