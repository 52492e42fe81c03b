import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { Offer } from '../wire.ts';
import { Ago, clockTime } from './ago.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { useLater } from './later.ts';
import { languageName } from './text.ts';
import { Urgency } from './urgency.tsx';
import './offers.css';

/** What colleagues offer the reader, above the list: urgency, channel, language, who asks and since when. No word of it. */
export function Offers({ onOpen }: { onOpen(id: string): void }) {
  const text = useText();
  const inbox = useInbox();
  const offers = useInboxState((state) => state.offers);
  const busy = useInboxState((state) => state.busy);
  const { parts } = useLater();
  const [declining, setDeclining] = useState<Offer | null>(null);
  const mine = offers.filter((offer) => offer.toMe);
  const accept = async ({ conversation }: Offer) => {
    if (await inbox.take('accept', conversation)) onOpen(conversation);
  };
  return (
    <>
      {mine.length > 0 && (
        <ul className="offers-list" aria-label={text.hands.offersLabel} data-offers>
          {mine.map((offer) => (
            <li key={offer.id} className="offers-offer">
              <span className="offers-line">
                <Urgency risk={offer.risk} />
                <span>{text.hands.offerFrom(offer.from.name, offer.fromDistrictName)}</span>
              </span>
              <span className="offers-quiet">
                {text.channel[offer.channel]} · {languageName(offer.language, text)} · <Ago at={offer.offeredAt} /> ·{' '}
                {text.list.answerBefore(clockTime(offer.expiresAt, text, Date.parse(offer.offeredAt)))}
              </span>
              <span className="offers-line">
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
      {parts && (
        <parts.ReasonDialog
          open={declining !== null}
          title={text.hands.declineTitle}
          body={text.hands.declineBody}
          yes={text.hands.decline}
          reasons={text.hands.declineReasons}
          onYes={(reason) => declining && void inbox.decline(declining.conversation, reason)}
          onDone={() => setDeclining(null)}
        />
      )}
    </>
  );
}
