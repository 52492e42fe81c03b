import { decodeJwt, type JWTPayload } from 'jose';
import { Problem } from '../../problem.ts';

/** The only issuer of a channel's token. Users' tokens and skills' tokens are other doors of the SDK, and stay shut (MICROSOFT §1). */
export const CHANNEL_ISSUER = 'https://api.botframework.com';

/**
 * The token of the header, if it claims to come from the Bot Framework channel service.
 * @throws Problem 401
 */
export function channelTokenOf(authorization: string): string {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization)?.[1];
  if (!token || issuerOf(token) !== CHANNEL_ISSUER) throw new Problem(401);
  return token;
}

/**
 * Closes what the SDK leaves open: an empty or foreign `serviceUrl` (it would receive our own token), `AseChannel`, no channel.
 * @throws Problem 401
 */
export function guardTeams(
  claims: JWTPayload,
  activity: { channelId: string; serviceUrl?: string | undefined },
  serviceHosts: (url: string) => boolean,
): void {
  if (activity.channelId !== 'msteams') throw new Problem(401);
  if (claims['serviceurl'] !== activity.serviceUrl || !serviceHosts(activity.serviceUrl ?? '')) throw new Problem(401);
}

/** @returns whether the bot's own token may be sent to this address. */
export function allowServiceHosts(list: readonly string[]): (url: string) => boolean {
  const entries = list.map((entry) => entry.trim().toLowerCase()).filter(Boolean);
  return (value) => {
    const url = URL.parse(value);
    if (!url || url.username || url.password) return false;
    if (url.protocol === 'http:') return LOOPBACK.test(url.hostname) && entries.includes(url.host);
    if (url.protocol !== 'https:') return false;
    return entries.some((entry) => (entry.startsWith('*.') ? url.host.endsWith(entry.slice(1)) : entry === url.host));
  };
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

function issuerOf(token: string): unknown {
  try {
    return decodeJwt(token).iss;
  } catch {
    return null;
  }
}
