import { Button, Text } from '@fluentui/react-components';
import { useCallback, useDeferredValue, useEffect, useRef } from 'react';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { useLater } from './later.ts';
import { Loading } from './later-part.tsx';
import { Offers } from './offers.tsx';
import { Row } from './row.tsx';
import { isFiltered } from './shown.ts';
import './list.css';

/** So many rows fill a screen below views and filters: they are drawn first, the others right after. */
const SCREENFUL = Math.ceil((globalThis.innerHeight - 120) / 56);

/** The conversations of a view in the server's order: danger first, then waiting time. */
export function List({ onOpen }: { onOpen(id: string): void }) {
  const text = useText();
  const inbox = useInbox();
  const { items, next, list, openId } = {
    items: useInboxState((state) => state.items),
    next: useInboxState((state) => state.next),
    list: useInboxState((state) => state.list),
    openId: useInboxState((state) => state.openId),
  };
  const me = useInboxState((state) => state.me);
  const name = useCallback(
    (slug: string) => me?.districts.find((district) => district.slug === slug)?.name ?? slug,
    [me],
  );
  const { parts } = useLater();
  const drawAll = useDeferredValue(true, false);
  const entry = items.some((item) => item.id === openId) ? openId : items[0]?.id;

  return (
    <nav className="list-nav" aria-label={text.listLabel}>
      <div className="list-filters">{parts && <parts.FilterBar />}</div>
      <div className="list-scroll" data-scroll>
        <Offers onOpen={onOpen} />
        <ul className="list-list">
          {(drawAll ? items : items.slice(0, SCREENFUL)).map((item) => (
            <Row
              key={item.id}
              item={item}
              districtName={name(item.district)}
              me={me?.id ?? null}
              isOpen={item.id === openId}
              tabbable={item.id === entry}
              onOpen={onOpen}
            />
          ))}
        </ul>
        {next && drawAll && <More key={next} onReach={inbox.more} />}
        {items.length === 0 && (
          <div className="list-middle" role="status">
            {list === 'loading' && <Loading />}
            {list === 'ready' && <Nothing />}
            {list === 'failed' && (
              <>
                <Text>{text.loadFailed}</Text>
                <Button onClick={() => void inbox.refresh()}>{text.retry}</Button>
              </>
            )}
          </div>
        )}
      </div>
    </nav>
  );
}

/** What is normal about an empty list. */
function Nothing() {
  const text = useText();
  const view = useInboxState((state) => state.view);
  const filtered = isFiltered(useInboxState((state) => state.filters));
  const offDuty = useInboxState((state) => state.duty?.until === null);
  if (filtered) return <Text>{text.list.nothingFits}</Text>;
  return <Text>{view === 'waiting' && offDuty ? text.list.offDuty : text.empty[view]}</Text>;
}

/** Reads the next page when it comes near; a button for those who do not scroll. */
function More({ onReach }: { onReach(): Promise<void> }) {
  const text = useText();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const near = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && void onReach(), {
      rootMargin: '600px',
    });
    if (ref.current) near.observe(ref.current);
    return () => near.disconnect();
  }, [onReach]);
  return (
    <div ref={ref} className="list-more">
      <Button appearance="subtle" onClick={() => void onReach()}>
        {text.more}
      </Button>
    </div>
  );
}
