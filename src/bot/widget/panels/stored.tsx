/** @jsxImportSource preact */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Stored as StoredFacts } from '../../wire.ts';
import { fill } from '../fill.ts';
import { sayDate } from '../say-date.ts';
import type { PanelProps } from './panel-api.ts';

type Step = 'reading' | 'failed' | 'read' | 'sure' | 'erased';

/** What is kept, the day it goes, and the button that takes it away now (G7). */
export function Stored({ api, t }: PanelProps) {
  const [facts, know] = useState<StoredFacts | null>(null);
  const [step, to] = useState<Step>('reading');
  const read = useCallback(async () => {
    const { status, body } = await api.ask('GET', '/stored');
    know(status === 200 ? (body.stored ?? null) : null);
    to(status === 200 ? 'read' : 'failed');
  }, [api]);
  useEffect(() => {
    if (api.begun) void read();
  }, [api, read]);
  const erase = async () => {
    const { status } = await api.ask('DELETE', '');
    if (status === 409) return read();
    if (status === 204) api.erased();
    to(status === 204 ? 'erased' : 'failed');
  };
  if (step === 'erased') return <p role="status">{t.erased}</p>;
  if (!api.begun) return <p>{t.nothing}</p>;
  return (
    <>
      {step === 'failed' && <p role="status">{t.again}</p>}
      {facts && <Facts facts={facts} api={api} t={t} />}
      {facts && !facts.mayErase && <p>{t.mayNot}</p>}
      {facts?.mayErase && step !== 'sure' && (
        <button type="button" class="main" onClick={() => to('sure')}>
          {t.erase}
        </button>
      )}
      {step === 'sure' && (
        <>
          <p role="status">{t.sure}</p>
          <button type="button" class="main" onClick={erase}>
            {t.eraseYes}
          </button>
          <button type="button" onClick={() => to('read')}>
            {t.cancel}
          </button>
        </>
      )}
    </>
  );
}

function Facts({ facts, api, t }: PanelProps & { facts: StoredFacts }) {
  const day = (iso: string) => sayDate(new Date(iso), api.data, 'numeric');
  const languageName = api.data.languages[facts.language ?? ''] ?? facts.language ?? '';
  const rows = [
    [t.messages, fill(fill(t.counts, facts.messages), facts.own)],
    [t.since, facts.since ? day(facts.since) : ''],
    [t.place, facts.place ?? t.noPlace],
    [t.language, languageName],
    [t.code, facts.code ? t.has : t.hasNot],
    [t.erasedOn, facts.erasedOn ? day(facts.erasedOn) : t.noDay],
  ];
  return (
    <>
      <dl>
        {rows.map(([what, value]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>{t.words}</summary>
        <ul>
          {api.own.map(({ key, text }) => (
            <li key={key} dir="auto">
              {text}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
