/** Teams' side of its limits: sliding windows per conversation, and one for the app in the tenant (MICROSOFT §9). */
const WINDOWS: [limit: number, ms: number][] = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
];

export function startWindows(clock: () => Date) {
  const calls = new Map<string, number[]>();
  const all: number[] = [];
  let refused = 0;
  const within = (times: number[], ms: number) => {
    const from = clock().getTime() - ms;
    let n = 0;
    for (let i = times.length - 1; i >= 0 && (times[i] ?? 0) > from; i -= 1) n += 1;
    return n;
  };
  return {
    /** @returns whether it was let through; a refused one counts nowhere. */
    call(conversation: string): boolean {
      const times = calls.get(conversation) ?? [];
      calls.set(conversation, times);
      const full = WINDOWS.some(([limit, ms]) => within(times, ms) >= limit) || within(all, 1_000) >= 50;
      if (full) refused += 1;
      else {
        times.push(clock().getTime());
        all.push(clock().getTime());
      }
      return !full;
    },
    refused: () => refused,
    accepted: (conversation: string) => calls.get(conversation)?.length ?? 0,
    busiestSecond: () => Math.max(...all.map((at) => all.filter((t) => t > at - 1_000 && t <= at).length)),
  };
}
