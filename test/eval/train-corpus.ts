import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { lexiconText } from '../../src/bot/language/meanings.ts';
import { RISK_KINDS, RISKS, type Risk, type RiskKind } from '../../src/bot/outcome.ts';
import { INTENTS, type Intent } from '../../src/bot/safety/intents.ts';
import { expand, type Random, randomOf, vary } from './train-variation.ts';

export interface Example {
  text: string;
  lang: string;
  risk: Risk;
  kinds: readonly RiskKind[];
  intent: Intent;
  wantsHuman: boolean;
  tags: readonly string[];
  /** All variants of one written line have the same base; all lines under one heading have the same situation. */
  base: number;
  situation: string;
  /** 1 for a text as it is written, less for a variation of it. */
  weight: number;
  /** A text put together from two: what it is about is left out of the learning. */
  mixed?: boolean;
}

type Heading = Omit<Example, 'text' | 'lang' | 'base' | 'weight' | 'mixed'>;

const FOLDER = new URL('./training/', import.meta.url);
const HEADING = /^@ (none|elevated|urgent|emergency) (\S+) (\S+)(?: (?!\[)(\S+))?( \[H\])?$/;
const TEXT = /^(\w{2,3})[:>] (.+)$/;

const filesOf = (folder: URL): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort();

/** What the committed model was trained from: the hash of the lexicon and of every training text. */
export function corpusStamp(folder: URL = FOLDER): string {
  const sum = createHash('sha256').update(lexiconText());
  for (const name of filesOf(folder)) sum.update(name).update(readFileSync(new URL(name, folder)));
  return sum.digest('hex').slice(0, 16);
}

/** Every written line of the training files, with its slots filled in and its spelling varied; the same for a seed. */
export function readCorpus(options: { seed: number; folder?: URL }): Example[] {
  const folder = options.folder ?? FOLDER;
  const random = randomOf(options.seed);
  const examples: Example[] = [];
  let base = 0;
  for (const name of filesOf(folder)) {
    let heading: Heading | null = null;
    const [version, reviewer, ...lines] = readFileSync(new URL(name, folder), 'utf8').split('\n');
    if (!/^version \d+$/.test(version ?? '') || !/^reviewer .+$/.test(reviewer ?? ''))
      throw new Error(`${name}: version and reviewer come first`);
    for (const [number, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const where = `${name} line ${number + 3}`;
      if (line.startsWith('@')) {
        heading = headingOf(line, where);
        continue;
      }
      const match = TEXT.exec(line);
      if (match === null || heading === null) throw new Error(`${where}: neither heading nor text`);
      base += 1;
      const known: Heading = heading;
      for (const variant of variantsOf(match[2] ?? '', match[1] ?? '', random))
        examples.push({ ...known, ...variant, base });
    }
  }
  return [...examples, ...composed(examples, random)];
}

const QUESTIONS = new Set<Intent>(
  INTENTS.filter((intent) => !/greeting|thanks|off_topic|abuse|attack|stop|talk_to/.test(intent)),
);
const REASONS: Readonly<Record<string, readonly string[]>> = {
  sv: [
    'till ett skolarbete',
    'frågar för en kompis',
    'undrar bara',
    'bara nyfiken',
    'skriver en uppsats om det',
    'haha',
  ],
  en: ['for a school project', 'asking for a friend', 'just wondering', 'just curious', 'writing a paper on it', 'lol'],
};

/**
 * Texts of two parts, as people write them: a joke or a reason beside a question leaves the question what it is, small talk
 * beside an alarm leaves the alarm. They belong to the base of the part that decides.
 */
function composed(examples: readonly Example[], random: Random): Example[] {
  const written = examples.filter((example) => example.text.length < 160);
  const light = groupOf(written.filter((one) => one.intent === 'off_topic' && one.tags.includes('hard_negative')));
  const calm = groupOf(written.filter((one) => one.risk === 'none' && one.intent !== 'stop_sms'));
  const everyday = groupOf(written.filter((one) => one.tags.includes('everyday')));
  const talk = (lang: string, count: number): string[] =>
    Array.from({ length: count }, () => pickOne(everyday.get(lang) ?? [], random)?.text ?? '').filter(
      (text) => text !== '',
    );
  return written.flatMap((example): Example[] => {
    // Long calm talk must be heard as often without an alarm in it as with one.
    const share = example.tags.includes('everyday') ? 1 : example.risk === 'none' ? 0.2 : 0.06;
    if (random() < share) {
      const parts = talk(example.lang, 1 + Math.floor(random() * 4));
      parts.splice(Math.floor(random() * (parts.length + 1)), 0, example.text);
      return [
        {
          ...example,
          text: parts.join('. '),
          weight: example.tags.includes('everyday') ? 0.8 : example.weight * 0.6,
          mixed: true,
        },
      ];
    }
    if (random() > 0.3) return [];
    const question = example.risk === 'none' && QUESTIONS.has(example.intent);
    const other = pickOne((question ? light : calm).get(example.lang) ?? [], random);
    if ((example.risk === 'none' && !question) || example.risk === 'elevated' || other === undefined) return [];
    const reason = question && random() < 0.4 ? pickOne(REASONS[example.lang] ?? [], random) : undefined;
    const beside = reason ?? other.text;
    const parts = reason !== undefined || random() < 0.5 ? [example.text, beside] : [beside, example.text];
    const text = parts.join(random() < 0.5 ? '. ' : ', ');
    return [{ ...example, text, weight: example.weight * 0.5, mixed: !question }];
  });
}

function groupOf(examples: readonly Example[]): Map<string, Example[]> {
  const groups = new Map<string, Example[]>();
  for (const example of examples) {
    const group = groups.get(example.lang);
    if (group === undefined) groups.set(example.lang, [example]);
    else group.push(example);
  }
  return groups;
}

const pickOne = <T>(list: readonly T[], random: Random): T | undefined => list[Math.floor(random() * list.length)];

function headingOf(line: string, where: string): Heading {
  const match = HEADING.exec(line);
  const risk = RISKS.find((level) => level === match?.[1]);
  const intent = INTENTS.find((name) => name === match?.[3]);
  const words = match?.[2] === '-' ? [] : (match?.[2] ?? '').split(',');
  const kinds = RISK_KINDS.filter((kind) => words.includes(kind));
  if (risk === undefined || intent === undefined || kinds.length !== words.length) throw new Error(`${where}: ${line}`);
  return {
    risk,
    intent,
    kinds,
    tags: match?.[4]?.split(',') ?? [],
    wantsHuman: match?.[5] !== undefined,
    situation: `${risk} ${intent} ${match?.[2]} ${match?.[4] ?? ''}`,
  };
}

function variantsOf(
  source: string,
  lang: string,
  random: Random,
): Array<{ text: string; lang: string; weight: number }> {
  const written = expand(source, random, 6);
  const share = 1 / Math.sqrt(written.length);
  return written.flatMap((text) => [
    { text, lang, weight: share },
    { text: vary(text, lang, random), lang, weight: share * 0.6 },
  ]);
}
