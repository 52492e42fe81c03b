/** @jsxImportSource preact */
import { render, type VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PanelApi, PanelName, PanelProps } from './panel-api.ts';
import { Return } from './return.tsx';
import { Save } from './save.tsx';
import { Stored } from './stored.tsx';
import { panelWordsFor } from './text.ts';

/** Draws a panel in the place that the chat has made for it. Its code is fetched when somebody opens one. */
export function mount(root: HTMLElement, name: PanelName, api: PanelApi): void {
  render(<Panels key={Math.random()} first={name} api={api} />, root);
}

const ORDER = ['before', 'leaving', 'save', 'return', 'stored'] as const;

function Panels({ first, api }: { first: PanelName; api: PanelApi }) {
  const [name, go] = useState(first);
  return <Panel key={name} name={name} api={api} go={go} />;
}

function Panel({ name, api, go }: { name: PanelName; api: PanelApi; go(name: PanelName): void }) {
  const title = useRef<HTMLHeadingElement>(null);
  const t = panelWordsFor(api.data.language);
  // Whoever opened a panel, by keyboard or by screen reader, is at its beginning.
  useLayoutEffect(() => title.current?.focus(), []);
  return (
    <section lang={api.data.language} aria-labelledby="panel">
      <h2 id="panel" ref={title} tabIndex={-1}>
        {t[name]}
      </h2>
      {views[name]({ api, t, go })}
      <button type="button" onClick={api.close}>
        {t.back}
      </button>
    </section>
  );
}

interface ViewProps extends PanelProps {
  go(name: PanelName): void;
}

const views: Record<PanelName, (props: ViewProps) => VNode> = {
  menu: ({ api, t, go }) => (
    <>
      {api.hasEarlier && (
        <button type="button" onClick={api.showEarlier}>
          {t.earlier}
        </button>
      )}
      {ORDER.map((name) => (
        <button key={name} type="button" onClick={() => go(name)}>
          {t[name]}
        </button>
      ))}
    </>
  ),
  before: ({ t }) => <Reading lines={t.beforeText} />,
  leaving: ({ t }) => <Reading lines={t.leavingText} />,
  save: ({ api, t }) => <Save api={api} t={t} />,
  return: ({ api, t }) => <Return api={api} t={t} />,
  stored: ({ api, t }) => <Stored api={api} t={t} />,
};

const Reading = ({ lines }: { lines: string[] }) => (
  <>
    {lines.map((line) => (
      <p key={line}>{line}</p>
    ))}
  </>
);
