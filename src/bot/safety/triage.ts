import { detectLanguage } from '../language/detect.ts';
import { type Channel, type Reason, RISKS, type Risk, type RiskKind, type Triage, worse } from '../outcome.ts';
import { isMuted } from './frames.ts';
import { languagesOf } from './languages.ts';
import { normalise } from './normalise.ts';
import { wantsHuman } from './requests.ts';
import { lifeRules } from './rules/life.ts';
import { pressureRules } from './rules/pressure.ts';
import type { Rule } from './rules/rule.ts';
import { violenceRules } from './rules/violence.ts';
import { worryRules } from './rules/worry.ts';
import { type Scene, scenesOf } from './scene.ts';
import { signalFiles } from './signals.ts';
import { compileVocabulary } from './vocabulary.ts';

export type TriageFunction = (text: string, context: { risk: Risk; channel: Channel }) => Triage;

const RULES: readonly Rule[] = [...lifeRules, ...violenceRules, ...pressureRules, ...worryRules];

/**
 * Makes the listener. It compiles its signal files once (some ms); a usual message then takes well under a millisecond
 * and cost grows linearly with length. The result is the level of this text alone: the caller keeps the conversation's
 * level and only ever raises it. `context.risk` lets a short follow-up ("nu kommer han") be heard as what it continues.
 */
export function createTriage(): TriageFunction {
  const vocabulary = compileVocabulary(signalFiles);
  return (text, context) => {
    const reading = normalise(text);
    const scenes = scenesOf(reading, vocabulary, languagesOf(reading, detectLanguage(text, 'sv')));
    const reasons: Reason[] = [];
    const heard = new Set<string>();
    for (const scene of scenes) {
      const muted = isMuted(scene);
      for (const rule of RULES) {
        if (heard.has(rule.id) || (muted && rule.firm !== true) || !rule.when(scene)) continue;
        heard.add(rule.id);
        for (const kind of rule.kinds) reasons.push({ kind, level: rule.level, rule: rule.id });
      }
      if (atRisk(context.risk) && !heard.has('context.continues') && scene.words <= 12 && continues(scene)) {
        heard.add('context.continues');
        reasons.push({ kind: 'distress', level: context.risk, rule: 'context.continues' });
      }
    }
    reasons.sort((a, b) => RISKS.indexOf(b.level) - RISKS.indexOf(a.level));
    const kinds = [...new Set(reasons.map((reason): RiskKind => reason.kind))];
    const risk = reasons.reduce<Risk>((level, reason) => worse(level, reason.level), 'none');
    return { risk, kinds, reasons, wantsHuman: wantsHuman(text) };
  };
}

const atRisk = (risk: Risk): boolean => risk === 'urgent' || risk === 'emergency';

/** In a conversation that is already serious a plea, a pursuer or a collapse needs no more words. */
const continues = (scene: Scene): boolean =>
  scene.has('help.plea', 'place.outside', 'place.chase', 'place.hiding', 'body.collapse', 'time.now') &&
  !scene.has('frame.joke', 'time.closed', 'frame.laugh');
