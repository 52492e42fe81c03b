import type { Db } from '../../../../db/client.ts';
import type { CardJson } from '../../../inbox/cards/card-json.ts';
import type { Links } from '../../../inbox/cards/conversation-card.ts';
import type { Door } from '../../auth/door.ts';
import type { Log } from '../../log.ts';
import { type Bot, createTeamsAdapter } from './adapter.ts';
import { createBotToken } from './bot-token.ts';
import { createChannelKeys } from './channel-keys.ts';
import { type Connector, createConnector } from './connector.ts';
import { allowServiceHosts } from './guard.ts';
import { channelOf, createLine } from './line.ts';
import type { NextRouteDeps } from './next-route.ts';
import { createPace } from './pace.ts';
import { teamsRoutes } from './routes.ts';
import { createAlertSend } from './send-alert.ts';
import type { TeamsSettings } from './settings.ts';
import { createCardSync, messageOf } from './sync-card.ts';

export interface TeamsDeps extends Links {
  db: Db;
  /** Made with the staff port; see `createStaffPort`. */
  bot: Bot;
  log: Log;
  clock(): Date;
  delay(ms: number): Promise<void>;
  /** A number in [0, 1). */
  random(): number;
  jobs: NextRouteDeps['jobs'];
  /** How long the connector may take to answer one call. */
  timeoutMs?: number;
}

export interface Teams {
  routes(door: Door): void;
  /** The handler of card jobs. */
  syncCard(conversationId: string, lastTry: boolean): Promise<number | null>;
  /** The handler of alert jobs. */
  sendAlert(alertId: string, lastTry: boolean): Promise<number | null>;
  /** Shows this in place of a card. @throws SendFailure */
  mend(place: { serviceUrl: string; conversationId: string; cardId: string }, content: CardJson): Promise<void>;
}

/** Teams, whole: the way in and the way out. @throws Error when the registration is incomplete. */
export function createTeams(settings: TeamsSettings, deps: TeamsDeps): Teams {
  const { bot, log, clock, delay, timeoutMs = 10_000 } = deps;
  const serviceHosts = allowServiceHosts(settings.serviceHosts);
  const connector = createConnector({ token: createBotToken(settings, clock), allowed: serviceHosts, timeoutMs });
  const keys = createChannelKeys(settings.openIdMetadataUrl, settings.appId);
  const pace = createPace(clock);
  const line = createLine({ pace, clock, delay });
  // Answers stand in the same line as cards: Teams counts them together.
  const send: Connector['send'] = (at, activity) =>
    line.run(channelOf(at.conversationId), () => connector.send(at, activity));
  const receiver = createTeamsAdapter(settings, { ...connector, send }, bot);
  const out = { ...deps, connector, line, pace };
  return {
    routes: (door) => teamsRoutes(door, { keys, receiver, serviceHosts, log }),
    syncCard: createCardSync(out),
    sendAlert: createAlertSend(out),
    mend: ({ cardId: activityId, serviceUrl, conversationId }, content) =>
      line.run(channelOf(conversationId), () =>
        connector.update({ serviceUrl, conversationId, activityId }, messageOf(content)),
      ),
  };
}
