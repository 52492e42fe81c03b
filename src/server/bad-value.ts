/** SQLSTATEs of a value PostgreSQL cannot take: NUL in a text, a number out of range, text that is no number, no time. */
const CODES = new Set(['22021', '22003', '22P02', '22007', '22008']);

/** True when the request carried a value that no column holds: the caller's mistake (400), not a fault of ours. */
export function isBadValue(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('code' in e && CODES.has(String(e.code))) return true;
  }
  return false;
}
