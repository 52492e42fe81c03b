import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useCallback, useEffect, useRef } from 'react';
import { FilterBar, isFiltered } from './filter-bar.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { Offers } from './offers.tsx';
import { Row } from './row.tsx';

const useStyles = makeStyles({
  nav: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto' },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  middle: {
    display: 'grid',
    justifyItems: 'center',
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalXL}`,
    textAlign: 'center',
    color: tokens.colorNeutralForeground2,
  },
});

/** The conversations of a view in the server's order: danger first, then waiting time. */
export function List({ onOpen }: { onOpen(id: string): void }) {
  const text = useText();
  const styles = useStyles();
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
  const entry = items.some((item) => item.id === openId) ? openId : items[0]?.id;

  return (
    <nav className={styles.nav} aria-label={text.listLabel}>
      <FilterBar />
      <div className={styles.scroll} data-scroll>
        <Offers onOpen={onOpen} />
        <ul className={styles.list}>
          {items.map((item) => (
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
        {next && <More key={next} onReach={inbox.more} />}
        {items.length === 0 && (
          <div className={styles.middle} role="status">
            {list === 'loading' && <Spinner size="small" label={text.loading} />}
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
    <div ref={ref} style={{ textAlign: 'center', padding: tokens.spacingVerticalM }}>
      <Button appearance="subtle" onClick={() => void onReach()}>
        {text.more}
      </Button>
    </div>
  );
}
