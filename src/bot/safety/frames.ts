import type { Scene } from './scene.ts';

/**
 * Is this passage about something that is not happening: a game, a film, a song, school work, the news, a joke?
 * "På riktigt", a person close by, a day to come or a direct threat break the frame (eval LABELS §5).
 */
export function isMuted(scene: Scene): boolean {
  if (scene.has('frame.serious')) return false;
  if (scene.has('frame.joke') && !scene.has('threat.say', 'suicide.wish', 'body.ingested')) return true;
  const fiction = scene.has('frame.game', 'frame.film', 'frame.song', 'frame.study', 'frame.news', 'frame.sport');
  if (fiction) return !isReal(scene);
  const light = scene.has('frame.laugh') || (scene.has('idiom') && scene.words <= 25);
  if (light)
    return (
      !scene.has(
        'body.ingested',
        'weapon.have',
        'coerce.debt',
        'threat.word',
        'place.outside',
        'frame.serious',
        'abuse.honourthreat',
        'selfharm.act',
        'suicide.farewell',
        'who.crowd',
        'extremism.travel',
      ) || scene.has('frame.trivial')
    );
  return false;
}

const isReal = (scene: Scene): boolean =>
  (scene.has('act.abusehabit') && scene.has('who.abuser') && scene.has('time.always')) ||
  (!scene.has('frame.hypothetical') &&
    scene.has(
      'substance',
      'threat.word',
      'coerce.debt',
      'coerce.force',
      'body.ingested',
      'body.bleeding',
      'selfharm.act',
      'place.hiding',
      'place.breakin',
      'abuse.forced',
      'sexual.images',
      'missing',
      'who.crowd',
      'recruit.role',
      'recruit.signs',
    )) ||
  (scene.all('suicide.wish', 'who.self') && !scene.has('frame.study', 'frame.song', 'frame.laugh')) ||
  (scene.all('extremism.milieu', 'who.self') &&
    !scene.has('frame.study', 'frame.film', 'frame.song', 'frame.news', 'frame.question')) ||
  (scene.all('who.pro', 'who.child') &&
    scene.has('extremism.milieu', 'weapon.any', 'distress.low') &&
    !scene.has('frame.question')) ||
  (scene.has('who.kin', 'who.friend') &&
    scene.has(
      'weapon.have',
      'suicide.wish',
      'threat.me',
      'revenge',
      'extremism.milieu',
      'distress.low',
      'report.concern',
    ) &&
    !scene.has('frame.laugh', 'frame.news', 'frame.song', 'frame.film')) ||
  (scene.has('attack.day', 'revenge') && scene.has('weapon.any')) ||
  (scene.has('threat.say', 'frame.serious') && scene.has('threat.me')) ||
  (scene.has('who.other', 'who.pro', 'who.they') &&
    scene.has('weapon.have', 'threat.kill', 'time.soon') &&
    scene.has('intent.plan') &&
    !scene.has('frame.game', 'frame.film', 'frame.song'));
