import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { Problem } from '../../problem.ts';
import { CHANNEL_ISSUER } from './guard.ts';

const TIMEOUT_MS = 5_000;
const Metadata = z.object({ jwks_uri: z.url({ protocol: /^https?$/ }) });

/**
 * Verifies a channel token before the body is read. The SDK checks it again, with the key's endorsements; but it waits for ever for
 * keys that do not come, and writes what it refuses to the console: only good tokens get that far.
 */
export interface ChannelKeys {
  /** @throws Problem 401 for a token that is not good, 503 when the keys cannot be had. */
  verify(token: string): Promise<JWTPayload>;
}

export function createChannelKeys(openIdMetadataUrl: string, appId: string): ChannelKeys {
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | null = null;
  return {
    async verify(token) {
      keys ??= load();
      try {
        const { payload } = await jwtVerify(token, await keys, {
          algorithms: ['RS256', 'RS384', 'RS512'],
          issuer: CHANNEL_ISSUER,
          audience: appId,
          clockTolerance: 300,
          requiredClaims: ['exp'],
        });
        return payload;
      } catch (error) {
        throw new Problem(isRefusal(error) ? 401 : 503);
      }
    },
  };

  async function load(): Promise<ReturnType<typeof createRemoteJWKSet>> {
    try {
      const answer = await fetch(openIdMetadataUrl, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      const { jwks_uri } = Metadata.parse(await answer.json());
      return createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: TIMEOUT_MS, cacheMaxAge: 3_600_000 });
    } catch (error) {
      keys = null;
      throw error;
    }
  }
}

/** Everything jose says about the token itself; the rest is about getting the keys. */
const isRefusal = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC');
