import { useSyncExternalStore } from 'react';
import { useText } from './inbox-context.ts';
import type { Text } from './text.ts';

/** "12 min", with the clock time on hover (LOOK.md: every time is both), made then: a list shows many and few are asked. */
export function Ago({ at }: { at: string }) {
  const text = useText();
  // Drawn again when it reads otherwise, not at every tick: a list may show thousands.
  const ago = useSyncExternalStore(subscribe, () => agoText(at, text, tick()));
  return (
    <time dateTime={at} onMouseEnter={(event) => (event.currentTarget.title = clockTime(at, text, tick()))}>
      {ago}
    </time>
  );
}

/** A clock time that says how long ago on hover. */
export function Clock({ at }: { at: string }) {
  const text = useText();
  const now = useNow();
  return (
    <time dateTime={at} title={`${agoText(at, text, now)}, ${clockTime(at, text, now)}`}>
      {clockTime(at, text, now)}
    </time>
  );
}

/** @param nowMs milliseconds since the epoch */
export function agoText(at: string, text: Text, nowMs: number): string {
  const minutes = Math.floor((nowMs - Date.parse(at)) / 60_000);
  if (minutes < 1) return text.justNow;
  if (minutes < 60) return text.minutes(minutes);
  if (minutes < 24 * 60) return text.hours(Math.floor(minutes / 60), minutes % 60);
  return text.days(Math.floor(minutes / (24 * 60)));
}

/** "14:02" today, "21 nov. 14:02" other days; always the city's own time. */
export function clockTime(at: string, text: Text, nowMs: number): string {
  const known = formats.get(text.locale) ?? formatsOf(text.locale);
  // A list asks for many times at one and the same moment.
  if (known.nowMs !== nowMs) Object.assign(known, { nowMs, today: known.day.format(nowMs) });
  const when = new Date(at);
  const clock = known.time.format(when);
  const day = known.day.format(when);
  return day === known.today ? clock : `${day} ${clock}`;
}

interface Formats {
  time: Intl.DateTimeFormat;
  day: Intl.DateTimeFormat;
  nowMs: number;
  today: string;
}

const formats = new Map<string, Formats>();
function formatsOf(locale: string): Formats {
  const timeZone = 'Europe/Stockholm';
  const made: Formats = {
    time: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone }),
    day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone }),
    nowMs: 0,
    today: '',
  };
  formats.set(locale, made);
  return made;
}

/** One timer for every time on the page, running only while something shows a time. */
const TICK_MS = 10_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

export function useNow(): number {
  return useSyncExternalStore(subscribe, tick);
}

const tick = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
