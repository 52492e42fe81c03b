import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { listen } from './free-port.ts';

export const TENANT = '6c1f5a4e-3a77-4d9e-8b11-0d6f2a3b4c5d';
/** The tab's registration. */
export const CLIENT = 'c0ffee00-7a0e-4d0e-9b6b-3c2f5f1b7a10';
/** Teams on the web. */
export const TEAMS_WEB = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346';

/** A directory of our own in Microsoft's place: the same claims, the same keys route. */
export async function startEntraIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const stranger = (await generateKeyPair('RS256')).privateKey;
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', use: 'sig', alg: 'RS256' }];
  let fetches = 0;
  let down = false;
  const server = createServer((_, response) => {
    fetches += 1;
    response.writeHead(down ? 503 : 200).end(JSON.stringify({ keys }));
  });
  const issuer = `http://127.0.0.1:${await listen(server)}/${TENANT}/v2.0`;
  return {
    issuer,
    publicKey,
    env: {
      STAFF_SIGN_IN: 'entra',
      ENTRA_TENANT_ID: TENANT,
      ENTRA_CLIENT_ID: CLIENT,
      ENTRA_ISSUER: issuer,
      ENTRA_JWKS_URI: `${issuer}/keys`,
    },
    /** As the tab gets it from Teams, with changes; a claim set to undefined is left out. */
    token(change: Record<string, unknown> = {}, { kid = 'k', known = true } = {}): Promise<string> {
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: issuer,
        aud: CLIENT,
        exp: now + 3_600,
        nbf: now - 10,
        iat: now - 10,
        oid: 'oid-1',
        tid: TENANT,
        azp: TEAMS_WEB,
        scp: 'access_as_user',
        roles: ['worker'],
        ver: '2.0',
      };
      const jwt = new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg: 'RS256', kid });
      return jwt.sign(known ? privateKey : stranger);
    },
    /** How often the keys have been asked for. */
    fetches: () => fetches,
    goDown: (now: boolean) => {
      down = now;
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
export type EntraIssuer = Awaited<ReturnType<typeof startEntraIssuer>>;
