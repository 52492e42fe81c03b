/** GSM 03.38 basic set, one septet each, and the extension table, two septets each (DOMAIN 6.1). */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extension = new Set('\f^{}\\[~]|€');

const foldable: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': "'",
  '\u201b': "'",
  '\u2032': "'",
  '\u00b4': "'",
  '\u0060': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u201f': '"',
  '\u2033': '"',
  '\u00ab': '"',
  '\u00bb': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u2026': '...',
  '\u2022': '-',
  '\u00b7': '-',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  '\u200b': '',
  '\ufeff': '',
  '\u00ad': '',
  '\t': ' ',
};

export interface SmsSize {
  encoding: 'gsm7' | 'ucs2';
  /** Septets in GSM-7, UTF-16 code units in UCS-2. */
  units: number;
  /** Messages the operator bills: one of 160 (70) units, otherwise parts of 153 (67). */
  parts: number;
}

/** Replaces typographic signs that would turn a whole message into UCS-2 by their plain likeness (F47). */
export const foldForGsm = (text: string): string => [...text].map((sign) => foldable[sign] ?? sign).join('');

/** Folded when that lets the text travel in GSM-7; a text that needs UCS-2 anyway is left as it is. */
export const plainForSms = (text: string): string => {
  const plain = foldForGsm(text);
  return smsSize(plain).encoding === 'gsm7' ? plain : text;
};

/** How a text travels as it stands (fold it first if it may be folded). An empty text is one part. */
export const smsSize = (text: string): SmsSize => {
  const signs = [...text];
  if (signs.every((sign) => basic.has(sign) || extension.has(sign))) {
    const costs = signs.map((sign) => (extension.has(sign) ? 2 : 1));
    return { encoding: 'gsm7', units: sum(costs), parts: countParts(costs, 160, 153) };
  }
  const costs = signs.map((sign) => sign.length);
  return { encoding: 'ucs2', units: sum(costs), parts: countParts(costs, 70, 67) };
};

/** An extension sign or a surrogate pair may not be split over two parts, so parts are filled sign by sign. */
const countParts = (costs: readonly number[], single: number, multi: number): number => {
  if (sum(costs) <= single) return 1;
  let parts = 1;
  let room = multi;
  for (const cost of costs) {
    if (cost > room) {
      parts += 1;
      room = multi;
    }
    room -= cost;
  }
  return parts;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
