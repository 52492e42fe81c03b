import type { Scene } from '../scene.ts';
import { isComing, isOld, isPersonal, type Rule } from './rule.ts';

/** Threats, debts, forced errands, weapons and planned violence that a human must see within minutes (eval LABELS §2, question 2). */
export const pressureRules: readonly Rule[] = [
  {
    id: 'threatened.veiled',
    kinds: ['threatened'],
    level: 'urgent',
    when: (s) => s.has('threat.veiled') && s.has('threat.say') && isPersonal(s) && !isOld(s),
  },
  {
    id: 'threatened.concrete',
    kinds: ['threatened'],
    level: 'urgent',
    when: (s) =>
      s.has('threat.me') &&
      s.has('threat.say', 'who.they', 'who.other', 'who.abuser', 'who.kin', 'coerce.debt', 'time.soon') &&
      !isTrivial(s) &&
      !aboutAuthority(s) &&
      !isOld(s),
  },
  {
    id: 'threatened.word',
    kinds: ['threatened'],
    level: 'urgent',
    when: (s) =>
      s.has('threat.word') && isPersonal(s) && !s.has('threat.light', 'frame.hypothetical', 'time.past') && !isOld(s),
  },
  {
    id: 'threatened.dated',
    kinds: ['threatened'],
    level: 'urgent',
    when: (s) =>
      s.has('threat.kill') &&
      s.has('threat.say', 'intent.plan') &&
      s.has('who.they', 'who.other', 'who.abuser', 'who.kin', 'who.friend') &&
      !isTrivial(s) &&
      !aboutAuthority(s) &&
      !isOld(s),
  },
  {
    id: 'coercion.debt',
    kinds: ['coercion_debt'],
    level: 'urgent',
    when: (s) =>
      s.has('coerce.debt') &&
      s.has('who.they', 'who.crowd', 'threat.say', 'threat.me', 'coerce.errand', 'coerce.force') &&
      (isComing(s) ||
        s.has('threat.say', 'threat.me', 'coerce.force', 'who.crowd', 'who.kin', 'time.return', 'missing')) &&
      !ordinaryDebt(s) &&
      !isOld(s),
  },
  {
    id: 'coercion.errand',
    kinds: ['coercion_debt', 'recruitment'],
    level: 'urgent',
    when: (s) =>
      s.has('coerce.errand') &&
      s.has('coerce.force') &&
      (isComing(s) || s.has('who.they', 'who.crowd', 'threat.say', 'distress.low', 'coerce.hold', 'coerce.watched')) &&
      !everyday(s) &&
      !isOld(s),
  },
  {
    id: 'coercion.paid-job-dated',
    kinds: ['recruitment', 'coercion_debt'],
    level: 'urgent',
    when: (s) =>
      s.has('coerce.errand') &&
      s.has('recruit.offer') &&
      (isComing(s) || (s.has('who.kin') && s.has('who.child'))) &&
      !everyday(s),
  },
  {
    id: 'coercion.crowd-errand-dated',
    kinds: ['coercion_debt', 'recruitment'],
    level: 'urgent',
    when: (s) => s.all('coerce.errand', 'who.crowd') && isComing(s) && !isOld(s),
  },
  {
    id: 'coercion.holding',
    kinds: ['coercion_debt'],
    level: 'urgent',
    when: (s) =>
      s.has('coerce.hold') &&
      s.has('coerce.errand', 'weapon.any', 'coerce.force', 'coerce.watched', 'distress.low', 'who.crowd') &&
      !everyday(s),
  },
  {
    id: 'coercion.watched',
    kinds: ['coercion_debt'],
    level: 'urgent',
    when: (s) => s.has('coerce.watched') && s.has('coerce.errand', 'coerce.force', 'threat.me', 'coerce.hold'),
  },
  { id: 'coercion.watched-phone', kinds: ['threatened'], level: 'elevated', when: (s) => s.has('coerce.watched') },
  {
    id: 'weapon.kept',
    kinds: ['weapon'],
    level: 'urgent',
    when: (s) =>
      s.has('weapon.have') &&
      isPersonal(s) &&
      !isOld(s) &&
      !s.has('victim.past') &&
      (s.has('weapon.firm', 'threat.say', 'time.always', 'intent.plan', 'who.crowd', 'distress.low') ||
        s.has('who.kin', 'who.friend', 'who.other')) &&
      !toolUse(s),
  },
  {
    id: 'weapon.threat-armed',
    kinds: ['threat_to_others', 'weapon'],
    level: 'urgent',
    when: (s) =>
      s.has('weapon.any') &&
      s.has('threat.kill', 'revenge', 'attack.day') &&
      isPersonal(s) &&
      !isOld(s) &&
      !toolUse(s) &&
      !s.has('victim.past'),
  },
  {
    id: 'attack.planned',
    kinds: ['threat_to_others'],
    level: 'urgent',
    when: (s) =>
      s.has('threat.kill') &&
      s.has('intent.plan') &&
      !isTrivial(s) &&
      !aboutAuthority(s) &&
      !isOld(s) &&
      isPersonalOrOther(s),
  },
  {
    id: 'attack.revenge',
    kinds: ['threat_to_others'],
    level: 'urgent',
    when: (s) =>
      s.has('revenge') &&
      s.has('intent.plan', 'threat.kill', 'weapon.any', 'attack.day', 'target.group') &&
      isPersonalOrOther(s) &&
      !isOld(s),
  },
  {
    id: 'attack.day-named',
    kinds: ['threat_to_others'],
    level: 'urgent',
    when: (s) => s.has('attack.day') && !isOld(s) && isPersonalOrOther(s),
  },
  {
    id: 'extremism.travel',
    kinds: ['extremism', 'recruitment'],
    level: 'urgent',
    when: (s) => s.has('extremism.travel') && isPersonalOrOther(s) && !isOld(s),
  },
  {
    id: 'extremism.attack',
    kinds: ['extremism', 'threat_to_others'],
    level: 'urgent',
    when: (s) =>
      s.has('target.group', 'extremism.milieu') &&
      s.has('revenge', 'threat.kill', 'extremism.action') &&
      s.has('intent.plan', 'weapon.any', 'extremism.action') &&
      isPersonalOrOther(s) &&
      !isOld(s) &&
      !s.has('victim.past') &&
      !s.near('threat.kill', 'frame.song', 8),
  },
  {
    id: 'missing.in-debt',
    kinds: ['missing', 'coercion_debt'],
    level: 'urgent',
    when: (s) =>
      s.has('missing') &&
      s.has('coerce.debt', 'missing.job', 'threat.say', 'who.crowd') &&
      s.has('who.kin', 'who.child', 'who.friend') &&
      !isOld(s) &&
      !s.has('time.closed'),
  },
  {
    id: 'missing.child',
    kinds: ['missing'],
    level: 'urgent',
    when: (s) =>
      s.has('missing') &&
      s.has('who.kin', 'who.child') &&
      !isOld(s) &&
      !s.has('talk.past', 'time.closed', 'recruit.signs'),
  },
  {
    id: 'exit.threatened',
    kinds: ['exit_wish', 'threatened'],
    level: 'urgent',
    when: (s) =>
      s.has('exit.wish') &&
      s.has('threat.me', 'threat.kill', 'threat.word') &&
      s.has('threat.say', 'who.they', 'who.other') &&
      !isOld(s),
  },
];

const isPersonalOrOther = (s: Scene): boolean => isPersonal(s) || s.has('who.other', 'who.they');

/** "mamma dödar mig när hon ser provet": family, a trivial cause and nothing that says it is meant. */
const isTrivial = (s: Scene): boolean =>
  s.has('frame.trivial') &&
  !s.has('frame.serious', 'weapon.any', 'coerce.debt', 'abuse.honourthreat', 'threat.word') &&
  (s.has('frame.laugh', 'frame.question') || s.has('who.kin')) &&
  s.words <= 30 &&
  s.near('frame.trivial', 'threat.me', 10) &&
  !s.has('distress.low', 'place.outside');

const ordinaryDebt = (s: Scene): boolean =>
  s.has('coerce.ordinary') && !s.has('threat.me', 'threat.kill', 'who.crowd', 'threat.word');

/** School, post, work and moving house use the same words as errands. */
const everyday = (s: Scene): boolean =>
  s.has('frame.question') &&
  !s.has('who.they', 'who.crowd', 'who.child', 'who.pro', 'who.kin', 'threat.me', 'distress.low');

/** "Kan soc ta mina barn?" is a question about an authority, not a threat. */
const aboutAuthority = (s: Scene): boolean =>
  s.has('frame.question') &&
  s.near('frame.authority', 'threat.me', 2) &&
  !s.has('threat.word', 'who.they', 'weapon.any', 'coerce.debt');

const toolUse = (s: Scene): boolean =>
  s.has('frame.sport') && !s.has('threat.kill', 'threat.me', 'revenge', 'who.crowd');
