import type { Db } from '../../../../db/client.ts';
import type { Door } from '../../auth/door.ts';
import type { Log } from '../../log.ts';
import { type Bot, createTeamsAdapter } from './adapter.ts';
import { createBotToken } from './bot-token.ts';
import { createChannelKeys } from './channel-keys.ts';
import { createConnector } from './connector.ts';
import { allowServiceHosts } from './guard.ts';
import { createLine } from './line.ts';
import { teamsRoutes } from './routes.ts';
import type { TeamsSettings } from './settings.ts';
import { createCardSync } from './sync-card.ts';

export interface TeamsDeps {
  db: Db;
  /** Made with the staff port; see `createStaffPort`. */
  bot: Bot;
  log: Log;
  clock(): Date;
  delay(ms: number): Promise<void>;
  publicUrl: string;
  /** How long the connector may take to answer one call. */
  timeoutMs?: number;
}

export interface Teams {
  routes(door: Door): void;
  /** The handler of card jobs. */
  syncCard(conversationId: string, lastTry: boolean): Promise<void>;
}

/** Teams, whole: the way in and the way out. @throws Error when the registration is incomplete. */
export function createTeams(settings: TeamsSettings, deps: TeamsDeps): Teams {
  const { db, bot, log, clock, publicUrl, delay, timeoutMs = 10_000 } = deps;
  const serviceHosts = allowServiceHosts(settings.serviceHosts);
  const connector = createConnector({ token: createBotToken(settings, clock), allowed: serviceHosts, timeoutMs });
  const receiver = createTeamsAdapter(settings, connector, bot);
  const keys = createChannelKeys(settings.openIdMetadataUrl, settings.appId);
  const line = createLine({ clock, delay });
  return {
    routes: (door) => teamsRoutes(door, { keys, receiver, serviceHosts, log }),
    syncCard: createCardSync({ db, connector, line, log, clock, publicUrl }),
  };
}
