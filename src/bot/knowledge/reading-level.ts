/**
 * LIX: words per sentence plus the share of words longer than six letters (DOMAIN 5.4). Numbers count as words,
 * colons and line breaks end sentences as the measure is defined. Swedish only; below 30 is very easy.
 */
export const lix = (text: string): number => {
  const words = wordsOf(text);
  if (words.length === 0) return 0;
  const long = words.filter((word) => [...word].length > 6).length;
  return words.length / sentencesOf(text, /[.?!:]+|\n+/).length + (100 * long) / words.length;
};

/** The number of words in the longest sentence; a colon does not end one here. */
export const longestSentence = (text: string): number =>
  Math.max(0, ...sentencesOf(text, /[.?!]+|\n+/).map((sentence) => wordsOf(sentence).length));

const sentencesOf = (text: string, end: RegExp): string[] =>
  text.split(end).filter((sentence) => wordsOf(sentence).length > 0);

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+(?:[-'’.:][\p{L}\p{N}]+)*/gu) ?? [];
