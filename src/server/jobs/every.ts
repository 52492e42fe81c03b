import { factsOf, type Log } from '../log.ts';

/** Runs work again and again in this process, never twice at a time; a failure is logged and the next run comes all the same. */
export function createEvery(name: string, ms: number, work: () => Promise<void>, log: Log) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const run = () => {
    running = work()
      .catch((error: unknown) => log.error(name, factsOf(error)))
      .finally(() => {
        if (!stopped) timer = setTimeout(run, ms).unref();
      });
  };
  return {
    start: run,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
