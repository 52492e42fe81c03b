import { fold } from '../fold.ts';

/** What the words around a name make of it. `passing`: an errand's end, a train's destination, a team; nobody's home. */
export type PlaceRole = 'home' | 'left' | 'none' | 'passing';

export const placeRole = (words: readonly string[], from: number, to: number): PlaceRole => {
  const before = words.slice(Math.max(0, from - 8), from);
  const near = before.slice(-4);
  const last = near.at(-1) ?? '';
  if (towards.has(last) || line.has(near.at(-2) ?? '') || notHome.has(words[to] ?? '')) return 'passing';
  const settles = near.some((word) => living.has(word));
  if (leaving.has(last) || negation.has(last) || negation.has(near.at(-2) ?? '')) return 'left';
  if (settles && here.has(last)) return 'home';
  if (!before.some((word) => living.has(word)) && here.has(last) && before.some((word) => errand.has(word)))
    return 'passing';
  return 'none';
};

const folded = (words: string) => new Set(fold(words).split(' '));

const leaving = folded('från from ifrån ur lämnat lämnade left من از z ze desde из ካብ');
const negation = folded('inte ej not aldrig never no nie');
const living = folded(
  'bor bott bodde flyttat flyttade flyttar live lives living moved moving går skola skolan school boende hemma nu now ' +
    'انتقلنا انتقلت نسكن اسكن ساكنون زندگی میکنیم رفتیم mieszkam mieszkamy przeprowadziliśmy vivo vivimos mudamos ' +
    'живу живём живем переехали переехал asun asumme muutimme muutin deganahay deggan guurnay ዝነብር ንነብር ግዒዝና دەژیم دەژین',
);
const here = folded('i till in to på at vid near إلى الى في به در do w en a в на ናብ ኣብ لە بۆ');
const towards = folded('mot towards direction');
const line = folded('linje linjen line');
const notHome = folded('flygplats airport spelar vann if supporter supportrar');
/** Fetching, leaving and driving things: where it goes is not where somebody lives (LABELS §7). */
const errand = folded(
  'lovat betalt uppdrag mission hämta lämna leverera transportera köra kör paket väska kasse deliver pick drop package bag transport carry ' +
    'أوصل توصيل اوصل طرد بسته ببرم تحویل zawieźć odebrać paczkę paczka llevar recoger entregar paquete отвезти забрать ' +
    'пакет viedä hakea paketti geeyo soo-qaado baakad ጥቕሉል ክወስድ پاکەت ببەم',
);
