/** The figures of a text in Western digits, as written otherwise: "070-174 06 05", "14 dagar" gives "14". */
export const figuresIn = (text: string): string[] =>
  text
    .normalize('NFKC')
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .match(/\p{N}(?:[\p{N} .:/-]*\p{N})?/gu) ?? [];

/** Links and addresses, bare domains too. */
export const linksIn = (text: string): string[] =>
  text
    .toLowerCase()
    .match(/https?:\S+|www\.\S+|\S+@\S+|(?:[\p{L}\p{N}-]+\.)+(?:se|com|nu|org|net|eu|io|ru)(?!\p{L})\S*/gu) ?? [];

/** The signs that stand for masked personal data. */
export const masksIn = (text: string): string[] =>
  text.match(/\[(?:personnummer|telefonnummer|e-post|adress|namn)\]/g) ?? [];
