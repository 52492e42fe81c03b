export type PersonalData = 'personnummer' | 'phone' | 'email' | 'address' | 'name';

export interface Masked {
  text: string;
  /** What was masked, each kind once, in the order of the list below. */
  found: PersonalData[];
  /** The first of each kind, as it was written. Never kept, but for what the person says yes to (eval LABELS §8). */
  first: Partial<Record<PersonalData, string>>;
}

const PLACEHOLDER: Record<PersonalData, string> = {
  personnummer: '[personnummer]',
  phone: '[telefonnummer]',
  email: '[e-post]',
  address: '[adress]',
  name: '[namn]',
};
/** Whether something was masked in a text; with a kind, whether that was. */
export const isMasked = (text: string, ...kinds: readonly PersonalData[]): boolean =>
  (kinds.length > 0 ? kinds : KINDS).some((kind) => text.includes(PLACEHOLDER[kind]));

const KINDS: readonly PersonalData[] = ['personnummer', 'phone', 'email', 'address', 'name'];

const EMAIL = /[\p{L}\p{N}._%+-]{1,64} ?(?:@|\[at\]|\(at\)| snabel-a ) ?(?:[\p{L}\p{N}-]{1,63}\.){1,4}\p{L}{2,24}/giu;
/** Digits with the signs people write between them. A run is judged as one, so "19991228 - 2382" is one number. */
const DIGIT_RUN = /(?<![\p{L}\p{N}[])(?:\+ ?|\()?\d(?:[\d ()/.+\-–—‐‑]{4,28})\d(?![\p{N}])/gu;
const STREET_TYPE =
  '(?:gatan|gata|vägen|vagen|väg|gränd|gränden|grand|torget|torg|allén|allé|allen|stigen|stig|backen|backe|plan|platsen|plats|kajen|kaj|bron|esplanaden|leden|slingan|svängen|ringen|terrassen|gården|gard|stråket|gången|bågen|kroken|höjden)';
const STREET = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?:[Ss]ankt|[Ss]:t|[Ss]t|[Nn]orra|[Ss]ödra|[Ss]odra|[ÖöOo]stra|[Vv]ästra|[Ll]illa|[Ss]tora|[Gg]amla|[Nn]ya|[Öö]vre|[Nn]edre) )?[\\p{L}-]{2,30}(?<=\\p{L}{2})${STREET_TYPE} ?\\d{1,3}(?!\\d)(?: ?[A-Ha-h](?!\\p{L}))?(?:,? ?(?:lgh|lägenhet|vån|tr|apt) ?\\d{1,4})?`,
  'gu',
);
const ENGLISH_STREET =
  /(?<![\p{L}\p{N}])\d{1,4} (?:[A-Z]\p{L}{1,20} ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Way|Square|Close)(?!\p{L})/gu;
const POSTCODE =
  /(?<!\d)(?:\d{3} ?\d{2}) (?=(?:Stockholm|Bromma|Spånga|Kista|Hägersten|Skärholmen|Farsta|Hässelby|Vällingby|Enskede|Årsta|Bandhagen|Älvsjö|Skarpnäck|Johanneshov|Solna|Sundbyberg|Huddinge|Tullinge|Norsborg)(?!\p{L}))/gu;
/** A name of its own after the last sentence: "I need advice. Anna Exempel". */
const ALONE = /(?<=[.!?]\s{1,2})(\p{Lu}[\p{Ll}'-]{1,20} \p{Lu}[\p{Ll}'-]{2,24})(?=[\s.]*$)/u;
/** Who stands before their own number: "Anna Exempel, [personnummer]". */
const BEFORE_NUMBER = /\p{Lu}[\p{Ll}'-]{1,20} \p{Lu}[\p{L}'-]{1,30}(?=,? (?:\[personnummer\]|\[telefonnummer\]))/gu;
/** "jag heter", "my name is", "he's called": what follows is a name, when it can be one. */
const INTRODUCED =
  /(?<!\p{L})((?:jag|han|hon|hen|ja|sonen|dottern|min \p{L}{2,12}|pojken|flickan|killen|tjejen|läraren|som|de) heter|heter|(?:mitt|hans|hennes|hens|sonens|dotterns) namn är|kallas|(?:my|his|her|their|the|our) ?(?:son'?s|daughter'?s|brother'?s)? ?(?:full )?name(?: is|'s|s| är)|(?:i am|i'm|im|he is|he's|hes|she is|she's|shes|is|who is) (?:called|named)|named|nazywam się|mam na imię|me llamo|mi nombre es|se llama|benim adım|adım|меня зовут|его зовут|её зовут|magacaygu waa|magacaygu|اسمي|اسمه|اسمها|اسم من|ስመይ|ناوم)(:? +)((?:["'(])?\p{L}[\p{L}'’-]{1,24}(?: (?:(?:af|von|de|al|el|bin|ibn|van|da) )?\p{L}[\p{L}'’-]{1,24}){0,2})/giu;
const SIGNED =
  /((?:^|[\s.,!?])(?:\/|\/\/|mvh|hälsningar|vänligen|med vänlig hälsning|regards|best regards|kram)[, ]*\n? ?)(\p{Lu}[\p{Ll}'-]{1,20}(?: \p{Lu}[\p{Ll}'-]{1,24}){0,2})(?=[\s.,!)]*$)/u;
/** Two words with capitals that are no person: places, greetings, titles of things. */
const NO_NAMES =
  /\b(?:Stockholm\w*|Sverige|Sweden|Tack|Hej|Thanks|Thank|Kind|Best|Med|Mvh|God|Jul|Nytt|Gott|Ha|Vi|Jag|Snälla|Please|Social\w*|Police|Polis\w*|Help|Hjälp|The|My|Merry|Happy|Good|Real|Manchester|Premier|Elden|Call|Counter|Los|New|Norra|Södra|Östra|Västra|Stora|Lilla|Gamla)\b/u;
const PARTICLES = new Set('af von de al el bin ibn van da'.split(' '));
/** Words that follow "heter" and "name is" without being a name. */
const NOT_A_NAME = new Set(
  'inte int ju då vad något nåt samma så det den han hon jag du ni vi hur varför vem som och men i på en ett er egentligen också här bara man okänd hemlig hemligt likadant not the a an it that this what none secret important too so on no unknown irrelevant private in at for my his her to anonymous nothing required needed brother bro mamma pappa liksom typ ungefär något annat ingenting klassen skolan gruppen gänget appen kontot chatten killen tjejen polisen alltså nu snart idag stopped'.split(
    ' ',
  ),
);
/** Words that may come after a name and are no part of it. */
const AFTER_A_NAME = new Set(
  'och o å men är e i på från bor har kan vill ska med som hos till för mitt min jag hon han vi ni de dom så går and but is im i from at in on my his her he she they we who has can want live lives with the a please tack o ett en det den kom säger sa blev var got was said nu inte och är du om att y i w z na из и из-за و في من ba på åk år gammal the'.split(
    ' ',
  ),
);
const OTHER_DIGITS = /[٠-٩۰-۹]/g;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Masks what identifies a person before a text is stored or shown (DOMAIN G5): Swedish personal numbers, valid or not,
 * phone numbers, e-mail and street addresses, names that are introduced as names. Years, dates, prices, times, ages and
 * short help numbers (112, 114 14, 116 111, 1177, 90101) stay. Masking a masked text changes nothing. NUL characters are
 * dropped and lone surrogates replaced, so that the result can be stored.
 */
export function mask(text: string): Masked {
  const found = new Set<PersonalData>();
  const first: Masked['first'] = {};
  const put = (kind: PersonalData, written: string): string => {
    found.add(kind);
    first[kind] ??= written.trim();
    return PLACEHOLDER[kind];
  };
  const clean = text.replaceAll('\0', '').replace(LONE_SURROGATE, '\ufffd');
  const latin = clean.replace(OTHER_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf));
  const numbers = [...latin.matchAll(DIGIT_RUN)].flatMap((run) =>
    numbersIn(run[0]).map((part) => ({ ...part, start: part.start + run.index })),
  );
  let result = '';
  let from = 0;
  for (const number of numbers) {
    result +=
      clean.slice(from, number.start) + put(number.kind, clean.slice(number.start, number.start + number.length));
    from = number.start + number.length;
  }
  result += clean.slice(from);
  result = result
    .replace(EMAIL, (email) => put('email', email))
    .replace(STREET, (street) => (isStreet(street) ? put('address', street) : street))
    .replace(ENGLISH_STREET, (street) => put('address', street))
    .replace(POSTCODE, (postcode) => `${put('address', postcode)} `)
    .replace(INTRODUCED, (whole, lead: string, gap: string, rest: string) => {
      const length = nameLength(rest, lead);
      return length === 0 ? whole : `${lead}${gap}${put('name', rest.slice(0, length))}${rest.slice(length)}`;
    })
    .replace(BEFORE_NUMBER, (name) => (NO_NAMES.test(name) ? name : put('name', name)))
    .replace(ALONE, (name) => (NO_NAMES.test(name) ? name : put('name', name)))
    .replace(SIGNED, (_whole, lead: string, name: string) => `${lead}${put('name', name)}`);
  return { text: result, found: KINDS.filter((kind) => found.has(kind)), first };
}

interface NumberPart {
  kind: 'personnummer' | 'phone';
  start: number;
  length: number;
}

/** The personal and phone numbers within one run of digits and signs. */
function numbersIn(run: string): NumberPart[] {
  const trimmed = run.replace(/[ ()/.\-–—‐‑]+$/, '');
  const whole = kindOf(trimmed);
  if (whole !== null) return [{ kind: whole, start: 0, length: trimmed.length }];
  const parts: NumberPart[] = [];
  let at = 0;
  while (at < trimmed.length) {
    const part = longestNumber(trimmed, at);
    if (part === null) {
      const next = trimmed.slice(at).search(/[ /.\-–—‐‑]\(?\d/);
      if (next < 0) break;
      at += next + 1;
    } else {
      parts.push({ kind: part.kind, start: at, length: part.length });
      at += part.length + 1;
    }
  }
  return parts;
}

function longestNumber(run: string, at: number): { kind: NumberPart['kind']; length: number } | null {
  for (let end = Math.min(run.length, at + 24); end >= at + 6; end -= 1) {
    if (/\d/.test(run[end] ?? '') && /\d/.test(run[end - 1] ?? '')) continue;
    const piece = run.slice(at, end);
    if (!/\d$/.test(piece)) continue;
    const kind = kindOf(piece);
    if (kind !== null) return { kind, length: piece.length };
  }
  return null;
}

const PERSONNUMMER =
  /^(?:(?:18|19|20)\d{2}|\d{2})[ .\-/]?(?:0[1-9]|1[0-2])[ .\-/]?(?:0[1-9]|[12]\d|3[01]|[67]\d|8\d|9[01])(?: ?[-–—‐‑+] ?| )?\d{3}[ ]?\d$/;
const SHORT_HELP = /^(?:112|11414|1177|11313|116\d{3}|90101|118\d{3})$/;

function kindOf(piece: string): NumberPart['kind'] | null {
  const digits = piece.replace(/\D/g, '');
  if (SHORT_HELP.test(digits) && !piece.startsWith('+')) return null;
  if (PERSONNUMMER.test(piece)) return isPhoneLike(piece, digits) ? 'phone' : 'personnummer';
  return isPhone(piece, digits) ? 'phone' : null;
}

/** "070 123 45 67" is ten digits too: a mobile number, not a person born in the month 01 or 12 of 1907. */
const isPhoneLike = (piece: string, digits: string): boolean =>
  digits.length === 10 && /^0/.test(digits) && isPhone(piece, digits) && !/^\d{6} ?[-–—‐‑+] ?\d{4}$/.test(piece.trim());

function isPhone(piece: string, digits: string): boolean {
  if (/^\+ ?\d/.test(piece) || /^\(\+/.test(piece)) return digits.length >= 8 && digits.length <= 15;
  if (/^00[1-9]/.test(digits)) return digits.length >= 10 && digits.length <= 16;
  if (/^46[1-9]/.test(digits)) return digits.length >= 10 && digits.length <= 12 && !/[.]/.test(piece);
  if (!/^\(?0[1-9]/.test(piece)) return false;
  return digits.length >= 8 && digits.length <= 11 && !isDate(piece) && !/^0\d[.:]\d{2}/.test(piece);
}

const isDate = (piece: string): boolean => /^\d{1,2}[/. -]\d{1,2}[/. -](?:19|20)\d{2}/.test(piece);

/** "tågplan 3" and "30 plan 2" are not streets; a street name is long enough or written with a capital. */
function isStreet(street: string): boolean {
  const [name = ''] = street.split(/\d/);
  const word = name.trim();
  if (
    /^(?:våningsplan|halvplan|fotbollsplan|handlingsplan|tidsplan|lektionsplan|planen|arbetsplats|mötesplats|parkeringsplats|sittplats|lekplats|hållplats|sovplats|busshållplats|läroplan|studieplan|kursplan|färdväg|skolväg|motorväg|fritidsgården|skolgården|bakgården|målgången|ingången|utgången|övergången|omgången|föregången|gången|bakgård|flygplan|åtgärdsplan|genomförandeplan|kattegatt)$/i.test(
      word,
    )
  )
    return false;
  return /^\p{Lu}/u.test(word) || (word.length >= 7 && !/(?:plan|plats|platsen|bron|ringen|gard|leden)$/.test(word));
}

/** How many characters of the words after "heter" are a name. */
function nameLength(rest: string, lead: string): number {
  const words = rest.split(' ');
  const first = words[0]?.replace(/^["'(]/, '') ?? '';
  const plain = first.toLowerCase();
  if (NOT_A_NAME.has(plain) || AFTER_A_NAME.has(plain) || first.length < 2) return 0;
  if (/^(?:named|heter|kallas|som heter)$/i.test(lead) && !/^\p{Lu}\p{Ll}/u.test(first)) return 0;
  let length = words[0]?.length ?? 0;
  const capital = /^\p{Lu}/u.test(first);
  for (const word of words.slice(1)) {
    const particle = PARTICLES.has(word.toLowerCase());
    if (!particle && (AFTER_A_NAME.has(word.toLowerCase()) || NOT_A_NAME.has(word.toLowerCase()))) break;
    if (capital && !particle && !/^\p{Lu}|^[^\p{Ll}\p{Lu}]/u.test(word)) break;
    length += 1 + word.length;
  }
  return length;
}
