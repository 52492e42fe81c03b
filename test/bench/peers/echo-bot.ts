import { createServer } from 'node:http';
import { ActivityHandler, CloudAdapterBase, ConfigurationBotFrameworkAuthentication } from 'botbuilder-core';
import { PasswordServiceClientCredentialFactory } from 'botframework-connector';
import type { Activity } from 'botframework-schema';
import express from 'express';
import { serveAlone } from './serve-alone.ts';

/**
 * Microsoft's echo bot: Express, the Bot Framework's adapter and its ActivityHandler, replies in the response's body
 * (`expectReplies`), all in memory, no authentication. What the package `botbuilder` adds on top (a check of the activity's
 * shape) is left out, which makes this peer a little faster than the real one.
 */
class Adapter extends CloudAdapterBase {
  constructor() {
    super(new ConfigurationBotFrameworkAuthentication({}, new PasswordServiceClientCredentialFactory('', '')));
  }
  answer(activity: Activity, bot: ActivityHandler) {
    return this.processActivity('', activity, (context) => bot.run(context));
  }
}

class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity(`Echo: ${context.activity.text}`);
      await next();
    });
  }
}

const adapter = new Adapter();
const bot = new EchoBot();
const app = express();
app.use(express.json());
app.post('/api/messages', async (request, response) => {
  const answer = await adapter.answer(request.body, bot);
  response.status(answer?.status ?? 200).json(answer?.body ?? {});
});
serveAlone(createServer(app));
