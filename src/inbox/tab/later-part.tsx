import { Button, Text } from '@fluentui/react-components';
import { type ReactNode, useEffect } from 'react';
import { useText } from './inbox-context.ts';
import { fetchLater, type Parts, useLater } from './later.ts';

/** A place for what is fetched after the first list; says so when that cannot be had. */
export function LaterPart({ children }: { children(parts: Parts): ReactNode }) {
  const text = useText();
  const { parts, failed } = useLater();
  useEffect(fetchLater, []);
  if (parts) return children(parts);
  if (!failed) return <Loading />;
  return (
    <div role="alert">
      <Text block>{text.loadFailed}</Text>
      <Button onClick={() => window.location.reload()}>{text.retry}</Button>
    </div>
  );
}

/** That something is on its way. */
export function Loading() {
  const text = useText();
  const { parts } = useLater();
  return parts ? <parts.Spinner size="small" label={text.loading} /> : <Text>{text.loading}</Text>;
}
