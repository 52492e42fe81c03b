import './jitless.ts';
import { Button, makeStyles, Radio, RadioGroup, Spinner, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { Me } from '../wire.ts';
import { createApi, Refused } from './api.ts';
import type { Host } from './host.ts';
import { useText } from './inbox-context.ts';
import { createMemory, openMemory } from './memory.ts';
import { openHost } from './open-host.ts';
import { createSession } from './session.ts';
import { Themed } from './themed.tsx';

const useStyles = makeStyles({
  title: { margin: 0 },
  page: { display: 'grid', gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalXL, overflowY: 'auto' },
});

/** A channel's configuration page: picks the district whose conversations the channel's tab shows. */
function Config({ host }: { host: Host }) {
  const text = useText();
  const styles = useStyles();
  const [me, setMe] = useState<Me | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [picked, setPicked] = useState('');
  const api = useMemo(() => {
    const memory = host.kind === 'teams' ? createMemory() : openMemory(window);
    const fetching: typeof fetch = (...args) => fetch(...args);
    return createApi({ session: createSession({ host, memory, fetch: fetching, local: true }), fetch: fetching });
  }, [host]);

  const why = useCallback(
    (error: unknown) => {
      if (error instanceof Refused && error.status === 403) return text.noRole;
      return host.kind === 'teams' ? text.signInTeams : text.signInElsewhere;
    },
    [host, text],
  );

  useEffect(() => {
    host.ready();
    if (!failed) api.me().then(setMe, (error: unknown) => setFailed(why(error)));
  }, [api, host, failed, why]);

  async function pick(slug: string): Promise<void> {
    setPicked(slug);
    if (host.kind !== 'teams') return;
    const { offerTab } = await import('./teams-config.ts');
    offerTab({ slug, name: me?.districts.find((each) => each.slug === slug)?.name ?? slug });
  }

  return (
    <main className={styles.page}>
      <Subtitle1 as="h1" className={styles.title}>
        {text.configTitle}
      </Subtitle1>
      <Text id="config-why">{text.configBody}</Text>
      {failed && (
        <>
          <Text role="alert">{failed}</Text>
          <Button onClick={() => setFailed(null)}>{text.retry}</Button>
        </>
      )}
      {!me && !failed && <Spinner label={text.loading} />}
      {me?.districts.length === 0 && <Text>{text.noAccess}</Text>}
      <RadioGroup aria-labelledby="config-why" value={picked} onChange={(_, { value }) => void pick(value)}>
        {me?.districts.map(({ slug, name }) => (
          <Radio key={slug} value={slug} label={name} />
        ))}
      </RadioGroup>
    </main>
  );
}

const root = document.getElementById('root');
if (root) {
  const host = await openHost(window);
  createRoot(root).render(
    <Themed host={host}>
      <Config host={host} />
    </Themed>,
  );
}
