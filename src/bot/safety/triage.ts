import { type Channel, type Reason, RISKS, type Risk, type RiskKind, type Triage } from '../outcome.ts';
import { type Classifier, createClassifier } from './classifier.ts';
import { judge, riskOf } from './judgement.ts';
import { keywordOf } from './keyword.ts';
import { createListener, type Listener } from './listen.ts';
import { type Request, requestOf, wantsHuman } from './requests.ts';
import type { Scene } from './scene.ts';

export type TriageFunction = (text: string, context: { risk: Risk; channel: Channel }) => Triage;

const SURE_OF_HUMAN = 0.6;
/** A whole message that is only this says nothing of danger, whatever a model makes of so few letters. */
const BARE: ReadonlySet<Request | null> = new Set<Request | null>([
  'greeting',
  'thanks',
  'goodbye',
  'yes',
  'no',
  'skip',
  'more',
  'first',
  'second',
  'third',
  'fourth',
  'optin',
]);

/**
 * Makes the ears of the bot: rules over signals, and beside them a model learned from the texts in `test/eval/training`.
 * Creation compiles and loads (tens of ms); a usual message then takes well under a millisecond and cost grows linearly
 * with length. The result is the level of this text alone: the caller keeps the conversation's level and only ever raises
 * it. `context.risk` lets a short follow-up ("nu kommer han") be heard as what it continues.
 */
export function createTriage(
  listen: Listener = createListener(),
  classify: Classifier = createClassifier(),
): TriageFunction {
  return (text, context) => {
    const { passages, whole } = listen(text);
    const bare = BARE.has(requestOf(text)) || keywordOf(text) === 'stop';
    const reasons: Reason[] = [];
    const heard = new Set<string>();
    const add = (reason: Reason) => {
      const key = `${reason.rule} ${reason.kind} ${reason.level}`;
      if (!heard.has(key)) reasons.push(reason);
      heard.add(key);
    };
    for (const { scene, fired, features } of passages) {
      if (scene.words === 0 || (bare && fired.length === 0 && !atRisk(context.risk))) continue;
      for (const reason of judge(fired, scene.words, {
        risk: classify('risk', features),
        kinds: classify('kinds', features),
      }))
        add(reason);
      if (atRisk(context.risk) && scene.words <= 12 && continues(scene))
        add({ kind: 'distress', level: context.risk, rule: 'context.continues' });
    }
    reasons.sort((a, b) => RISKS.indexOf(b.level) - RISKS.indexOf(a.level));
    const kinds = [...new Set(reasons.map((reason): RiskKind => reason.kind))];
    const human = wantsHuman(text) || (passages.length > 0 && (classify('human', whole)[0] ?? 0) > SURE_OF_HUMAN);
    return { risk: riskOf(reasons), kinds, reasons, wantsHuman: human };
  };
}

const atRisk = (risk: Risk): boolean => risk === 'urgent' || risk === 'emergency';

/** In a conversation that is already serious a plea, a pursuer or a collapse needs no more words. */
const continues = (scene: Scene): boolean =>
  scene.has('help.plea', 'place.outside', 'place.chase', 'place.hiding', 'body.collapse', 'time.now') &&
  !scene.has('frame.joke', 'time.closed', 'frame.laugh');
