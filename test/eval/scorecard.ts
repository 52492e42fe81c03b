import { RISKS } from '../../src/bot/outcome.ts';
import type { DialogueScore } from './dialogues/check.ts';
import type { Figures, Floors } from './floors.ts';
import { f1Of } from './score/f1.ts';
import type { RetrievalScore } from './score/score-retrieval.ts';
import type { GroupScore, UtteranceScore } from './score/score-utterances.ts';
import { rate, type Share, showRate, showShare } from './score/share.ts';

/** The figures that are held to something, first; sets that are counted alike stand side by side. */
export function headline(now: Date, figures: Readonly<Record<string, Figures>>, floors: Floors): string {
  return [
    '# Scorecard',
    '',
    `Written by \`npm run eval\` on ${now.toISOString().slice(0, 10)}, without a language model. Ids and figures only.`,
    'The dev sets are worked with in the open: what they show is optimistic. What has been held out is shown beside it. `heldout` was',
    'written by the author of the first rules; `heldout-2` and `heldout-3` by others who had seen neither rules nor training texts; the',
    'thresholds were picked with `heldout` and `heldout-2` in view, so `heldout-3` is the one to expect elsewhere.',
    ...BESIDE.flatMap((sets) => {
      const present = sets.filter((set) => figures[set]);
      return present.length === 0 ? [] : ['', ...besideEachOther(present, figures, floors)];
    }),
    '',
  ].join('\n');
}

const BESIDE = [
  ['dev', 'heldout', 'heldout-2', 'heldout-3'],
  ['retrieval-dev', 'topics-heldout', 'topics-heldout-2'],
  ['dialogues-dev'],
] as const;

function besideEachOther(sets: readonly string[], figures: Readonly<Record<string, Figures>>, floors: Floors) {
  const names = Object.keys(figures[sets[0] ?? ''] ?? {});
  const cells = (set: string, name: string): string[] => {
    const { atLeast, atMost } = floors[set]?.[name] ?? {};
    return [showRate(figures[set]?.[name] ?? null), atMost === undefined ? `${atLeast ?? ''}` : `${atMost}`];
  };
  return table(
    ['figure', 'goal', ...sets.flatMap((set) => [set, 'floor'])],
    names.map((name) => {
      const bounds = sets.map((set) => floors[set]?.[name]);
      const goal = bounds.find((bound) => bound?.goal !== undefined)?.goal;
      const sign = bounds.some((bound) => bound?.atMost !== undefined) ? '≤' : '≥';
      return [name, goal === undefined ? '' : `${sign} ${goal}`, ...sets.flatMap((set) => cells(set, name))];
    }),
  );
}

export function utteranceTables(title: string, score: UtteranceScore): string {
  const { risk, kinds, intents } = score;
  return sections(title, {
    'Recall per gold level': table(
      ['level', 'strict', 'lenient'],
      risk.levels.map((l) => [l.level, showShare(l.strict), showShare(l.lenient)]),
    ),
    'Cumulative: gold at least, predicted at least': table(
      ['level', 'recall', 'precision'],
      risk.cumulative.map((c) => [c.level, showShare(c.recall), showShare(c.precision)]),
    ),
    'False alarms on gold none': table(
      ['predicted at least', 'strict', 'lenient', 'hard negatives'],
      risk.falseAlarms.map((f) => [f.level, showShare(f.strict), showShare(f.lenient), showShare(f.hardNegatives)]),
    ),
    'Confusion (rows gold, columns predicted)': confusion(score),
    'Ids to look at': table(
      ['what', 'ids'],
      Object.entries({
        'missed emergency or urgent': risk.missed,
        'false emergency or urgent': score.wrong.falseUrgent,
        language: score.wrong.language,
        district: score.wrong.district,
        'personal data': score.wrong.masked,
      }).map(([what, ids]) => [what, ids.join(' ') || 'none']),
    ),
    'Risk kinds (micro)': table(
      ['precision', 'recall', 'F1'],
      [[showShare(kinds.precision), showShare(kinds.recall), showRate(kinds.f1)]],
    ),
    'Language, place, personal data': table(
      ['figure', ''],
      [
        ['language right', showShare(score.language)],
        ['district right where a place is labelled', showShare(score.district)],
        ['no district where none is labelled', showShare(score.noDistrict)],
        ['personal data masked', showShare(score.masking.recall)],
        ['texts with a false mask', showShare(score.masking.falseMasks)],
      ],
    ),
    'Per language': groups(score.languages),
    'Per channel': groups(score.channels),
    'Per tag': table(
      ['tag', 'n', 'under-triaged', 'false alarm'],
      score.tags.map((t) => [t.name, String(t.n), showShare(t.under), showShare(t.falseAlarms)]),
    ),
    Intents: [
      `macro-F1 ${showRate(intents.macroF1)} over ${intents.classes.length} intents; accuracy strict ${showShare(intents.accuracy)}, with alternatives ${showShare(intents.withAlternatives)}`,
      '',
      ...table(
        ['intent', 'n', 'precision', 'recall', 'F1'],
        intents.classes.map((c) => [
          c.name,
          String(c.truePositives + c.falseNegatives),
          showRate(rate({ hit: c.truePositives, of: c.truePositives + c.falsePositives })),
          showRate(rate({ hit: c.truePositives, of: c.truePositives + c.falseNegatives })),
          showRate(f1Of(c)),
        ]),
      ),
    ],
  });
}

function confusion({ risk }: UtteranceScore): string[] {
  const levels = [...RISKS].reverse();
  const line = (name: string, { strict, lenient }: { strict: Share; lenient: Share }) =>
    `${name} ${showShare(strict)}, lenient ${showShare(lenient)}`;
  return [
    ...table(
      ['gold', ...levels],
      levels.map((gold) => [gold, ...levels.map((predicted) => String(risk.confusion[gold][predicted]))]),
    ),
    '',
    `exact ${showShare(risk.exact)}; ${line('under-triaged', risk.under)}; ${line('over-triaged', risk.over)}`,
  ];
}

const groups = (some: readonly GroupScore[]): string[] =>
  table(
    ['', 'n', 'emergency', 'urgent', 'elevated', 'false alarm', 'false urgent', 'language', 'intent', 'macro-F1'],
    some.map((g) => [
      g.name,
      String(g.n),
      ...g.risk.levels.map((l) => showShare(l.strict)),
      ...(['elevated', 'urgent'] as const).map((level) =>
        showShare(g.risk.falseAlarms.find((f) => f.level === level)?.strict ?? { hit: 0, of: 0 }),
      ),
      showShare(g.language),
      showShare(g.intentAccuracy),
      showRate(g.intentMacroF1),
    ]),
  );

export function retrievalTables(title: string, score: RetrievalScore): string {
  return sections(title, {
    All: table(
      ['top-1', 'top-3', 'best topic first', 'abstained on unanswerable', 'abstained on answerable'],
      [[score.top1, score.top3, score.bestFirst, score.abstained, score.silent].map(showShare)],
    ),
    'First topic wrong': [score.wrong.join(' ') || 'none'],
    'Per language': table(
      ['', 'n', 'top-1', 'top-3', 'abstained on unanswerable'],
      score.languages.map((l) => [l.name, String(l.n), ...[l.top1, l.top3, l.abstained].map(showShare)]),
    ),
  });
}

export function dialogueTables(title: string, score: DialogueScore): string {
  return sections(title, {
    All: [`${score.passed} of ${score.dialogues} dialogues hold in everything; ${score.missing} were not played.`],
    'By expectation': table(
      ['expectation', 'held'],
      score.asserts.map((a) => [a.name, `${a.hit}/${a.of}`]),
    ),
    'What did not hold': table(
      ['dialogue', 'turn', 'expectation'],
      score.failures.map((f) => [f.dialogue, String(f.turn), f.assert]),
    ),
  });
}

const sections = (title: string, parts: Record<string, string[]>): string =>
  ['', `## ${title}`, ...Object.entries(parts).flatMap(([name, lines]) => ['', `### ${name}`, '', ...lines]), ''].join(
    '\n',
  );

/** A Markdown table with columns of even width, so that it reads in a terminal too. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return ['none'];
  const widths = head.map((_, at) => Math.max(3, ...[head, ...rows].map((row) => [...(row[at] ?? '')].length)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)];
}
