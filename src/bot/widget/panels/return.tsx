/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { type Answer, call } from '../api.ts';
import type { PanelProps } from './panel-api.ts';

/** A code from another day or another phone. What was written then is shown only to somebody who says so. */
export function Return({ api, t }: PanelProps) {
  const [typed, type] = useState('');
  const [said, say] = useState('');
  const [found, find] = useState<Answer['body'] | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    const { status, body } = await call(undefined, 'POST', '/conversations/resume', { code: typed });
    if (status === 200) find(body);
    say(status === 200 ? '' : status === 404 || status === 400 ? t.wrong : status === 429 ? t.tooMany : t.again);
  };
  if (found)
    return (
      <>
        <p role="status">{t.ask}</p>
        <button type="button" class="main" onClick={() => api.join(found, '')}>
          {t.yes}
        </button>
        <button type="button" onClick={() => api.join(found, found.watermark ?? '')}>
          {t.no}
        </button>
      </>
    );
  return (
    <form onSubmit={submit}>
      <label for="code">{t.returnLabel}</label>
      <input
        id="code"
        value={typed}
        dir="ltr"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-describedby="code-fate"
        onInput={(event) => type(event.currentTarget.value)}
      />
      <p id="code-fate" role="status">
        {said}
      </p>
      <button type="submit" class="main">
        {t.go}
      </button>
    </form>
  );
}
