import { z } from 'zod';

const id = z.string().min(1).max(1_000);
const Party = z.looseObject({ id: id.optional(), aadObjectId: z.string().max(100).optional() });
const Mention = z.object({ text: z.string(), mentioned: z.object({ id }) });
const Entity = z
  .looseObject({ type: z.string() })
  .refine((entity) => entity.type !== 'mention' || Mention.safeParse(entity).success);
const CardAction = z.object({ action: z.looseObject({ type: z.string(), verb: z.string().max(100).optional() }) });

const text = z.string().max(28_000).nullish();
const instant = z.string().max(64).nullish();

/**
 * The parts of an activity that we or the SDK read; the rest passes through. `deliveryMode` is taken away: with `expectReplies` a
 * caller would get the replies in the HTTP answer. The SDK dies on a card action without an `action`, so that is checked here.
 */
export const TeamsActivity = z
  .looseObject({
    type: z.string().min(1).max(64),
    channelId: z.string().max(64),
    conversation: z.looseObject({ id }),
    id: id.optional(),
    serviceUrl: z.string().max(1_000).optional(),
    name: z.string().max(200).optional(),
    from: Party.optional(),
    recipient: Party.optional(),
    replyToId: id.nullish().transform((v) => v ?? undefined),
    channelData: z.record(z.string(), z.unknown()).nullish(),
    entities: z.array(Entity).nullish(),
    text,
    timestamp: instant,
    expiration: instant,
    localTimestamp: instant,
    value: z.unknown().optional(),
  })
  .refine(({ type, name, value }) => type !== 'invoke' || name !== 'adaptiveCard/action' || isCardAction(value), {
    path: ['value'],
  })
  .transform(({ deliveryMode: _, entities, ...activity }) => ({
    ...activity,
    ...(entities ? { entities } : {}),
    ...dates(activity),
  }));
export type TeamsActivity = z.infer<typeof TeamsActivity>;

const isCardAction = (value: unknown): boolean => CardAction.safeParse(value).success;

/** Dates arrive as text; the SDK's own HTTP entrance turns them into `Date`, its `processActivity` does not. */
function dates(activity: Partial<Record<'timestamp' | 'expiration' | 'localTimestamp', string | null | undefined>>) {
  const fixed: Record<string, unknown> = {};
  for (const key of ['timestamp', 'expiration', 'localTimestamp'] as const) {
    const raw = activity[key];
    const at = raw ? new Date(raw) : null;
    const valid = at !== null && !Number.isNaN(at.getTime());
    fixed[key] = valid ? at : undefined;
    if (valid) fixed[`raw${key[0]?.toUpperCase()}${key.slice(1)}`] = raw;
  }
  return fixed;
}
