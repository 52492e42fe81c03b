import { z } from 'zod';
import type { BotToken } from './bot-token.ts';
import { SendFailure } from './send-failure.ts';

export interface Posted {
  conversationId: string;
  activityId: string;
}

/** The three calls of the connector API that we make. Each is one request: nothing here retries (F30). */
export interface Connector {
  /** A new post in a Teams channel, in a thread of its own. */
  post(at: { serviceUrl: string; channelId: string; tenantId: string; botId: string }, first: object): Promise<Posted>;
  /** @returns the id of the new activity. */
  send(at: { serviceUrl: string; conversationId: string; replyToId?: string }, activity: object): Promise<string>;
  update(at: { serviceUrl: string; conversationId: string; activityId: string }, activity: object): Promise<void>;
}

export interface ConnectorDeps {
  token: BotToken;
  /** Where the bot's token may be sent. */
  allowed(serviceUrl: string): boolean;
  timeoutMs?: number;
}

const CreatedConversation = z.object({ id: z.string().min(1), activityId: z.string().min(1).optional() });
const CreatedActivity = z.object({ id: z.string().min(1) });

/**
 * The Bot Connector REST API over plain fetch. The SDK's own client repeats a POST three times on 5xx, never gives up on a server
 * that does not answer, and drops the `activityId` of a new post (MICROSOFT §1, §9).
 * Every method throws `SendFailure`.
 */
export function createConnector({ token, allowed, timeoutMs = 10_000 }: ConnectorDeps): Connector {
  return {
    async post(at, first) {
      const made = await call(at.serviceUrl, 'POST', ['v3', 'conversations'], {
        isGroup: true,
        bot: { id: at.botId },
        tenantId: at.tenantId,
        channelData: { channel: { id: at.channelId }, tenant: { id: at.tenantId } },
        activity: first,
      });
      const { id, activityId } = parse(CreatedConversation, made);
      const root = activityId ?? /;messageid=([^;]+)/.exec(id)?.[1];
      if (!root) throw new SendFailure('unknown', 'no-id');
      return { conversationId: id, activityId: root };
    },
    async send({ serviceUrl, conversationId, replyToId }, activity) {
      const path = ['v3', 'conversations', conversationId, 'activities', ...(replyToId ? [replyToId] : [])];
      return parse(CreatedActivity, await call(serviceUrl, 'POST', path, activity)).id;
    },
    async update({ serviceUrl, conversationId, activityId }, activity) {
      const path = ['v3', 'conversations', conversationId, 'activities', activityId];
      await call(serviceUrl, 'PUT', path, { ...activity, id: activityId });
    },
  };

  async function call(serviceUrl: string, method: 'POST' | 'PUT', path: string[], body: object): Promise<unknown> {
    if (!allowed(serviceUrl)) throw new SendFailure('refused', 'host');
    const bearer = await token.get().catch(() => {
      throw new SendFailure('later', 'token');
    });
    const url = `${serviceUrl.replace(/\/+$/, '')}/${path.map(encodeURIComponent).join('/')}`;
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    } catch (error) {
      throw SendFailure.ofError(error);
    }
    const answer = await response.json().catch(() => null);
    if (response.ok) return answer;
    if (response.status === 401) token.drop();
    throw SendFailure.ofStatus(response.status, response.headers.get('retry-after'));
  }
}

/** A success that we cannot read may have happened all the same: it is not to be repeated. */
function parse<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new SendFailure('unknown', 'no-id');
  return parsed.data;
}
