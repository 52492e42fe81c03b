/** A conversation's id as it may stand in a link, or null. */
export const conversationId = (raw: string | null | undefined): string | null =>
  raw && /^[\w-]{1,80}$/.test(raw) ? raw : null;
