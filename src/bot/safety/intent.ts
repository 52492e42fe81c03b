import { type Channel, RISKS, type Risk } from '../outcome.ts';
import { type Classifier, createClassifier } from './classifier.ts';
import { INTENTS, type Intent } from './intents.ts';
import { keywordOf } from './keyword.ts';
import { createListener, type Listener } from './listen.ts';

export interface Likely {
  intent: Intent;
  /** 0 to 1; all intents together make 1. */
  score: number;
}

/** Below it an emergency was heard to be on the safe side: what the words are about is then the better answer. */
const SURE_OF_EMERGENCY = 0.5;

export type IntentFunction = (text: string, context: { risk: Risk; channel: Channel }) => Likely[];

/**
 * What a text is about, likeliest first (eval LABELS §4). `context.risk` is the level of this text: an emergency is always
 * told of first, whatever is asked beside it. A text without words is `off_topic`.
 */
export function createIntent(
  listen: Listener = createListener(),
  classify: Classifier = createClassifier(),
): IntentFunction {
  return (text, context) => {
    const { passages, whole } = listen(text);
    if (passages.length === 0) return [{ intent: 'off_topic', score: 1 }];
    const alarm = passages.some(({ features, fired }) => {
      const emergency = classify('risk', features)[RISKS.indexOf('emergency')] ?? 0;
      return emergency > SURE_OF_EMERGENCY || fired.some((rule) => rule.level === 'emergency');
    });
    const scores = classify('intent', whole);
    const likely = INTENTS.map((intent, at): Likely => ({ intent, score: scores[at] ?? 0 }));
    const sure = certain(text, alarm && context.risk === 'emergency');
    for (const one of likely) one.score = sure === null ? one.score : (one.score + (one.intent === sure ? 9 : 0)) / 10;
    return likely.sort((a, b) => b.score - a.score);
  };
}

function certain(text: string, alarm: boolean): Intent | null {
  if (alarm) return 'danger_disclosure';
  return keywordOf(text) === 'stop' ? 'stop_sms' : null;
}
