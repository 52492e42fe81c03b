/**
 * Lower case without diacritics, apostrophes or signs, words parted by one blank: "Älvsjös torg!" becomes "alvsjos torg".
 * People leave out dots and accents on phones, so å and ä count as a, ö as o, in what is searched and in the query alike.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[øœ]/g, 'o')
    .replace(/æ/g, 'a')
    .replace(/['’`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
