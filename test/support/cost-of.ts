/** What a piece of work costs, milliseconds: the cheapest of some rounds, so that what else the machine does is not in it. */
export function costOf(work: () => unknown): number {
  const rounds = [0, 1, 2, 3].map(() => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...rounds);
}
