import { Tab, TabList } from '@fluentui/react-components';
import { Ago } from './ago.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import type { ViewName } from './state.ts';
import { numberText } from './text.ts';
import './views.css';

const NAMES: readonly ViewName[] = ['waiting', 'mine', 'team', 'closed'];
const isView = (value: unknown): value is ViewName => NAMES.some((name) => name === value);

/** Waiting, mine, team, closed, each with how many. */
export function Views() {
  const text = useText();
  const inbox = useInbox();
  const view = useInboxState((state) => state.view);
  const counts = useInboxState((state) => state.counts);
  return (
    <TabList
      size="small"
      className="views-tabs"
      aria-label={text.viewsLabel}
      selectedValue={view}
      onTabSelect={(_, { value }) => isView(value) && inbox.show(value)}
    >
      {NAMES.map((name) => (
        <Tab key={name} value={name} className="views-tab" data-view={name}>
          {text.views[name]}{' '}
          {counts && name !== 'closed' && <span className="views-count">{numberText(counts[name], text)}</span>}
        </Tab>
      ))}
    </TabList>
  );
}

/** How long the one who waits longest has waited; in sight whatever else is shown. */
export function LongestWait() {
  const text = useText();
  const since = useInboxState((state) => state.counts?.longestWaitSince ?? null);
  const [before, after] = text.longest('\0').split('\0');
  return since ? (
    <span data-longest>
      {before}
      <Ago at={since} />
      {after}
    </span>
  ) : (
    <span data-longest>{text.noneWaiting}</span>
  );
}
