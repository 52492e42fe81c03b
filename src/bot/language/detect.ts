export const LANGUAGES = ['sv', 'en', 'ar', 'so', 'fa', 'tr', 'pl', 'es', 'ti', 'ckb', 'ru', 'fi'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Common words, as they are written with and without diacritics. */
const WORDS: Record<'sv' | 'en' | 'so' | 'tr' | 'pl' | 'es' | 'fi', string> = {
  sv: 'och att det är som en på för inte med till av om har jag du vi han hon dom de den min mitt mina dig mig vill kan ska var när nu hur vad vart ni ja nej hej tack nån något nåt från eller så blir blev vet bara men också ett är ar pa nan fran hejsan tjena bre bror asså typ snälla finns behöver får gör sig inga ingen hjälp mår orkar vågar igår imorgon ikväll måste era er min sin hans hennes utan där här efter vem varför sa säger',
  en: 'the u and to of is are open closed late early was i im my you your he she they we it that this with for on at have has be been not dont do does what how when where will would can just if or who from about there please help hi hey hello thanks need want know someone talk am me his her them an as by could should get got like why which no yes ok free near any ever sometimes tonight tomorrow today whats youre really never every unsubscribe cheers bye our whole erase delete pls please thx ur dunno gonna wanna cant wont im ive hes shes theyre thats heard said told says tell does did which because before after again only still even also stop office covers school home out up back them were over off more than bot robot call texting people friend',
  so: 'waa iyo waxaan waxaad waxay waxa ka ku u aan oo ma inaan hadda aniga isaga iyada wax haa maya fadlan mahadsanid salaan salaam iska jooji fariin fariimaha igama soo dirin wuu way waannu waxaannu inay markaan marka kale hayaa jirta jiraa miyaa maya waxba qof ciyaal guri wiilkeyga gabadhayda walaalkay hooyo aabe waan kuu noqon sidee maxaa halkee ayaa ayay ayuu baan buu bay laga lagu loo uma inuu inay ninka guriga caawi caawimaad igu soo yahay tahay kartaa karaa rabaa doonayaa haddii ama laakiin goorma furan tihiin ayaad waad maxaad kee tahay walaal gabadhayda maya',
  tr: 've bir bu için ile değil çok ama ben sen biz siz onlar var yok mı mi mu mü ne nasıl neden kim bana beni benim sana seni merhaba selam teşekkür evet hayır yardım istiyorum oğlum kızım annem babam gibi daha şimdi bugün yarın kadar olarak nerede iste degil icin cok tesekkur musunuz miyim mısınız konuşuyor biri lütfen nasil misiniz kardeşim artık',
  pl: 'i w na się nie jest że to do z jak czy mój moja moje mnie mam jestem co dla ale po o od za tak już tylko ktoś proszę cześć dzień dobry dziękuję gdzie kiedy mogę może syn córka mieszkam jego jej ich być pomoc boję chcę sie ze juz czesc dziekuje moge prosze corka chce oni ona on ten ta ma',
  es: 'de la que el en y los se del las un por con no una su para es al lo como más pero sus le ya o este sí porque esta cuando muy sin sobre mi me te tú hola gracias ayuda quiero puedo tengo hijo hija dónde qué cómo está estoy hay mis hablar alguien necesito él nos si soy donde que como mas',
  fi: 'ja on ei se että en hän minä sinä me te he mutta kun niin kuin jos tai myös vain nyt miten mitä missä kuka voi voin voiko minun sinun hei moi kiitos apua haluan poikani tyttäreni olen ole olet onko ovat tämä siitä mikä paljon kanssa ettei enää eikö puhua jonkun auttaa pelkään tarvitsen mun sun mä sä oon',
};
/** Letters that speak for a language: a weight per occurrence. */
const LETTERS: ReadonlyArray<readonly [keyof typeof WORDS, RegExp, number]> = [
  ['sv', /å/g, 2],
  ['sv', /[äö]/g, 0.5],
  ['tr', /[ışğİ]/g, 1.5],
  ['tr', /[üç]/g, 0.4],
  ['pl', /[łęąśżźćń]/g, 2],
  ['es', /[ñ¿¡]/g, 2],
  ['es', /[áíóú]/g, 0.8],
  ['fi', /ää|öö|yö|uo|yy|kk/g, 0.7],
  ['so', /aa|dh|xa|uu/g, 0.3],
  ['en', /th|wh|ing\b|ould/g, 0.5],
];
/** Arabic and Persian in Latin letters: digits that stand for letters, and common words. Two are needed. */
const TRANSLITERATED: ReadonlyArray<readonly [Language, RegExp]> = [
  [
    'ar',
    /(?<![\p{L}\p{N}])(?:[a-z']*[a-z][357][a-z']*|[357][a-z]{2}[a-z']*|emta|bukra|baddi|beddi|bedi|shu|shou|kif|kifak|ana|enta|inti|mish|mesh|mafi|kteer|ktir|hayda|lesh|leish|wein|wen|habibi|inshallah|ya3ni|yani)(?![\p{L}\p{N}])/gu,
  ],
  [
    'fa',
    /(?<![\p{L}\p{N}])(?:baradaram|khaharam|pedaram|madaram|pesaram|dokhtaram|mano|toro|shoma|mikonam|mikone|mikonan|mikham|nemikham|midonam|nemidonam|chera|khoob|hast|nist|komak|salam|merci|befahme|mikoshe|daram|nadaram|khodam|chikar|konam|azam|bahash|dige|baraye)(?![\p{L}\p{N}])/gu,
  ],
];
const LATIN = Object.keys(WORDS).filter((tag): tag is keyof typeof WORDS => Object.hasOwn(WORDS, tag));
/** Built on first use and kept: nothing is computed on import. */
let index: Map<string, ReadonlyArray<readonly [keyof typeof WORDS, number]>> | undefined;
const READ_CHARACTERS = 240;

/**
 * The language of a message. A text that says too little ("ok", "2", "👍") keeps `previous`; a mixed one gets the language
 * that most of its words are in. Reads the first 240 characters, so the cost does not grow with length.
 */
export function detectLanguage(text: string, previous: string): string {
  const sample = text.slice(0, READ_CHARACTERS).toLowerCase();
  const script = byScript(sample, previous);
  if (script !== null) return script;
  index ??= wordIndex();
  const scores: Record<string, number> = {};
  let words = 0;
  for (const [word] of sample.matchAll(/[\p{L}\p{M}']+/gu)) {
    words += 1;
    for (const [tag, weight] of index.get(word) ?? []) scores[tag] = (scores[tag] ?? 0) + weight;
  }
  if (words === 0) return previous;
  for (const [tag, letters, weight] of LETTERS) {
    const hits = sample.match(letters)?.length ?? 0;
    if (hits > 0) scores[tag] = (scores[tag] ?? 0) + Math.min(hits, 3) * weight;
  }
  let best = previous;
  let bestScore = (scores[previous] ?? 0) + 0.6;
  for (const tag of LATIN) {
    const score = scores[tag] ?? 0;
    if (score > bestScore) [best, bestScore] = [tag, score];
  }
  for (const [tag, signs] of TRANSLITERATED) {
    const count = sample.match(signs)?.length ?? 0;
    if (count >= 2 && count > bestScore) [best, bestScore] = [tag, count];
  }
  return best;
}

/** Which way the language is written. */
export function direction(tag: string): 'ltr' | 'rtl' {
  return /^(ar|fa|prs|ckb|ur|ps|he|yi)(-|$)/.test(tag) ? 'rtl' : 'ltr';
}

function byScript(sample: string, previous: string): Language | null {
  let latin = 0;
  let arabic = 0;
  let ethiopic = 0;
  let cyrillic = 0;
  for (let at = 0; at < sample.length; at += 1) {
    const code = sample.charCodeAt(at);
    if (code >= 0x61 && code <= 0x24f) latin += 1;
    else if (code >= 0x400 && code <= 0x4ff) cyrillic += 1;
    else if (code >= 0x600 && code <= 0x77f) arabic += 1;
    else if (code >= 0x1200 && code <= 0x139f) ethiopic += 1;
  }
  const most = Math.max(arabic, ethiopic, cyrillic);
  if (most === 0 || most < latin) return null;
  if (most === ethiopic) return 'ti';
  if (most === cyrillic) return 'ru';
  return arabicOf(sample, previous);
}

/** Sorani writes vowels as letters of its own; Persian has پ چ ژ گ and its own ی and ک; the rest is Arabic, unless nothing speaks against the language before. */
function arabicOf(sample: string, previous: string): Language {
  const count = (letters: RegExp): number => sample.match(letters)?.length ?? 0;
  const sorani = count(/[ەێۆڕڵڤ]/g);
  const persian =
    count(/[پچژگیک]/g) +
    2 *
      count(
        /(?<!\p{L})(?:است|هست|من|را|به|از|که|این|برای|می|نمی|خود|هم|با|در|چی|چه|کنم|سلام|دارم|دارد|شما)(?!\p{L})/gu,
      );
  const arabic =
    count(/[ةىيكأإئؤ]/g) +
    2 * count(/(?<!\p{L})(?:في|من|على|أنا|انا|هل|ما|لا|إلى|عن|مع|هذا|بدي|شو|أن|كيف|ابني|السلام|مرحبا|لي)(?!\p{L})/gu);
  if (sorani >= 2 || (sorani === 1 && sample.length < 25)) return 'ckb';
  if (persian === arabic && (previous === 'fa' || previous === 'ckb')) return previous;
  return persian > arabic ? 'fa' : 'ar';
}

/** A word that two languages share speaks half for each. */
function wordIndex(): Map<string, ReadonlyArray<readonly [keyof typeof WORDS, number]>> {
  const tagsOf = new Map<string, Set<keyof typeof WORDS>>();
  for (const tag of LATIN)
    for (const word of WORDS[tag].split(' ')) {
      const tags = tagsOf.get(word);
      if (tags === undefined) tagsOf.set(word, new Set([tag]));
      else tags.add(tag);
    }
  return new Map(
    [...tagsOf].map(([word, tags]) => [
      word,
      [...tags].map((tag) => [tag, (word.length === 1 ? 0.5 : 1) / tags.size] as const),
    ]),
  );
}
