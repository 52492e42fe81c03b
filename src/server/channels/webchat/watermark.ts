/** How far a client has read: everything up to `seq` of `episode`, and which owner it was told of. */
export interface Cursor {
  episode: number;
  seq: number;
  ownerEpoch: number;
}

export const START: Cursor = { episode: 0, seq: 0, ownerEpoch: 0 };

/** Opaque to clients. Never empty: a standard client ignores a falsy one (MICROSOFT §4.3). */
export const watermarkOf = (c: Cursor): string => `${c.episode}.${c.seq}.${c.ownerEpoch}`;

/** @returns the start for a missing or empty watermark, null for one that is not ours. */
export function cursorOf(watermark: string | undefined): Cursor | null {
  if (!watermark) return START;
  const parts = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/.exec(watermark);
  if (!parts) return null;
  const [, episode, seq, ownerEpoch] = parts;
  return { episode: Number(episode), seq: Number(seq), ownerEpoch: Number(ownerEpoch) };
}
