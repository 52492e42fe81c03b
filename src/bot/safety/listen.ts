import { detectLanguage } from '../language/detect.ts';
import { type Features, featuresOf } from './features.ts';
import { isMuted } from './frames.ts';
import { languagesOf } from './languages.ts';
import { normalise } from './normalise.ts';
import { requestOf } from './requests.ts';
import { lifeRules } from './rules/life.ts';
import { pressureRules } from './rules/pressure.ts';
import type { Rule } from './rules/rule.ts';
import { violenceRules } from './rules/violence.ts';
import { worryRules } from './rules/worry.ts';
import { type Scene, scenesOf } from './scene.ts';
import { signalFiles } from './signals.ts';
import { compileVocabulary } from './vocabulary.ts';

/** A passage of a text and what the rules make of it. */
export interface Passage {
  scene: Scene;
  /** Rules that hold and are not muted by a harmless frame. */
  fired: readonly Rule[];
  /** What the classifier sees of it. */
  features: Features;
}

export interface Heard {
  passages: readonly Passage[];
  /** What the classifier sees of the text as a whole. */
  whole: Features;
}

export type Listener = (text: string) => Heard;

const RULES: readonly Rule[] = [...lifeRules, ...violenceRules, ...pressureRules, ...worryRules];
const READ_FOR_MARKS = 2000;
const MARKS: ReadonlyArray<readonly [string, RegExp]> = [
  ['mark question', /[?؟¿]/],
  ['mark laugh', /(?:ha){2,}|\b(?:lo+l|lmf?ao+|xd|jaja+|asg|rofl)\b|ه{4,}|خخ|[😂🤣💀]/iu],
  ['mark number', /\d{3}[- ]?\d{3}|\[[^\]]+\]/],
  ['mark shout', /!!/],
  ['mark quote', /["“”«»]/],
];

/** Compiles the signal files once (some ms) and then reads a text into passages; cost grows linearly with its length. */
export function createListener(): Listener {
  const vocabulary = compileVocabulary(signalFiles);
  return (text) => {
    const reading = normalise(text);
    const languages = languagesOf(reading, detectLanguage(text, 'sv'));
    const scenes = scenesOf(reading, vocabulary, languages);
    const marks = marksOf(text);
    const read = scenes.map((scene) => ({ scene, ...judge(scene) }));
    const passages = read.map(({ scene, fired, names }) => ({
      scene,
      fired,
      features: featuresOf(scene.sentences, [...names, ...marks], languages),
    }));
    const [only, ...others] = passages;
    if (only !== undefined && others.length === 0) return { passages, whole: only.features };
    const names = new Set(read.flatMap((passage) => passage.names));
    return { passages, whole: featuresOf(reading.sentences, [...names, ...marks], languages) };
  };
}

function judge(scene: Scene): { fired: readonly Rule[]; names: readonly string[] } {
  const hits = RULES.filter((rule) => rule.when(scene));
  const muted = hits.length > 0 && isMuted(scene);
  const fired = muted ? hits.filter((rule) => rule.firm) : hits;
  const names = hits.map((rule) => (fired.includes(rule) ? `rule ${rule.id}` : `muted ${rule.id}`));
  return { fired, names: [...scene.heard, ...names] };
}

function marksOf(text: string): string[] {
  const start = text.slice(0, READ_FOR_MARKS);
  const request = requestOf(start);
  const marks = MARKS.filter(([, pattern]) => pattern.test(start)).map(([name]) => name);
  return request === null ? marks : [...marks, `request ${request}`];
}
