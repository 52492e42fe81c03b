import calculator from 'sms-segments-calculator';

/** Typographic signs and their plain likeness in GSM-7 (F47). */
export const foldable: Readonly<Record<string, string>> = {
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
  '\r': '',
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
  const plain = foldForGsm(text.normalize('NFC'));
  return smsSize(plain).encoding === 'gsm7' ? plain : text;
};

/** How a text travels once it has been folded, if it may be. */
export const sizeWhenPlain = (text: string): SmsSize => {
  const plain = foldForGsm(text.normalize('NFC'));
  const size = smsSize(plain);
  return size.encoding === 'gsm7' || plain === text ? size : smsSize(text);
};

/**
 * How a text travels as it stands (fold it first if it may be folded); an empty text is one part. Neither an extension sign
 * nor a surrogate pair is split over two parts (DOMAIN 6.1).
 */
export const smsSize = (text: string): SmsSize => {
  const { encodingName, messageSize, segmentsCount } = new calculator.SegmentedMessage(text);
  const gsm = encodingName === 'GSM-7';
  return { encoding: gsm ? 'gsm7' : 'ucs2', units: messageSize / (gsm ? 7 : 16), parts: segmentsCount };
};
