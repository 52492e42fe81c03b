/**
 * Typographic signs as their plain forms, when that lets the text travel in the GSM 03.38 alphabet: one curly quote would halve
 * its room (F47). A text that needs UCS-2 anyway is left as it is.
 */
export function foldTypography(text: string): string {
  const plain = text.replace(FOLDABLE, (sign) => PLAIN[sign] ?? sign);
  return GSM.test(plain) ? plain : text;
}

const PLAIN: Record<string, string> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '«': '"',
  '»': '"',
  '″': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '′': "'",
  '´': "'",
  '`': "'",
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  '…': '...',
  '•': '-',
  '·': '-',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u200b': '',
  '\ufeff': '',
  '\u00ad': '',
  '\t': ' ',
};
const FOLDABLE = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');

/** The basic alphabet and its extension table (DOMAIN 6.1). */
const GSM = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€\f]*$/u;
