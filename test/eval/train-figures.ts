import { atLeast, type Risk } from '../../src/bot/outcome.ts';

export interface Judged {
  lang: string;
  risk: Risk;
  intent: string;
  intentAlt?: readonly string[];
  tags: readonly string[];
  heard: { risk: Risk; intent: string };
}

export interface Figures {
  emergency: number;
  urgent: number;
  elevated: number;
  falseAlarm: number;
  falseAlarmHard: number;
  intentMacroF1: number;
  intentAccuracy: number;
}

/** Recall at or above each level, false urgent or emergency on harmless texts, and intents; NaN where there is none. */
export function figuresOf(rows: readonly Judged[]): Figures {
  const none = rows.filter((row) => row.risk === 'none');
  const hard = none.filter((row) => row.tags.includes('hard_negative'));
  const alarms = (list: readonly Judged[]) => share(list, (row) => atLeast(row.heard.risk, 'urgent'));
  const recall = (level: Risk, from: readonly Judged[]) => share(from, (row) => atLeast(row.heard.risk, level));
  return {
    emergency: recall(
      'emergency',
      rows.filter((row) => row.risk === 'emergency'),
    ),
    urgent: recall(
      'urgent',
      rows.filter((row) => atLeast(row.risk, 'urgent')),
    ),
    elevated: recall(
      'elevated',
      rows.filter((row) => atLeast(row.risk, 'elevated')),
    ),
    falseAlarm: alarms(none),
    falseAlarmHard: alarms(hard),
    intentMacroF1: macroF1(rows),
    intentAccuracy: share(
      rows,
      (row) => row.heard.intent === row.intent || row.intentAlt?.includes(row.heard.intent) === true,
    ),
  };
}

/** One line per language group, rounded to three decimals. */
export function figureLines(name: string, rows: readonly Judged[]): string[] {
  const groups: ReadonlyArray<readonly [string, readonly Judged[]]> = [
    ['sv+en', rows.filter((row) => row.lang === 'sv' || row.lang === 'en')],
    ['other', rows.filter((row) => row.lang !== 'sv' && row.lang !== 'en')],
    ['all', rows],
  ];
  return groups.map(([group, list]) => {
    const cells = Object.entries(figuresOf(list)).map(([key, value]) => `${key} ${value.toFixed(3)}`);
    return `${name.padEnd(20)} ${group.padEnd(6)} n=${String(list.length).padEnd(6)} ${cells.join('  ')}`;
  });
}

const share = <T>(rows: readonly T[], holds: (row: T) => boolean): number => rows.filter(holds).length / rows.length;

function macroF1(rows: readonly Judged[]): number {
  const intents = [...new Set(rows.map((row) => row.intent))];
  const scores = intents.map((intent) => {
    const right = rows.filter((row) => row.intent === intent && row.heard.intent === intent).length;
    const said = rows.filter((row) => row.heard.intent === intent).length;
    const meant = rows.filter((row) => row.intent === intent).length;
    return (2 * right) / (said + meant);
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
