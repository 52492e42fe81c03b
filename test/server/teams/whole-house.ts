import { DEV_TENANT } from '../../../db/seed.ts';
import { startFakeConnector } from '../../support/fake-connector.ts';
import { type HouseOptions, startHouse } from '../../support/house.ts';
import type { DatabaseKind } from '../../support/postgres.ts';
import { APP } from './teams-house.ts';

/** The whole service with its bot in Teams, and a connector of our own in Microsoft's place. */
export async function startHouseInTeams(kind: DatabaseKind, options: HouseOptions = {}) {
  const fake = await startFakeConnector(APP);
  const env = {
    MicrosoftAppId: APP,
    MicrosoftAppPassword: 'secret',
    MicrosoftAppTenantId: DEV_TENANT,
    BOT_OPENID_METADATA_URL: fake.openIdMetadataUrl,
    BOT_SERVICE_HOSTS: fake.host,
    BOT_TOKEN_URL: fake.tokenUrl,
  };
  const house = await startHouse(kind, { ...options, env: { ...env, ...options.env } });
  return {
    fake,
    house,
    /** What Teams sends, signed as Teams signs it unless a token is given. */
    async post(activity: unknown, token?: string): Promise<Response> {
      const authorization = `Bearer ${token ?? (await fake.token())}`;
      return fetch(`${house.url}/api/messages`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: typeof activity === 'string' ? activity : JSON.stringify(activity),
      });
    },
    async stop() {
      await house.stop();
      await fake.stop();
    },
  };
}
export type HouseInTeams = Awaited<ReturnType<typeof startHouseInTeams>>;

/** An activity's sender: a member of staff of the developers' directory. */
export const as = (id: string, more: object = {}) => ({
  from: { id: `29:${id}`, aadObjectId: `dev-${id}` },
  channelData: { tenant: { id: DEV_TENANT } },
  ...more,
});
