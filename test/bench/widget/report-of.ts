import type { Check, Figure, Goal, Report } from '../report.ts';
import { percentile, ratiosOf, spreadOf } from '../statistics.ts';
import type { Peer } from './start-peers.ts';
import type { Conditions, Visited } from './visit-page.ts';

/** SPEED §1c: `phone` is what the goal was set with. */
export const PROFILES: Readonly<Record<'none' | 'phone' | 'slow3g', { label: string; conditions: Conditions }>> = {
  none: { label: 'no throttling', conditions: { slower: 1, network: null } },
  phone: {
    label: 'CPU x4, 1.6 Mbps, 150 ms',
    conditions: { slower: 4, network: { latencyMs: 150, bitsPerSecond: 1_600_000 } },
  },
  slow3g: {
    label: 'CPU x4, slow 3G',
    conditions: { slower: 4, network: { latencyMs: 400, bitsPerSecond: 400_000 } },
  },
};
type Profile = keyof typeof PROFILES;
const EVERY: readonly Profile[] = ['none', 'phone', 'slow3g'];

/** Where Enter is pressed, and how many messages are there already. */
export const TYPING = [
  { name: 'ours', messages: 0 },
  { name: 'ours', messages: 300 },
  { name: 'ours', messages: 1000 },
  { name: 'webchat-minimal', messages: 300 },
] as const;

/** By round; visits as `name profile`, typing as `name messages`. */
export interface Measured {
  /** Ours first. */
  pages: Peer[];
  visits: Record<string, Visited[]>;
  typed: Record<string, number[][]>;
}

export function reportOf(measured: Measured): Report {
  return {
    name: 'widget: a first visit to /chat, nothing cached, beside other widgets',
    figures: [...weightFigures(measured), ...visitFigures(measured), ...typingFigures(measured)],
    goals: [...weightGoals(measured), ...visitGoals(measured), ...typingGoals(measured)],
    checks: checks(measured),
    notes: [
      'ours is the page as the service serves it: HTML, style, script and the first language in one file. No font is loaded. The code that listens for answers (about 1 kB) comes with the first word, panels and other languages when somebody opens them.',
      'the others come from test/peers: a page with the widget alone, packed with brotli 11 as ours is, from a server on this machine, with a bot that answers in the page. What a real one asks its own server for before one can write is not counted.',
      'webchat is Web Chat with everything in it, webchat-minimal without Markdown, cards and speech. react-chatbotify is bundled with React 18. deep-chat asks Google for a font, which gets no answer here.',
      'usable: a field to write in and its button have been laid out. Ours are drawn by the server; what is written or pressed before the script is there is kept, and sent when it is: "can send". On the other pages both are the same moment.',
      'the bare form is HTML without script or style, with few headers, from the server of the other widgets. The goal is for the profile it was set with. Chromium’s own pages are off: they took the processor for the first seconds of every visit.',
      'the peers do more than ours (attachments, cards, speech, themes); ours does what this service needs.',
      'typing: the history is put in by the bench, which also takes every message at once and never answers; what is measured is the page. The first message on each page is reported apart.',
    ],
  };
}

const weightFigures = ({ pages }: Measured): Figure[] =>
  pages.flatMap(({ name, weight }) =>
    (['raw', 'gzip', 'brotli'] as const).map((how) => ({
      what: `before one can write, ${how}: ${name}`,
      unit: 'bytes',
      ...spreadOf([weight[how]]),
    })),
  );

const visitFigures = ({ pages, visits }: Measured): Figure[] => [
  ...EVERY.flatMap((profile) =>
    pages.map(({ name }) => ({
      what: `usable, ${PROFILES[profile].label}: ${name}`,
      unit: 'ms',
      ...spreadOf(valuesOf(visits, name, profile, 'usableMs')),
    })),
  ),
  {
    what: `can send, ${PROFILES.phone.label}: ours`,
    unit: 'ms',
    ...spreadOf(valuesOf(visits, 'ours', 'phone', 'sendsMs')),
  },
  ...pages.map(({ name }) => ({
    what: `blocked, ${PROFILES.phone.label}: ${name}`,
    unit: 'ms',
    ...spreadOf(valuesOf(visits, name, 'phone', 'blockedMs')),
  })),
  ...pages.map(({ name }) => ({
    what: `on the wire, headers included: ${name}`,
    unit: 'bytes',
    ...spreadOf(valuesOf(visits, name, 'none', 'wireBytes')),
  })),
];

const typingFigures = ({ typed }: Measured): Figure[] =>
  TYPING.flatMap(({ name, messages }) => {
    const rounds = typed[`${name} ${messages}`] ?? [];
    const what = `Enter to painted, ${messages} messages, CPU x4: ${name}`;
    return [
      { what, unit: 'ms', ...spreadOf(rounds.flatMap(warm)) },
      { what: `${what}, the first one`, unit: 'ms', ...spreadOf(rounds.flatMap((ms) => ms.slice(0, 1))) },
    ];
  });

function weightGoals({ pages }: Measured): Goal[] {
  const brotli = (name: string) => pages.find((page) => page.name === name)?.weight.brotli ?? Number.NaN;
  const heavier = (name: string) => spreadOf([brotli(name) / brotli('ours')]);
  return [
    { what: 'brotli bytes, ours ÷ 10 kB', atMost: 1, ...spreadOf([brotli('ours') / 10_000]) },
    { what: 'brotli bytes, webchat ÷ ours', atLeast: 60, ...heavier('webchat') },
  ];
}

function visitGoals({ visits }: Measured): Goal[] {
  const usable = (name: string, profile: Profile) => valuesOf(visits, name, profile, 'usableMs');
  const { label } = PROFILES.phone;
  return [
    {
      what: `usable, ours ÷ bare form: ${label}`,
      atMost: 1.15,
      ...ratiosOf(usable('ours', 'phone'), usable('bare-form', 'phone')),
    },
    {
      what: `can send, ours ÷ bare form: ${label}`,
      atMost: 1.15,
      ...ratiosOf(valuesOf(visits, 'ours', 'phone', 'sendsMs'), usable('bare-form', 'phone')),
    },
    {
      what: `usable, webchat-minimal ÷ ours: ${label}`,
      atLeast: 8,
      ...ratiosOf(usable('webchat-minimal', 'phone'), usable('ours', 'phone')),
    },
    {
      what: `blocked, ours ÷ 50 ms: ${label}`,
      atMost: 1,
      ...spreadOf(valuesOf(visits, 'ours', 'phone', 'blockedMs').map((ms) => ms / 50)),
    },
  ];
}

function typingGoals({ typed }: Measured): Goal[] {
  const by = (key: string) => (typed[key] ?? []).map(warm);
  const medians = (key: string) => by(key).map((ms) => spreadOf(ms).median);
  const p95 = percentile(
    by('ours 300')
      .flat()
      .sort((a, b) => a - b),
    0.95,
  );
  return [
    { what: 'Enter to painted at 300 messages, ours p95 ÷ 50 ms', atMost: 1, ...spreadOf([p95 / 50]) },
    {
      what: 'Enter to painted at 300 messages, webchat-minimal ÷ ours',
      atLeast: 10,
      ...ratiosOf(medians('webchat-minimal 300'), medians('ours 300')),
    },
    {
      what: 'Enter to painted, ours at 1000 messages ÷ ours at 0',
      atMost: 1.5,
      ...ratiosOf(medians('ours 1000'), medians('ours 0')),
    },
  ];
}

function checks({ visits }: Measured): Check[] {
  const asked = Math.max(...EVERY.flatMap((profile) => valuesOf(visits, 'ours', profile, 'requests')));
  const elsewhere = Math.max(...EVERY.flatMap((profile) => valuesOf(visits, 'ours', profile, 'elsewhere')));
  return [
    { what: 'a first visit to ours is one request', passed: asked === 1, found: `${asked}` },
    { what: 'no request of ours leaves the server’s own origin', passed: elsewhere === 0, found: `${elsewhere}` },
  ];
}

/** The first message on a page is also the first time its code runs. */
const warm = (ms: readonly number[]): number[] => ms.slice(1);

const valuesOf = (visits: Measured['visits'], name: string, profile: Profile, what: keyof Visited): number[] =>
  (visits[`${name} ${profile}`] ?? []).map((visited) => visited[what]);
