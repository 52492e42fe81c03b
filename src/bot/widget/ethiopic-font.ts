import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import subset from 'subset-font';

const WHOLE = import.meta.resolve('@fontsource/noto-sans-ethiopic/files/noto-sans-ethiopic-ethiopic-400-normal.woff2');
const [FIRST, LAST] = [0x1200, 0x137f];

/**
 * Noto Sans Ethiopic (SIL Open Font License 1.1) with the block that Tigrinya and Amharic are written in, as WOFF2 bytes: a good
 * half of the whole. The style's `unicode-range` says the same block.
 */
export function ethiopicFont(): Promise<Buffer> {
  const letters = Array.from({ length: LAST - FIRST + 1 }, (_, i) => String.fromCodePoint(FIRST + i)).join('');
  return subset(readFileSync(fileURLToPath(WHOLE)), letters, { targetFormat: 'woff2' });
}
