import { createRemoteJWKSet, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** Who a staff token speaks for: a directory identity with its app roles, or in development the worker's own id. */
export type StaffToken = ({ tenantId: string; objectId: string; roles: string[] } | { workerId: string }) & {
  /** The token counts no longer from then on, nor does what was opened with it. */
  endsAt: Date;
};

export interface StaffSignIn {
  /** @returns null for a token that is forged, expired, of another tenant or not meant for us. */
  verify(token: string): Promise<StaffToken | null>;
}

/** Clients that may ask for a token on the user's behalf: Teams desktop/mobile and Teams on the web (MICROSOFT §8). */
const TEAMS_CLIENTS = new Set(['1fec8e78-bce4-4aaf-ab1b-5451cc387264', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346']);

export interface EntraSettings {
  tenantId: string;
  clientId: string;
  issuer: string;
  jwksUri: string;
}

/** What may be off between the directory's clock and ours. */
const TOLERANCE_S = 60;
const Roles = z.array(z.string()).catch([]);

/** Teams single sign-on: v2.0 access tokens of one tenant, checked against the directory's keys. */
export function createEntraSignIn(entra: EntraSettings, clock: () => Date): StaffSignIn {
  const keys = createRemoteJWKSet(new URL(entra.jwksUri), {
    cooldownDuration: 30_000,
    cacheMaxAge: 600_000,
    timeoutDuration: 5_000,
  });
  return {
    async verify(token) {
      const payload = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer: entra.issuer,
        audience: entra.clientId,
        clockTolerance: TOLERANCE_S,
        currentDate: clock(),
        requiredClaims: ['exp', 'nbf', 'iat', 'oid', 'tid', 'azp', 'scp', 'ver'],
      }).then(
        (r) => r.payload,
        () => null,
      );
      if (!payload || !isForTheTab(payload, entra.tenantId)) return null;
      const roles = Roles.parse(payload['roles']);
      return { tenantId: entra.tenantId, objectId: String(payload['oid']), roles, endsAt: endOf(payload, TOLERANCE_S) };
    },
  };
}

const endOf = ({ exp = 0 }: JWTPayload, toleranceS = 0): Date => new Date((exp + toleranceS) * 1_000);

const isForTheTab = (p: JWTPayload, tenantId: string): boolean =>
  p['ver'] === '2.0' &&
  p['tid'] === tenantId &&
  TEAMS_CLIENTS.has(String(p['azp'])) &&
  String(p['scp']).split(' ').includes('access_as_user') &&
  p['idtyp'] !== 'app';

export interface DevSignIn extends StaffSignIn {
  issue(workerId: string): Promise<string>;
}

/** Developer sign-in on loopback: our own short-lived tokens for seeded workers. The configuration keeps it out of production. */
export function createDevSignIn(secret: Buffer, clock: () => Date): DevSignIn {
  const audience = 'utvag-staff-dev';
  return {
    issue: (workerId) =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(workerId)
        .setAudience(audience)
        .setIssuedAt(clock())
        .setExpirationTime(new Date(clock().getTime() + 12 * 3_600_000))
        .sign(secret),
    verify: (token) =>
      jwtVerify(token, secret, { algorithms: ['HS256'], audience, currentDate: clock() }).then(
        ({ payload }) => (payload.sub ? { workerId: payload.sub, endsAt: endOf(payload) } : null),
        () => null,
      ),
  };
}
