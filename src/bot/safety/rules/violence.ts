import type { Scene } from '../scene.ts';
import { isComing, isNow, isOld, isPersonal, type Rule } from './rule.ts';

/** Violence that is happening, has just happened or is on its way (eval LABELS §2, question 1). */
export const violenceRules: readonly Rule[] = [
  {
    id: 'violence.life-threatening',
    kinds: ['violence_ongoing'],
    level: 'emergency',
    when: (s) =>
      s.has('act.lifethreat') &&
      isPersonal(s) &&
      !isOld(s) &&
      !isComing(s) &&
      !s.has('time.always', 'time.recent', 'time.past', 'threat.say'),
  },
  {
    id: 'violence.by-group',
    kinds: ['violence_ongoing'],
    level: 'emergency',
    when: (s) => s.has('act.attack') && s.has('who.they') && s.has('who.kin', 'who.friend') && isUnderWay(s),
  },
  {
    id: 'violence.weapon-raised',
    kinds: ['violence_ongoing', 'weapon'],
    level: 'emergency',
    when: (s) =>
      s.has('weapon.against') && isPersonal(s) && !isOld(s) && !isComing(s) && !s.has('time.past', 'time.recent'),
  },
  {
    id: 'violence.now',
    kinds: ['violence_ongoing'],
    level: 'emergency',
    when: (s) => s.has('act.attack') && isNow(s) && !isHabit(s) && !s.has('time.recent', 'time.past', 'suicide.deny'),
  },
  {
    id: 'violence.weapon-in-hand',
    kinds: ['violence_ongoing', 'weapon'],
    level: 'emergency',
    when: (s) =>
      s.has('act.attack') &&
      s.has('weapon.any') &&
      !isOld(s) &&
      !isComing(s) &&
      !s.has('time.recent', 'time.past', 'threat.say', 'intent.plan') &&
      s.has('who.kin', 'who.friend', 'who.other'),
  },
  {
    id: 'violence.wounded',
    kinds: ['violence_ongoing'],
    level: 'emergency',
    firm: true,
    when: (s) =>
      s.has('body.bleeding') &&
      !isOld(s) &&
      (s.has('hurt.wound', 'act.attack', 'help.plea', 'time.now', 'body.collapse') ||
        (s.has('who.kin', 'who.friend', 'who.other') && !s.has('time.recent', 'frame.song', 'threat.kill'))) &&
      !s.has('frame.film', 'frame.song'),
  },
  {
    id: 'violence.just-wounded',
    kinds: ['violence_ongoing', 'weapon'],
    level: 'emergency',
    when: (s) =>
      s.has('hurt.weaponed', 'hurt.wound') &&
      (s.has('body.collapse', 'place.hiding', 'help.plea') || (s.has('time.now') && s.has('hurt.weaponed'))) &&
      !isOld(s) &&
      !s.has('time.recent', 'time.past'),
  },
  {
    id: 'violence.shots',
    kinds: ['violence_ongoing', 'weapon'],
    level: 'emergency',
    when: (s) =>
      s.has('shots.now') &&
      !isOld(s) &&
      !isComing(s) &&
      !s.has('threat.say') &&
      !s.has('time.recent', 'time.past') &&
      (isNow(s) || s.has('place.outside', 'who.kin')),
  },
  {
    id: 'threatened.armed-at-door',
    kinds: ['threatened', 'weapon'],
    level: 'emergency',
    when: (s) =>
      s.has('place.outside') &&
      s.has('weapon.any') &&
      s.has('who.they', 'who.other', 'place.hiding', 'help.plea', 'place.chase') &&
      !isComing(s) &&
      !isOld(s) &&
      !s.has('time.recent', 'time.past') &&
      !(s.has('weapon.have') && isOwn(s)),
  },
  {
    id: 'threatened.at-door',
    kinds: ['threatened'],
    level: 'emergency',
    when: (s) =>
      s.has('place.outside') &&
      s.has('who.they', 'who.other') &&
      (s.has('place.hiding', 'place.chase', 'threat.kill') ||
        (s.has('help.plea') && s.has('distress.low', 'threat.me', 'time.now'))) &&
      !s.has('time.soon', 'time.recent', 'time.always', 'time.past') &&
      !isOld(s),
  },
  {
    id: 'threatened.break-in',
    kinds: ['threatened', 'violence_ongoing'],
    level: 'emergency',
    when: (s) => s.has('place.breakin') && !s.has('time.recent', 'time.past', 'time.soon') && !isOld(s),
  },
  {
    id: 'threatened.chased',
    kinds: ['threatened'],
    level: 'emergency',
    when: (s) =>
      s.has('place.chase') &&
      (s.has('place.hiding', 'weapon.any', 'help.plea', 'place.outside') || s.near('place.chase', 'time.now', 4)) &&
      !s.has('time.recent', 'time.soon', 'time.always', 'time.past') &&
      !isOld(s),
  },
  {
    id: 'threatened.captive',
    kinds: ['threatened', 'coercion_debt'],
    level: 'emergency',
    when: (s) =>
      s.has('place.captive') &&
      isPersonal(s) &&
      !isOld(s) &&
      !s.has('time.past') &&
      (!s.has('abuse.control') || s.has('coerce.debt', 'help.plea', 'who.they', 'place.hiding')),
  },
  {
    id: 'attack.armed-on-the-way',
    kinds: ['threat_to_others', 'weapon'],
    level: 'emergency',
    when: (s) =>
      s.has('weapon.any') &&
      s.has('place.enroute', 'place.onsite') &&
      !isOld(s) &&
      !s.has('time.soon', 'time.always') &&
      isPersonal(s) &&
      !(s.has('who.they') && s.has('place.outside') && s.has('place.chase')) &&
      (s.has(
        'threat.kill',
        'revenge',
        'intent.plan',
        'time.now',
        'attack.day',
        'coerce.force',
        'help.plea',
        'suicide.farewell',
      ) ||
        s.near('weapon.any', 'place.enroute', 6)) &&
      !s.has('hurt.weaponed'),
  },
  {
    id: 'attack.forced-on-site',
    kinds: ['coercion_debt', 'threat_to_others'],
    level: 'emergency',
    when: (s) =>
      s.has('place.enroute', 'place.onsite') &&
      s.has('coerce.errand', 'threat.kill', 'fire.now') &&
      s.has('coerce.force') &&
      s.has('who.self') &&
      !isComing(s) &&
      (s.has('time.now', 'weapon.any', 'place.captive') || s.has('place.onsite')),
  },
  {
    id: 'attack.day',
    kinds: ['threat_to_others'],
    level: 'emergency',
    when: (s) =>
      s.has('attack.day') &&
      (s.has('place.enroute', 'place.onsite') || (s.has('weapon.any', 'suicide.farewell') && !s.has('time.soon'))),
  },
  {
    id: 'attack.child-left-for-job',
    kinds: ['missing', 'coercion_debt'],
    level: 'emergency',
    when: (s) =>
      s.has('place.enroute') &&
      s.has('who.kin') &&
      s.has('missing.job') &&
      s.has('time.now', 'time.tonight') &&
      !isOld(s) &&
      !s.has('time.soon'),
  },
  { id: 'explosive.found', kinds: ['weapon'], level: 'emergency', when: (s) => s.has('explosive.found') && !isOld(s) },
  {
    id: 'fire.set',
    kinds: ['violence_ongoing'],
    level: 'emergency',
    when: (s) =>
      s.has('fire.now') &&
      !s.has('time.return', 'threat.say') &&
      !isOld(s) &&
      !isComing(s) &&
      !s.has('time.recent', 'time.past'),
  },
  {
    id: 'honour.at-airport',
    kinds: ['abuse_honour'],
    level: 'emergency',
    when: (s) =>
      s.has('place.airport') &&
      s.has('abuse.forced', 'abuse.marriage', 'coerce.force') &&
      (s.has('place.enroute', 'time.now', 'help.plea') || !isComing(s)) &&
      !isOld(s),
  },

  {
    id: 'violence.recent',
    kinds: ['violence_ongoing', 'threatened'],
    level: 'urgent',
    when: (s) =>
      s.has('act.attack', 'hurt.wound', 'hurt.weaponed', 'shots.now') &&
      s.has('time.recent', 'time.now', 'time.tonight') &&
      isPersonal(s) &&
      s.has('threat.say', 'time.return', 'threat.me', 'who.they', 'hurt.weaponed', 'act.attack') &&
      !isOld(s) &&
      !s.has('time.past'),
  },
  {
    id: 'abuse.recurring',
    kinds: ['abuse_honour'],
    level: 'urgent',
    when: (s) =>
      s.has('act.abusehabit') &&
      s.has('who.abuser') &&
      !isOld(s) &&
      !s.has('time.past') &&
      !s.has('frame.hypothetical'),
  },
  {
    id: 'abuse.forced-marriage',
    kinds: ['abuse_honour'],
    level: 'urgent',
    when: (s) => s.has('abuse.forced') && isPersonal(s) && !isOld(s),
  },
  {
    id: 'abuse.honour-threat',
    kinds: ['abuse_honour', 'threatened'],
    level: 'urgent',
    when: (s) =>
      s.has('abuse.honourthreat') &&
      (s.has('threat.me', 'threat.kill', 'threat.word', 'distress.low') || isComing(s)) &&
      s.has('who.abuser') &&
      !isOld(s),
  },
  {
    id: 'sexual.extortion',
    kinds: ['sexual_exploitation', 'threatened'],
    level: 'urgent',
    when: (s) => s.has('sexual.images') && (isPersonal(s) || s.has('who.other')) && !isOld(s),
  },
  {
    id: 'sexual.force',
    kinds: ['sexual_exploitation'],
    level: 'urgent',
    when: (s) => s.has('sexual.force') && isPersonal(s) && !isOld(s) && !s.has('frame.hypothetical'),
  },
];

/** Told as going on: no habit, no plan or threat, neither past nor to come. */
const isUnderWay = (s: Scene): boolean =>
  !isOld(s) &&
  !isComing(s) &&
  !s.has('time.always', 'time.recent', 'time.past', 'threat.say', 'intent.plan', 'suicide.deny', 'time.return');

const isHabit = (s: Scene): boolean => s.has('time.always') && !s.has('place.hiding');
const isOwn = (s: Scene): boolean => s.has('intent.plan') && !s.has('place.hiding', 'who.they');
