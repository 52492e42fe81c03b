import { openDatabase } from '../../../db/client.ts';
import { sharedSecret } from '../../../db/secrets.ts';
import { createVault } from '../../../db/vault.ts';
import { createVisitorTokens } from '../../../src/server/auth/visitor-token.ts';
import { ownMasterKeys } from '../../../src/server/master-keys.ts';
import type { BenchDatabase } from './open-bench-database.ts';

export interface NewVisitor {
  threadId: string;
  token: string;
}

/** What one visitor may send at once before the limit of posts holds them back; minted ones send fewer. */
export const POSTS_A_VISITOR = 100;

/**
 * Visitors' tokens, signed with the service's own secret: asking the service for as many as a load needs is, rightly,
 * refused. A visitor minted here is like one who has opened the page and not written yet.
 */
export async function mintVisitors(database: BenchDatabase, count: number): Promise<NewVisitor[]> {
  const opened = openDatabase(database.options, { poolSize: 1 });
  try {
    const secret = await sharedSecret(opened.db, createVault(ownMasterKeys(database.dataDir)), 'tokens');
    const tokens = createVisitorTokens(secret, () => new Date());
    const strangers = Array.from({ length: count }, () => tokens.stranger());
    return await Promise.all(
      strangers.map(async (visitor) => ({ threadId: visitor.threadId, token: await tokens.issue(visitor) })),
    );
  } finally {
    await opened.close();
  }
}
