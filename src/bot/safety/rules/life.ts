import type { Scene } from '../scene.ts';
import { isOld, isPersonal, type Rule } from './rule.ts';

/** Suicide, self-harm and acute intoxication (eval LABELS §2: behaviour or means at hand is an emergency, every thought is urgent). */
export const lifeRules: readonly Rule[] = [
  {
    id: 'suicide.farewell-armed',
    kinds: ['suicide', 'weapon'],
    level: 'emergency',
    when: (s) => s.has('suicide.farewell') && s.has('weapon.any') && !isOld(s),
  },
  {
    id: 'selfharm.blade-now',
    kinds: ['selfharm', 'suicide'],
    level: 'emergency',
    when: (s) =>
      s.has('suicide.ready') &&
      s.has('time.now') &&
      s.has('weapon.against', 'selfharm.act', 'suicide.wish') &&
      !isOld(s),
  },
  {
    id: 'overdose.taken',
    kinds: ['overdose', 'suicide'],
    level: 'emergency',
    firm: true,
    when: (s) => s.has('body.ingested') && !s.has('time.longago') && !attemptIsPast(s),
  },
  {
    id: 'overdose.collapse',
    kinds: ['overdose'],
    level: 'emergency',
    firm: true,
    when: (s) => s.has('body.collapse') && !isOld(s),
  },
  {
    id: 'selfharm.grave',
    kinds: ['selfharm'],
    level: 'emergency',
    firm: true,
    when: (s) => s.has('selfharm.act') && s.has('body.bleeding') && !isOld(s),
  },
  {
    id: 'suicide.brink',
    kinds: ['suicide'],
    level: 'emergency',
    when: (s) =>
      (s.has('place.brink.sure') && !s.has('frame.game', 'frame.film')) ||
      (s.has('place.brink') &&
        (s.has('suicide.wish', 'suicide.farewell', 'suicide.jump', 'distress.strong', 'distress.low', 'help.plea') ||
          onTheBrink(s))),
  },
  {
    id: 'suicide.means-now',
    kinds: ['suicide'],
    level: 'emergency',
    when: (s) =>
      s.has('suicide.ready') &&
      (s.has('suicide.wish', 'suicide.farewell') || (s.has('time.tonight') && s.has('help.plea', 'distress.strong'))) &&
      !isOld(s),
  },
  {
    id: 'suicide.tonight-with-means',
    kinds: ['suicide'],
    level: 'emergency',
    when: (s) =>
      s.has('suicide.wish') &&
      s.has('time.tonight') &&
      s.has('suicide.method', 'suicide.ready', 'suicide.farewell') &&
      !s.denies('suicide.wish') &&
      !deferred(s),
  },
  {
    id: 'suicide.farewell-now',
    kinds: ['suicide'],
    level: 'emergency',
    when: (s) =>
      s.has('suicide.farewell') &&
      (s.has('place.brink', 'place.captive') ||
        (s.has('place.hiding', 'missing', 'body.collapse') && s.has('who.kin', 'who.friend'))) &&
      !isOld(s),
  },
  {
    id: 'suicide.thought',
    kinds: ['suicide'],
    level: 'urgent',
    when: (s) => s.has('suicide.wish') && !onlyDenied(s) && !(isOld(s) && !isPersonal(s)),
  },
  {
    id: 'suicide.method',
    kinds: ['suicide'],
    level: 'urgent',
    when: (s) => s.has('suicide.method') && (s.has('suicide.deny', 'suicide.wish') || s.denies('suicide.wish')),
  },
  { id: 'suicide.attempt', kinds: ['suicide'], level: 'urgent', when: (s) => s.has('suicide.attempt') && !isOld(s) },
  {
    id: 'suicide.farewell',
    kinds: ['suicide'],
    level: 'urgent',
    when: (s) =>
      s.has('suicide.farewell') &&
      isPersonal(s) &&
      s.words > 5 &&
      !isOld(s) &&
      s.has('suicide.wish', 'distress.strong', 'distress.low', 'who.kin', 'who.friend'),
  },
  {
    id: 'suicide.tonight-despair',
    kinds: ['suicide'],
    level: 'urgent',
    when: (s) => s.has('distress.strong') && s.has('time.tonight', 'suicide.ready', 'suicide.method'),
  },
  { id: 'selfharm.now', kinds: ['selfharm'], level: 'urgent', when: (s) => s.has('selfharm.act') && !isOld(s) },
  { id: 'distress.strong', kinds: ['distress'], level: 'elevated', when: (s) => s.has('distress.strong') },
  {
    id: 'distress.denied-suicide',
    kinds: ['distress'],
    level: 'elevated',
    when: (s) => s.has('distress.low') && (s.has('suicide.deny') || s.denies('suicide.wish')),
  },
];

const onTheBrink = (s: Scene): boolean =>
  s.has('who.self', 'who.kin', 'who.friend') &&
  s.words <= 25 &&
  !s.has('frame.laugh', 'frame.question', 'frame.sport', 'frame.game', 'frame.film');

const attemptIsPast = (s: Scene): boolean =>
  s.has('suicide.attempt') && s.has('time.recent', 'time.past') && !s.has('time.now');

/** "inte ikväll, men ...": the evening is what is denied, the thought stands. */
const deferred = (s: Scene): boolean => s.has('suicide.deny');

/** A wish that is spoken of only to deny it. A denial beside a real wish does not undo it. */
const onlyDenied = (s: Scene): boolean => s.denies('suicide.wish');
