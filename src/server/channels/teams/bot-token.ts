import { z } from 'zod';
import type { TeamsSettings } from './settings.ts';

const SCOPE = 'https://api.botframework.com/.default';
const TIMEOUT_MS = 5_000;
/** A token is renewed this long before its end, so that none dies on its way. */
const MARGIN_MS = 5 * 60_000;
const Grant = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

export interface BotToken {
  /** @throws Error without a cause or text of the answer when the token service gives none. */
  get(): Promise<string>;
  /** Forgets the token: it was refused. */
  drop(): void;
}

/** The bot's own token by the client credentials grant (RFC 6749 §4.4); asked for once however many wait for it. */
export function createBotToken(settings: TeamsSettings, clock: () => Date): BotToken {
  let held: { token: string; renewAt: number } | null = null;
  let asking: Promise<string> | null = null;
  return {
    get() {
      if (held && clock().getTime() < held.renewAt) return Promise.resolve(held.token);
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
    drop() {
      held = null;
    },
  };

  async function ask(): Promise<string> {
    const answer = await fetch(settings.tokenUrl, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: settings.appId,
        client_secret: settings.password,
        scope: SCOPE,
      }),
    });
    const grant = Grant.safeParse(answer.ok ? await answer.json() : null);
    if (!grant.success) throw new Error(`The token service answered ${answer.status}.`);
    const lifeMs = grant.data.expires_in * 1_000;
    const marginMs = Math.min(MARGIN_MS, lifeMs / 2);
    held = { token: grant.data.access_token, renewAt: clock().getTime() + lifeMs - marginMs };
    return held.token;
  }
}
