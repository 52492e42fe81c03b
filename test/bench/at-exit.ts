/**
 * Runs `end` should this process exit before the returned function is called: an interrupted benchmark leaves nothing behind.
 * Only what is done at once counts then.
 */
export function atExit(end: () => void): () => void {
  process.once('exit', end);
  return () => void process.off('exit', end);
}
