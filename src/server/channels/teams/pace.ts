/**
 * How often a bot may call one Teams conversation: 7 times in 1 s, 8 in 2 s, 60 in 30 s, 1,800 in an hour; 50 times a second in
 * a tenant (MICROSOFT §9). One bucket keeps all of them: whatever the burst, the hour never runs dry for those who must look.
 */
export interface Pace {
  /** @returns ms until a call that cannot wait may be made; 0 is now. */
  wait(channel: string): number;
  /** A call is made now. */
  spend(channel: string): void;
  /**
   * An edit's place in line; asked again, the same card keeps its place.
   * @returns ms until it is this card's turn; 0 is now.
   */
  editIn(channel: string, card: string): number;
}

/** One call more each time this has passed: 1,747 an hour, and the burst on top of it. */
const REFILL_MS = 2_060;
/** Calls that may be made at once after a quiet time, and how many of them edits leave for new posts. */
const BURST = 44;
const KEPT_FOR_POSTS = 10;
/** Between two calls to one conversation, and to any in the tenant. */
const GAP_MS = 290;
const TENANT_GAP_MS = 21;

interface Channel {
  /** When the bucket would be full again. */
  fullAt: number;
  lastAt: number;
  /** The last place in line that was given to an edit. */
  lastPlace: number;
  places: Map<string, number>;
}

export function createPace(clock: () => Date): Pace {
  const channels = new Map<string, Channel>();
  let lastAnywhere = Number.NEGATIVE_INFINITY;
  const never = Number.NEGATIVE_INFINITY;
  const now = () => clock().getTime();

  return {
    wait(key) {
      const channel = of(key);
      return Math.max(
        0,
        refilled(channel, BURST),
        channel.lastAt + GAP_MS - now(),
        lastAnywhere + TENANT_GAP_MS - now(),
      );
    },
    spend(key) {
      const channel = of(key);
      channel.fullAt = Math.max(channel.fullAt, now()) + REFILL_MS;
      channel.lastAt = now();
      lastAnywhere = now();
    },
    editIn(key, card) {
      const channel = of(key);
      const freeIn = refilled(channel, BURST - KEPT_FOR_POSTS);
      const held = channel.places.get(card);
      const place = held ?? Math.max(now() + freeIn, freeIn > 0 ? channel.lastPlace + REFILL_MS : now());
      // Posts may have used up what was there when the place was given: then it is taken as soon as there is something again.
      const waitMs = Math.max(0, place - now(), held === undefined ? 0 : freeIn);
      channel.lastPlace = Math.max(channel.lastPlace, place);
      if (waitMs > 0) channel.places.set(card, place);
      else channel.places.delete(card);
      return waitMs;
    },
  };

  function of(key: string): Channel {
    const known = channels.get(key);
    if (known) return known;
    const channel = { fullAt: never, lastAt: never, lastPlace: never, places: new Map<string, number>() };
    channels.set(key, channel);
    return channel;
  }

  /** @returns ms until fewer than `burst` calls are owed to the bucket. */
  function refilled({ fullAt }: Channel, burst: number): number {
    return Math.max(0, fullAt - now() - (burst - 1) * REFILL_MS);
  }
}
