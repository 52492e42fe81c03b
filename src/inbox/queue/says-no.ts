/** "No" as the first word in the languages of the chat; a hint for the giver, never a decision. */
const NO =
  /^\s*(?:nej|nä|nop?e?|ei|nie|нет|não|hayır|hayir|yok|maya|لا|لأ|نه|نخیر|خیر|نا|نەخێر|نەء|ኣይፋልን|አይ|ኖ)(?![\p{L}\p{M}])/iu;

/** Whether somebody who was asked about a transfer has said no. @param texts what they have written since they were asked */
export const saysNo = (texts: readonly string[]): boolean => texts.some((text) => NO.test(text));
