import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Offer } from '../wire.ts';
import { Ago, clockTime } from './ago.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { languageName } from './text.ts';
import { Urgency } from './urgency.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  offer: {
    display: 'grid',
    gap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    borderLeft: `3px solid ${tokens.colorCompoundBrandStroke}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  quiet: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

/** What colleagues offer the reader, above the list: urgency, channel, language, who asks and since when. No word of it. */
export function Offers({ onOpen }: { onOpen(id: string): void }) {
  const text = useText();
  const styles = useStyles();
  const inbox = useInbox();
  const offers = useInboxState((state) => state.offers);
  const busy = useInboxState((state) => state.busy);
  const [declining, setDeclining] = useState<Offer | null>(null);
  const mine = offers.filter((offer) => offer.toMe);
  const accept = async ({ conversation }: Offer) => {
    if (await inbox.take('accept', conversation)) onOpen(conversation);
  };
  return (
    <>
      {mine.length > 0 && (
        <ul className={styles.list} aria-label={text.hands.offersLabel} data-offers>
          {mine.map((offer) => (
            <li key={offer.id} className={styles.offer}>
              <span className={styles.line}>
                <Urgency risk={offer.risk} />
                <span>{text.hands.offerFrom(offer.from.name, offer.fromDistrictName)}</span>
              </span>
              <span className={styles.quiet}>
                {text.channel[offer.channel]} · {languageName(offer.language, text)} · <Ago at={offer.offeredAt} /> ·{' '}
                {text.list.answerBefore(clockTime(offer.expiresAt, text, Date.parse(offer.offeredAt)))}
              </span>
              <span className={styles.line}>
                <Button
                  size="small"
                  appearance="primary"
                  disabledFocusable={busy}
                  data-verb="accept"
                  onClick={() => void accept(offer)}
                >
                  {text.hands.accept}
                </Button>
                <Button size="small" disabledFocusable={busy} data-verb="decline" onClick={() => setDeclining(offer)}>
                  {text.hands.decline}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      <ReasonDialog
        open={declining !== null}
        title={text.hands.declineTitle}
        body={text.hands.declineBody}
        yes={text.hands.decline}
        reasons={text.hands.declineReasons}
        onYes={(reason) => declining && void inbox.decline(declining.conversation, reason)}
        onDone={() => setDeclining(null)}
      />
    </>
  );
}
