import type { Risk, RiskKind } from '../../outcome.ts';
import type { Scene } from '../scene.ts';

export interface Rule {
  /** Stable id: it is stored as the reason and explained to staff. */
  id: string;
  kinds: readonly [RiskKind, ...RiskKind[]];
  level: Exclude<Risk, 'none'>;
  /** Holds even in talk about games, films, songs, school work or jokes. */
  firm?: boolean;
  when: (scene: Scene) => boolean;
}

/** Something happens now: said in so many words, or told while hiding or asking for help. */
export const isNow = (s: Scene): boolean => s.has('time.now', 'place.hiding', 'help.plea') && !isOld(s);

/** Long ago, or told as closed. */
export const isOld = (s: Scene): boolean =>
  (s.has('time.longago') && !s.has('time.return', 'time.now')) || (s.has('time.closed') && !s.has('time.now'));

/** Someone who matters to the writer, or the writer. */
export const isPersonal = (s: Scene): boolean => s.has('who.self', 'who.kin', 'who.friend');

/** A day or an evening that is coming. */
export const isComing = (s: Scene): boolean => s.has('time.soon', 'time.tonight');
