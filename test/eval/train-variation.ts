export type Random = () => number;

/** A small seeded generator (mulberry32): training must give the same model every time. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SLOT = /\{([^{}]*)\}/g;

/** Texts with every `{a|b|c}` filled in: every choice of every slot is used at least once, up to `most` texts. */
export function expand(source: string, random: Random, most: number): string[] {
  const slots = [...source.matchAll(SLOT)].map((match) => (match[1] ?? '').split('|'));
  if (slots.length === 0) return [source];
  const combinations = slots.reduce((product, options) => product * options.length, 1);
  const widest = Math.max(...slots.map((options) => options.length));
  const count = Math.min(combinations, Math.max(most, widest));
  const starts = slots.map((options) => Math.floor(random() * options.length));
  const texts = new Set<string>();
  for (let turn = 0; turn < count * 3 && texts.size < count; turn += 1) {
    let slot = -1;
    texts.add(
      source
        .replace(SLOT, () => {
          slot += 1;
          const options = slots[slot] ?? [];
          const order = turn < widest ? (starts[slot] ?? 0) + turn : Math.floor(random() * options.length);
          return options[order % options.length] ?? '';
        })
        .replace(/ +/g, ' ')
        .trim(),
    );
  }
  return [...texts];
}

type Swap = readonly [RegExp, string];
const SWEDISH: readonly Swap[] = [
  [/\bjag\b/g, 'ja'],
  [/\boch\b/g, 'o'],
  [/\bdet\b/g, 'de'],
  [/\bär\b/g, 'e'],
  [/\bnågon\b/g, 'nån'],
  [/\bmed\b/g, 'me'],
  [/\bmig\b/g, 'mej'],
  [/\bsig\b/g, 'sej'],
  [/\bmamma\b/g, 'morsan'],
  [/\bpappa\b/g, 'farsan'],
  [/\bpolisen\b/g, 'aina'],
  [/\bpengar\b/g, 'para'],
  [/\bbror\b/g, 'brorsan'],
  [/\bsyster\b/g, 'syrra'],
  [/\bde\b/g, 'dom'],
  [/\bkompis\b/g, 'polare'],
  [/\bkniv\b/g, 'shank'],
  [/\bpistol\b/g, 'puffra'],
  [/\bmycket\b/g, 'mkt'],
  [/\bär det\b/g, 'ere'],
  [/\binte\b/g, 'nte'],
  [/\bnu\b/g, 'nuu'],
  [/\bsäger\b/g, 'sägr'],
  [/\bkommer\b/g, 'kmr'],
];
const ENGLISH: readonly Swap[] = [
  [/\byou\b/g, 'u'],
  [/\bare\b/g, 'r'],
  [/\bi'm\b/gi, 'im'],
  [/\bwant to\b/g, 'wanna'],
  [/\bgoing to\b/g, 'gonna'],
  [/\bpeople\b/g, 'ppl'],
  [/\bplease\b/g, 'plz'],
  [/\bright now\b/g, 'rn'],
  [/\bmum\b/g, 'mom'],
  [/\bbecause\b/g, 'cuz'],
  [/\band\b/g, 'n'],
  [/\bto\b/g, '2'],
  [/\bfriend\b/g, 'mate'],
  [/\bpolice\b/g, 'feds'],
  [/\bsomeone\b/g, 'some1'],
  [/\bdon't\b/gi, 'dont'],
  [/\bwith\b/g, 'w'],
  [/\bthe\b/g, 'da'],
];
const CHATTER: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  sv: [
    ['hej', 'asså', 'alltså', 'bror', 'len', 'wallah', 'hej, ', 'ursäkta', 'yo', 'du', 'en sak bara:', 'hallå', 'typ'],
    ['', 'bre', 'wallah', 'tack', 'snälla', 'asså', 'typ', '..', '🙏', 'vad tycker ni', 'svara', 'len'],
  ],
  en: [
    ['hi', 'so', 'ok so', 'bro', 'hey', 'um', 'yo', 'listen', 'sorry', 'hello,', 'idk', 'honestly'],
    ['', 'please', 'tbh', 'thanks', 'bro', '..', '🙏', 'idk', 'ngl', 'plz'],
  ],
  ar: [
    ['مرحبا', 'السلام عليكم', 'لو سمحت'],
    ['', 'شكرا', 'ارجوكم', '🙏'],
  ],
  fa: [
    ['سلام', 'ببخشید'],
    ['', 'ممنون', 'لطفا', '🙏'],
  ],
  so: [
    ['salaan', 'asc', 'walaal'],
    ['', 'fadlan', 'mahadsanid'],
  ],
  tr: [
    ['merhaba', 'selam', 'ya'],
    ['', 'lütfen', 'sağ olun'],
  ],
  pl: [
    ['hej', 'dzień dobry', 'no'],
    ['', 'proszę', 'dzięki'],
  ],
  es: [
    ['hola', 'oye', 'buenas'],
    ['', 'por favor', 'gracias'],
  ],
  ru: [
    ['привет', 'здравствуйте', 'слушай'],
    ['', 'пожалуйста', 'спасибо'],
  ],
  ti: [['ሰላም'], ['', 'በጃኹም']],
  ckb: [
    ['سڵاو', 'ببورە'],
    ['', 'تکایە', 'سوپاس'],
  ],
};
const LEET: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0' };

/** One other way the same person might have typed it. */
export function vary(text: string, lang: string, random: Random): string {
  let varied = text;
  const swaps = lang === 'sv' ? SWEDISH : lang === 'en' ? ENGLISH : [];
  const eager = random();
  for (const [pattern, word] of swaps) if (random() < eager) varied = varied.replace(pattern, word);
  if (random() < 0.4)
    varied = varied
      .normalize('NFD')
      .replace(/(?<=[a-z])\p{M}+/giu, '')
      .normalize('NFC');
  if (random() < 0.5) varied = typo(varied, random);
  if (random() < 0.3) varied = varied.replace(/[.,!?]/g, '');
  const [before, after] = CHATTER[lang] ?? [[], []];
  const words = varied.split(' ').length;
  if (words > 3 && random() < 0.3) varied = `${pick(before, random)} ${varied}`;
  if (words > 3 && random() < 0.3) varied = `${varied} ${pick(after, random)}`;
  if (random() < 0.03)
    varied = varied.replace(/[aeio]/g, (letter) => (random() < 0.6 ? (LEET[letter] ?? letter) : letter));
  return varied.trim();
}

function typo(text: string, random: Random): string {
  const words = text.split(' ');
  for (let round = 0; round < 1 + words.length / 12; round += 1) {
    const order = Math.floor(random() * words.length);
    const word = words[order] ?? '';
    if (word.length < 4) continue;
    const at = 1 + Math.floor(random() * (word.length - 2));
    const kind = random();
    if (kind < 0.35) words[order] = word.slice(0, at) + word.slice(at + 1);
    else if (kind < 0.65)
      words[order] = word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
    else if (kind < 0.85) words[order] = word.slice(0, at) + (word[at] ?? '') + word.slice(at);
    else words[order] = `${word.slice(0, at)} ${word.slice(at)}`;
  }
  return words.join(' ');
}

const pick = (list: readonly string[], random: Random): string => list[Math.floor(random() * list.length)] ?? '';
