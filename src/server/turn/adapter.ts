import { type ActivityHandler, BotAdapter, type ResourceResponse, TurnContext } from 'botbuilder-core';
import { type Activity, ActivityTypes } from 'botframework-schema';
import { TURN_INPUT, TURN_OUTCOME } from '../../bot/handler.ts';
import type { Outcome, TurnInput } from '../../bot/outcome.ts';

/** Runs one turn through the Bot Framework handler and gives its outcome as a value. Nothing is sent here: saving decides that. */
export type Ask = (input: TurnInput, conversationId: string) => Promise<Outcome>;

export function createAsk(bot: ActivityHandler): Ask {
  const adapter = new TurnAdapter();
  return async (input, conversationId) => {
    const context = new TurnContext(adapter, activityOf(input, conversationId));
    context.turnState.set(TURN_INPUT, input);
    await adapter.run(context, (c) => bot.run(c));
    const outcome: Outcome | undefined = context.turnState.get(TURN_OUTCOME);
    if (!outcome) throw new Error('the handler gave no outcome');
    return outcome;
  };
}

class TurnAdapter extends BotAdapter {
  run(context: TurnContext, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    return this.runMiddleware(context, logic);
  }
  override async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return activities.map((_, i) => ({ id: String(i) }));
  }
  override async updateActivity(): Promise<void> {
    throw new Error('a turn edits nothing');
  }
  override async deleteActivity(): Promise<void> {
    throw new Error('a turn deletes nothing');
  }
  override async continueConversation(): Promise<void> {
    throw new Error('turns are begun by stored messages only');
  }
}

const activityOf = (input: TurnInput, conversationId: string): Partial<Activity> => ({
  type: ActivityTypes.Message,
  channelId: input.channel === 'web' ? 'webchat' : 'sms',
  serviceUrl: '',
  id: conversationId,
  conversation: { id: conversationId, isGroup: false, conversationType: 'personal', name: '' },
  from: { id: 'visitor', name: '' },
  recipient: { id: 'bot', name: '' },
  locale: input.language,
  text: input.messages.map((m) => m.text).join('\n'),
});
