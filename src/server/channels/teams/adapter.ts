import {
  type ActivityHandler,
  CloudAdapterBase,
  ConfigurationBotFrameworkAuthentication,
  INVOKE_RESPONSE_KEY,
  type TurnContext,
} from 'botbuilder-core';
import { AuthenticationError, PasswordServiceClientCredentialFactory } from 'botframework-connector';
import type { Activity, ResourceResponse } from 'botframework-schema';
import { Problem } from '../../problem.ts';
import type { TeamsActivity } from './activity.ts';
import type { Connector } from './connector.ts';
import { CHANNEL_ISSUER } from './guard.ts';
import type { TeamsSettings } from './settings.ts';

/** The handler of every channel. */
export type Bot = ActivityHandler;

export interface InvokeAnswer {
  status: number;
  body: unknown;
}

export interface Receiver {
  /**
   * Verifies the token and runs the handler's turn. `begun` is called once the token is known to be good; when it answers false
   * the turn is not run. @returns the answer to an invoke, else null.
   * @throws Problem 401 when the token is not good, 503 when it cannot be checked now.
   */
  receive(authorization: string, activity: TeamsActivity, begun: () => boolean): Promise<InvokeAnswer | null>;
}

/** The Bot Framework's end of `/api/messages`. What goes out goes through our own connector. */
export function createTeamsAdapter(settings: TeamsSettings, connector: Connector, handler: Bot): Receiver {
  const adapter = new TeamsAdapter(settings, connector);
  return { receive: (authorization, activity, begun) => adapter.receive(authorization, activity, begun, handler) };
}

class TeamsAdapter extends CloudAdapterBase {
  readonly #connector: Connector;

  constructor(settings: TeamsSettings, connector: Connector) {
    super(authentication(settings));
    this.#connector = connector;
  }

  async receive(authorization: string, parsed: TeamsActivity, begun: () => boolean, handler: Bot) {
    let verified = false;
    try {
      const answer = await this.processActivity(authorization, asActivity(parsed), async (context) => {
        verified = true;
        if (begun()) await handler.run(context);
      });
      return answer ? { status: answer.status, body: answer.body ?? null } : null;
    } catch (error) {
      if (verified) throw error;
      throw new Problem(isRefusal(error) ? 401 : 503);
    }
  }

  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const sent: ResourceResponse[] = [];
    for (const activity of activities) sent.push({ id: await this.#send(context, activity) });
    return sent;
  }

  async #send(context: TurnContext, activity: Partial<Activity>): Promise<string> {
    if (activity.type === 'invokeResponse') context.turnState.set(INVOKE_RESPONSE_KEY, activity);
    if (activity.type !== 'message') return '';
    const { serviceUrl, conversation } = context.activity;
    const { id: _, replyToId, ...content } = activity;
    const at = { serviceUrl, conversationId: conversation.id };
    return this.#connector.send(replyToId ? { ...at, replyToId } : at, content);
  }
}

/** All parameters, always: given one of them the SDK takes none from its own defaults (MICROSOFT §1). */
function authentication(s: TeamsSettings): ConfigurationBotFrameworkAuthentication {
  // An empty or blank id would turn authentication off in the SDK.
  if (![s.appId, s.tenantId, s.password].every((value) => value.trim() !== '')) {
    throw new Error('The Teams bot needs its id, its password and its tenant.');
  }
  return new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: s.appId,
      MicrosoftAppTenantId: s.tenantId,
      MicrosoftAppType: 'SingleTenant',
      ValidateAuthority: true,
      ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${s.tenantId}`,
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: CHANNEL_ISSUER,
      OAuthUrl: 'https://api.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: s.openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: s.openIdMetadataUrl,
      CallerId: 'urn:botframework:azure',
    },
    new Unsigned(s.appId, s.password, s.tenantId),
  );
}

/** The SDK builds an outbound client for each turn; ours is used instead, and this one cannot sign anything. */
class Unsigned extends PasswordServiceClientCredentialFactory {
  override async createCredentials() {
    return { signRequest: () => Promise.reject(new Error('Outbound calls go through the connector.')) };
  }
}

const JWT_ERRORS = new Set(['JsonWebTokenError', 'NotBeforeError', 'TokenExpiredError']);
const isRefusal = (error: unknown): boolean =>
  error instanceof AuthenticationError || (error instanceof Error && JWT_ERRORS.has(error.name));

/** The SDK's type has many required fields that no channel sends; what we and it read has been checked. */
const asActivity = (parsed: TeamsActivity): Activity => parsed as unknown as Activity;
