import type { Scene } from '../scene.ts';
import { isOld, isPersonal, type Rule } from './rule.ts';

/** What should be offered a human today (eval LABELS §2, question 3). */
export const worryRules: readonly Rule[] = [
  {
    id: 'recruit.offer',
    kinds: ['recruitment'],
    level: 'elevated',
    when: (s) =>
      s.has('recruit.offer') &&
      s.has('coerce.errand', 'who.crowd', 'recruit.role', 'who.they', 'who.other', 'recruit.signs') &&
      !isAsking(s),
  },
  {
    id: 'recruit.role',
    kinds: ['recruitment'],
    level: 'elevated',
    when: (s) => s.has('recruit.role') && (isPersonal(s) || s.has('who.child', 'who.pro')) && !isAsking(s) && !isOld(s),
  },
  {
    id: 'recruit.signs',
    kinds: ['recruitment'],
    level: 'elevated',
    when: (s) => s.has('recruit.signs') && s.has('who.kin', 'who.child', 'who.friend') && !isAsking(s),
  },
  {
    id: 'recruit.crowd',
    kinds: ['recruitment'],
    level: 'elevated',
    when: (s) =>
      s.has('who.crowd') &&
      s.has('who.kin', 'who.friend', 'who.child', 'who.self') &&
      s.has(
        'recruit.role',
        'recruit.offer',
        'recruit.signs',
        'distress.low',
        'report.concern',
        'place.outside',
        'missing',
        'coerce.errand',
        'coerce.force',
        'time.always',
        'recruit.contact',
      ) &&
      !isAsking(s) &&
      !isOld(s),
  },
  {
    id: 'recruit.contacted-again',
    kinds: ['recruitment'],
    level: 'elevated',
    when: (s) =>
      s.has('who.crowd', 'coerce.errand', 'recruit.role') &&
      s.has('time.return', 'time.always', 'recruit.contact') &&
      isPersonal(s) &&
      !isAsking(s) &&
      !isOld(s),
  },
  {
    id: 'exit.wish',
    kinds: ['exit_wish'],
    level: 'elevated',
    when: (s) =>
      s.has('exit.wish') &&
      s.has('exit.milieu', 'extremism.milieu', 'who.crowd', 'recruit.role', 'victim.past') &&
      (s.has('who.self') || isPersonal(s) || !s.has('frame.question')) &&
      !isAsking(s),
  },
  {
    id: 'extremism.near',
    kinds: ['extremism'],
    level: 'elevated',
    when: (s) => s.has('extremism.milieu') && isPersonal(s) && !isAsking(s) && !isOld(s),
  },
  {
    id: 'abuse.control',
    kinds: ['abuse_honour'],
    level: 'elevated',
    when: (s) =>
      s.has('abuse.control', 'abuse.marriage', 'abuse.honourthreat') &&
      s.has('who.abuser', 'who.kin', 'who.they') &&
      isPersonal(s) &&
      !isAsking(s),
  },
  {
    id: 'violence.past',
    kinds: ['crime_victim'],
    level: 'elevated',
    when: (s) =>
      s.has('victim.past', 'hurt.wound', 'shots.now') &&
      s.has('victim.after', 'distress.low') &&
      isPersonal(s) &&
      !(isOld(s) && s.has('time.closed')),
  },
  {
    id: 'threat.light',
    kinds: ['threatened'],
    level: 'elevated',
    when: (s) => s.has('threat.light', 'threat.word') && isPersonal(s) && !isAsking(s) && !isOld(s),
  },
  {
    id: 'debt.unclear',
    kinds: ['coercion_debt'],
    level: 'elevated',
    when: (s) =>
      s.has('coerce.debt') &&
      isPersonal(s) &&
      !(s.has('coerce.ordinary') && !s.denies('coerce.ordinary')) &&
      !isAsking(s) &&
      !isOld(s),
  },
  {
    id: 'substance.problem',
    kinds: ['substance_use'],
    level: 'elevated',
    when: (s) => s.has('substance') && s.has('substance.problem') && isPersonal(s) && !isAsking(s) && !isOld(s),
  },
  {
    id: 'distress.low',
    kinds: ['distress'],
    level: 'elevated',
    when: (s) =>
      s.has('distress.low') &&
      (isPersonal(s) || !s.has('frame.question')) &&
      !isAsking(s) &&
      !isOld(s) &&
      !s.has('time.closed'),
  },
  {
    id: 'concern.child',
    kinds: ['distress'],
    level: 'elevated',
    when: (s) => s.has('report.concern') && s.has('who.kin', 'who.child', 'who.friend') && !s.has('frame.hypothetical'),
  },
  {
    id: 'weapon.spoken-of',
    kinds: ['weapon'],
    level: 'elevated',
    when: (s) =>
      s.has('weapon.have', 'weapon.firm') && s.has('who.kin', 'who.friend', 'who.child') && !isOld(s) && !isAsking(s),
  },
  {
    id: 'attack.thought',
    kinds: ['threat_to_others'],
    level: 'elevated',
    when: (s) =>
      s.has('revenge', 'threat.kill') &&
      isPersonal(s) &&
      !isAsking(s) &&
      !isOld(s) &&
      !s.has('idiom', 'frame.trivial') &&
      !s.near('frame.authority', 'threat.kill', 2),
  },
  {
    id: 'sexual.grooming',
    kinds: ['sexual_exploitation'],
    level: 'elevated',
    when: (s) => s.has('recruit.offer', 'recruit.signs') && s.has('who.friend', 'sexual.images') && !isAsking(s),
  },
];

/** A question that names nobody: "hur lämnar man ett gäng?" is information, "min son ..." is not. */
const isAsking = (s: Scene): boolean =>
  (s.has('frame.question', 'frame.hypothetical') || s.all('idiom', 'frame.laugh')) &&
  !s.has('who.kin', 'who.friend', 'who.pro', 'distress.low', 'distress.strong') &&
  !tells(s);

const tells = (s: Scene): boolean =>
  s.has('who.self') &&
  s.has('exit.wish', 'coerce.debt', 'recruit.offer', 'substance.problem', 'recruit.role') &&
  !s.has('frame.institution');
