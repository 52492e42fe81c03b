import type { Writing } from '../wire.ts';

export interface SmsSize {
  /** How many texts the operator makes of it. */
  parts: number;
  /** How many more signs the last of them holds. */
  left: number;
}

/** Signs of GSM 03.38 that take one septet, and those that take two; all else makes the whole message UCS-2 (DOMAIN 6.1). */
const ONE = new Set(
  '\n\r !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ',
);
const TWO = new Set('\f[\\]^{|}~€');
const PART_BITS = 140 * 8;
/** What each part of a longer message loses to its place among the others. */
const HEADER_BITS = 6 * 8;

/** How a reply travels: folded as the server folds it when that keeps it in GSM-7, else as it stands (F47). */
export function smsSize(text: string, fold: Writing['fold']): SmsSize {
  const plain = [...text.normalize('NFC')].map((sign) => fold[sign] ?? sign);
  const folded = [...plain.join('')];
  if (folded.every((sign) => ONE.has(sign) || TWO.has(sign)))
    return packed(
      folded.map((sign) => (TWO.has(sign) ? 14 : 7)),
      7,
    );
  const signs = new Intl.Segmenter().segment(text);
  return packed(
    Array.from(signs, ({ segment }) => segment.length * 16),
    16,
  );
}

/** No sign is split over two parts. */
function packed(sizes: readonly number[], unit: number): SmsSize {
  const whole = sizes.reduce((sum, bits) => sum + bits, 0);
  if (whole <= PART_BITS) return { parts: 1, left: Math.floor((PART_BITS - whole) / unit) };
  let parts = 1;
  let free = PART_BITS - HEADER_BITS;
  for (const bits of sizes) {
    if (bits > free) {
      parts += 1;
      free = PART_BITS - HEADER_BITS;
    }
    free -= bits;
  }
  return { parts, left: Math.floor(free / unit) };
}
