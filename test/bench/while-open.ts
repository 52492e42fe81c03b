export interface Stoppable {
  stop(): Promise<void>;
}

/**
 * Runs `work`, which opens things with `open`, and stops them afterwards in the opposite order, also when it fails: no process
 * and no server outlives a benchmark.
 */
export async function whileOpen<T>(
  work: (open: <S extends Stoppable>(opening: Promise<S>) => Promise<S>) => Promise<T>,
): Promise<T> {
  const opened: Stoppable[] = [];
  try {
    return await work(async (opening) => {
      const one = await opening;
      opened.push(one);
      return one;
    });
  } finally {
    for (const one of opened.reverse()) await one.stop();
  }
}
