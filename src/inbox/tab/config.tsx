import { Button, Radio, RadioGroup, Spinner, Subtitle1, Text } from '@fluentui/react-components';
import { useCallback, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { Me } from '../wire.ts';
import { type Api, Refused } from './api.ts';
import { early } from './early.ts';
import type { Host } from './host.ts';
import { useText } from './inbox-context.ts';
import { Themed } from './themed.tsx';
import './config.css';

/** A channel's configuration page: picks the district whose conversations the channel's tab shows. */
function Config({ host, api }: { host: Host; api: Api }) {
  const text = useText();
  const [me, setMe] = useState<Me | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [picked, setPicked] = useState('');
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
    <main className="config-page">
      <Subtitle1 as="h1" className="config-title">
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

const root = document.getElementById('config-root');
if (root) {
  const { host, openApi } = await early;
  createRoot(root).render(
    <Themed host={host}>
      <Config host={host} api={openApi()} />
    </Themed>,
  );
}
