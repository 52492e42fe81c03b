const HALF_HOUR_MS = 1_800_000;
const CHOICES = 24;
const USUAL_MS = 8 * 3_600_000;

/** When a shift may end: every half hour of the next twelve, so that no clock time need be typed or misread. */
export function shiftEnds(nowMs: number): string[] {
  const first = Math.floor(nowMs / HALF_HOUR_MS) * HALF_HOUR_MS + HALF_HOUR_MS;
  return Array.from({ length: CHOICES }, (_, i) => new Date(first + i * HALF_HOUR_MS).toISOString());
}

/** The end that is offered first: when the district closes, if that is today's shift, else eight hours on. */
export function likelyEnd(ends: readonly string[], closesAt: string | null, nowMs: number): string {
  const wanted = closesAt ? Date.parse(closesAt) : nowMs + USUAL_MS;
  const near = ends.find((end) => Date.parse(end) >= wanted);
  return near ?? ends.find((end) => Date.parse(end) >= nowMs + USUAL_MS) ?? ends[0] ?? '';
}
