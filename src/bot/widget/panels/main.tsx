/** @jsxImportSource preact */
import { render, type VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Unchecked } from '../../wire.ts';
import { isolated } from '../isolated.tsx';
import { Paragraphs } from '../paragraphs.tsx';
import type { PanelApi, PanelName, PanelProps } from './panel-api.ts';
import { Return } from './return.tsx';
import { Save } from './save.tsx';
import { Stored } from './stored.tsx';
import { wearLaterStyle } from './wear.ts';

/**
 * Draws a panel in the place that the chat has made for it. Its code is fetched when somebody opens one.
 * @param visit the same as last time: only the language is another, and the person stays where they are.
 */
export function mount(root: HTMLElement, name: PanelName, visit: number, api: PanelApi): void {
  wearLaterStyle();
  render(<Panels key={visit} first={name} api={api} />, root);
}

const ORDER = ['before', 'leaving', 'save', 'return', 'stored', 'work'] as const;

function Panels({ first, api }: { first: PanelName; api: PanelApi }) {
  const [name, go] = useState(first);
  return <Panel key={name} name={name} api={api} go={go} />;
}

function Panel({ name, api, go }: { name: PanelName; api: PanelApi; go(name: PanelName): void }) {
  const title = useRef<HTMLHeadingElement>(null);
  const { t } = api;
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
  before: ({ t }) => (
    <>
      {t.unchecked && <Draft {...t.unchecked} />}
      <Reading lines={t.beforeText} />
    </>
  ),
  leaving: ({ t }) => <Reading lines={t.leavingText} />,
  save: ({ api, t }) => <Save api={api} t={t} />,
  return: ({ api, t }) => <Return api={api} t={t} />,
  stored: ({ api, t }) => <Stored api={api} t={t} />,
  work: ({ api, t }) => <Work api={api} t={t} />,
};

/** The door for those who meet young people at work (DESIGN §1): what to do, and a first word that says who is asking. */
const Work = ({ api, t }: PanelProps) => (
  <>
    <Paragraphs text={t.door.text} language={api.data.language} numbers />
    {!api.begun && (
      <div class="choices">
        {t.door.firstWords.map(({ id, title }) => (
          <button key={id} type="button" onClick={() => api.choose(title, id)}>
            {title}
          </button>
        ))}
      </div>
    )}
  </>
);

const Reading = ({ lines }: { lines: Record<string, string> }) => (
  <>
    {Object.entries(lines).map(([key, line]) => (
      <p key={key}>{isolated(line)}</p>
    ))}
  </>
);

/** Nobody who speaks the language has read the translation yet: the sentences it hangs on are here in English too (W8). */
const Draft = ({ note, english }: Unchecked) => (
  <div class="unchecked">
    <p>{note}</p>
    {english.map((line) => (
      <p key={line} lang="en" dir="ltr">
        {line}
      </p>
    ))}
  </div>
);
