import type { Host } from './host.ts';
import { TOKEN, WORKER } from './keys.ts';
import type { Memory } from './memory.ts';

/**
 * Why the inbox cannot be shown: nobody chosen yet, developer sign-in off, Teams said no or wants a consent, no answer; or signed
 * in without a role or a district.
 */
export type SignInTrouble =
  | 'choose'
  | 'elsewhere'
  | 'off'
  | 'teams'
  | 'consent'
  | 'unreachable'
  | 'noRole'
  | 'noDistrict';

/** Teams may ask the reader first; after this long it is said that nothing came. */
const TEAMS_MS = 10_000;

export class SignInNeeded extends Error {
  readonly trouble: SignInTrouble;
  constructor(trouble: SignInTrouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

export interface Session {
  /** @throws SignInNeeded */
  bearer(): Promise<string>;
  /** The server did not accept the token: the next `bearer` gets a new one. */
  forget(): void;
  /** Developer sign-in. @throws SignInNeeded */
  signIn(worker: string): Promise<void>;
  /** Who was chosen in a plain browser. */
  worker(): string | null;
  signOut(): void;
}

/** @param local whether this is the developer's own machine: only there is developer sign-in offered. */
export function createSession(deps: { host: Host; memory: Memory; fetch: typeof fetch; local: boolean }): Session {
  const { host, memory, local } = deps;
  const teamsToken = host.token;
  let pending: Promise<string> | null = null;

  async function ask(worker: string): Promise<string> {
    const response = await deps
      .fetch('/dev/sign-in', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ worker }),
      })
      .catch(() => null);
    if (!response || response.status >= 500) throw new SignInNeeded('unreachable');
    if (!response.ok) throw new SignInNeeded(response.status === 404 ? 'off' : 'choose');
    const { token }: { token: string } = await response.json();
    memory.write(TOKEN, token);
    memory.write(WORKER, worker);
    return token;
  }

  return {
    async bearer() {
      if (teamsToken) {
        const late = new Promise<never>((_, reject) => setTimeout(reject, TEAMS_MS));
        return Promise.race([teamsToken(), late]).catch((error: unknown) => {
          throw new SignInNeeded(/consent/i.test(String(error)) ? 'consent' : 'teams');
        });
      }
      const token = memory.read(TOKEN);
      if (token) return token;
      const worker = memory.read(WORKER);
      if (!worker) throw new SignInNeeded(local ? 'choose' : 'elsewhere');
      pending ??= ask(worker).finally(() => {
        pending = null;
      });
      return pending;
    },
    forget: () => memory.write(TOKEN, null),
    async signIn(worker) {
      await ask(worker);
    },
    worker: () => memory.read(WORKER),
    signOut() {
      memory.write(TOKEN, null);
      memory.write(WORKER, null);
    },
  };
}
