import { chownSync } from 'node:fs';
import type { Identity } from './choose-identity.ts';

/** A file or folder that we made becomes the server's own, when it runs as another user. */
export function giveTo(identity: Identity, file: string): void {
  if (identity.kind === 'switch') chownSync(file, identity.uid, identity.gid);
}
