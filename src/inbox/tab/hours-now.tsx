import { Text } from '@fluentui/react-components';
import { useEffect } from 'react';
import type { District } from '../wire.ts';
import { clockTime, useNow } from './ago.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { useNarrow } from './narrow.ts';
import type { Text as Words } from './text.ts';

const READ_AGAIN_MS = 60_000;
/** So many districts are named one by one. */
const FEW = { wide: 3, narrow: 1 };

/** When the districts in view answer. Districts without hours are said to have none, to those who can mend it too (F52). */
export function HoursNow() {
  const text = useText();
  const inbox = useInbox();
  const now = useNow();
  const few = useNarrow() ? FEW.narrow : FEW.wide;
  const all = useInboxState((state) => state.districts);
  const shown = useInboxState((state) => state.filters.district);
  useEffect(() => {
    void inbox.readHours();
    const timer = setInterval(() => void inbox.readHours(), READ_AGAIN_MS);
    return () => clearInterval(timer);
  }, [inbox]);
  const districts = shown ? all.filter((d) => d.slug === shown) : all;
  if (districts.length === 0) return null;
  return (
    <Text size={200} data-hours>
      {districts.length <= few ? districts.map((d) => hoursText(d, text, now)).join(' · ') : summary(districts, text)}
    </Text>
  );
}

export function hoursText(d: District, text: Words, now: number): string {
  const clock = (at: string) => clockTime(at, text, now);
  if (!d.hours) return text.opening.missing(d.name);
  if (d.open) return text.opening.open(d.name, d.until ? clock(d.until) : null);
  const closed = text.opening.closed(d.name, d.opensAt ? clock(d.opensAt) : null);
  return d.pool ? `${closed}, ${text.opening.pool}` : closed;
}

function summary(districts: readonly District[], text: Words): string {
  const open = text.opening.some(districts.filter((d) => d.open).length, districts.length);
  const missing = districts.filter((d) => !d.hours).map((d) => d.name);
  return missing.length > 0 ? `${open}. ${text.opening.noHours(missing.join(', '))}` : open;
}
