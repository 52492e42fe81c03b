/** How many of how many; nothing of nothing is no figure. */
export interface Share {
  hit: number;
  of: number;
}

export const share = <T>(rows: readonly T[], test: (row: T) => boolean): Share => ({
  hit: rows.filter(test).length,
  of: rows.length,
});

/** Null for an empty share. */
export const rate = ({ hit, of }: Share): number | null => (of === 0 ? null : hit / of);

/** `0.9812 (52/53)`; four decimals, half up, in whole numbers so that no rounding of the machine shows. */
export function showShare({ hit, of }: Share): string {
  if (of === 0) return 'n/a';
  return `${showUnits(Math.floor((2 * hit * 10_000 + of) / (2 * of)))} (${hit}/${of})`;
}

export const showRate = (value: number | null): string =>
  value === null ? 'n/a' : showUnits(Math.floor(value * 10_000 + 0.5));

const showUnits = (units: number): string => `${Math.floor(units / 10_000)}.${String(units % 10_000).padStart(4, '0')}`;
