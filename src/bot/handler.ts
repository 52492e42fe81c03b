import { ActivityHandler, CardFactory, MessageFactory, TurnContext } from 'botbuilder-core';
import type { Activity, AdaptiveCardInvokeResponse, AdaptiveCardInvokeValue } from 'botframework-schema';
import { z } from 'zod';
import type { Outcome, Reply, TurnInput } from './outcome.ts';

/** Where a visitor's turn finds its `TurnInput` and leaves its `Outcome` in the context's turn state. */
export const TURN_INPUT: unique symbol = Symbol('utvag.turn-input');
export const TURN_OUTCOME: unique symbol = Symbol('utvag.turn-outcome');

/** A member of staff as Entra knows them; trustworthy only behind the guard of `/api/messages` (MICROSOFT §8). */
export interface StaffIdentity {
  tenantId: string;
  objectId: string;
}

/** The Teams conversation something came from. `cardId` is the activity id of the card that was clicked. */
export interface StaffPlace {
  serviceUrl: string;
  conversationId: string;
  tenantId: string;
  botId: string;
  cardId: string | null;
  /** A chat between one person and the bot. */
  personal: boolean;
}

export type CardJson = Record<string, unknown>;

/** What staff may ask of the service from Teams. Nothing a help-seeker wrote ever goes out here (S3). */
export interface StaffPort {
  /** The app was installed, or taken away. @returns what to say there, or null. */
  installed(here: boolean, who: StaffIdentity | null, place: StaffPlace): Promise<string | null>;
  /** @returns a sentence in Swedish for the one who wrote. */
  command(text: string, who: StaffIdentity | null, place: StaffPlace): Promise<string>;
  /** @returns an Adaptive Card with the current truth, whatever was asked (F33). */
  action(verb: string, data: unknown, who: StaffIdentity | null, place: StaffPlace): Promise<CardJson>;
}

export interface HandlerDeps {
  decide(input: TurnInput): Promise<Outcome>;
  /** Null while Teams is off. */
  staff: StaffPort | null;
}

/**
 * The one Bot Framework handler of every channel. Visitors (`webchat`, `sms`) meet the bot's turn; staff (`msteams`) meet the
 * staff port. The two never touch: a word from a visitor has no way into a Teams activity.
 */
export const createHandler = (deps: HandlerDeps): ActivityHandler => new Handler(deps);

class Handler extends ActivityHandler {
  readonly #deps: HandlerDeps;

  constructor(deps: HandlerDeps) {
    super();
    this.#deps = deps;
    this.onMessage(async (context, next) => {
      const { channelId } = context.activity;
      if (channelId === 'webchat' || channelId === 'sms') await this.#visitor(context);
      else if (channelId === 'msteams' && deps.staff) await this.#staff(context, deps.staff);
      await next();
    });
    this.onInstallationUpdate(async (context, next) => {
      await this.#installed(context);
      await next();
    });
  }

  async #installed(context: TurnContext): Promise<void> {
    const { activity } = context;
    const { staff } = this.#deps;
    if (!staff || activity.channelId !== 'msteams') return;
    const here = !String(activity.action).startsWith('remove');
    const said = await staff.installed(here, identityOf(activity), placeOf(activity));
    if (said) await context.sendActivity(said);
  }

  async #visitor(context: TurnContext): Promise<void> {
    const input = context.turnState.get<TurnInput | undefined>(TURN_INPUT);
    if (!input) throw new Error('A visitor turn began without its input.');
    const outcome = await this.#deps.decide(input);
    context.turnState.set(TURN_OUTCOME, outcome);
    if (outcome.reply) await context.sendActivity(messageOf(outcome.reply, outcome.language));
  }

  async #staff(context: TurnContext, staff: StaffPort): Promise<void> {
    const { activity } = context;
    const click = Submitted.safeParse(activity.value);
    if (click.success) {
      const card = await staff.action(click.data.verb, click.data, identityOf(activity), placeOf(activity));
      await context.sendActivity(MessageFactory.attachment(CardFactory.adaptiveCard(card)));
      return;
    }
    await context.sendActivity(await staff.command(wordsOf(activity), identityOf(activity), placeOf(activity)));
  }

  protected override async onAdaptiveCardInvoke(
    context: TurnContext,
    { action }: AdaptiveCardInvokeValue,
  ): Promise<AdaptiveCardInvokeResponse> {
    const { staff } = this.#deps;
    if (!staff || context.activity.channelId !== 'msteams') throw new Error('NotImplemented');
    const { activity } = context;
    const card = await staff.action(action.verb, action.data, identityOf(activity), placeOf(activity));
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
  }
}

/** `Action.Submit`, the fallback of older clients: its data arrives as the value of a message. */
const Submitted = z.object({ verb: z.string() }).loose();
const Tenant = z.object({ tenant: z.object({ id: z.string().min(1) }) });

function identityOf(activity: Activity): StaffIdentity | null {
  const channelData = Tenant.safeParse(activity.channelData);
  const objectId = activity.from?.aadObjectId;
  return channelData.success && objectId ? { tenantId: channelData.data.tenant.id, objectId } : null;
}

function placeOf(activity: Activity): StaffPlace {
  return {
    serviceUrl: activity.serviceUrl,
    conversationId: activity.conversation.id,
    tenantId: identityOf(activity)?.tenantId ?? '',
    botId: activity.recipient?.id ?? '',
    cardId: activity.replyToId ?? null,
    personal: activity.conversation.conversationType === 'personal',
  };
}

/** What was written, without the mention of the bot that Teams puts into it. */
function wordsOf(activity: Activity): string {
  if (!activity.text) return '';
  return activity.recipient?.id ? (TurnContext.removeRecipientMention(activity) ?? '').trim() : activity.text.trim();
}

function messageOf(reply: Reply, language: string): Partial<Activity> {
  const actions = reply.choices.map(({ title }) => ({ type: 'imBack', title, value: title }));
  return {
    type: 'message',
    text: reply.text,
    locale: language,
    ...(actions.length > 0 ? { suggestedActions: { actions, to: [] } } : {}),
    channelData: { utvag: { author: 'bot', answers: reply.answers, language } },
  };
}
