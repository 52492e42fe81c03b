/** An Adaptive Card of schema 1.5, the first that Teams runs `Action.Execute` in. */
export type CardJson = Record<string, unknown>;

export const adaptiveCard = (body: CardJson[], actions: CardJson[] = []): CardJson => ({
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  type: 'AdaptiveCard',
  version: '1.5',
  body,
  ...(actions.length > 0 ? { actions } : {}),
});

export const line = (text: string, look: CardJson = {}): CardJson => ({ type: 'TextBlock', text, wrap: true, ...look });
export const heading = (text: string, look: CardJson = {}): CardJson =>
  line(text, { weight: 'Bolder', size: 'Medium', style: 'heading', ...look });
