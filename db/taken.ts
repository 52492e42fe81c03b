const UNIQUE_VIOLATION = '23505';

/** Whether a statement failed because something unique was there already; looks through drizzle's wrapping. */
export function isTaken(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    if ('code' in e && e.code === UNIQUE_VIOLATION) return true;
  }
  return false;
}
