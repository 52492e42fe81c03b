import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { Opened, TrailLine } from '../wire.ts';
import { Clock, clockTime } from './ago.tsx';
import { useText } from './inbox-context.ts';
import { Part } from './part.tsx';
import type { Text } from './text.ts';
import './hands-part.css';

/** Whose it is about to be, whose it was, and who else has read it. */
export function HandsPart({ opened }: { opened: Opened }) {
  const text = useText();
  const { offer, trail, legalHold } = opened.handover;
  return (
    <>
      <div className="hands-part-bars">
        {offer && (
          <MessageBar layout="multiline" data-offer>
            <MessageBarBody>
              {text.hands.offerTo(offer.to?.name ?? offer.toDistrictName, clockTime(offer.expiresAt, text, Date.now()))}
            </MessageBarBody>
          </MessageBar>
        )}
        {offer?.visitorSaysNo && (
          <MessageBar layout="multiline" intent="warning" data-says-no>
            <MessageBarBody>{text.hands.visitorSaysNo}</MessageBarBody>
          </MessageBar>
        )}
        {legalHold && (
          <MessageBar layout="multiline" data-held>
            <MessageBarBody>{text.hands.holdOn}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {trail.length > 0 && (
        <Part title={text.hands.trail}>
          <ul className="part-list" data-trail>
            {trail.map((line) => (
              <li key={`${line.kind} ${line.at}`}>
                {text.hands.trailLine[line.kind](line.from ?? '', line.by ?? '')}{' '}
                <span className="hands-part-quiet">
                  {reasonOf(line, text)} <Clock at={line.at} />
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}

function reasonOf({ kind, reason }: TrailLine, text: Text): string {
  const { declineReasons, glassReasons, supervisorReasons } = text.hands;
  const words = kind === 'declined' ? declineReasons : kind === 'glass' ? glassReasons : supervisorReasons;
  const known = reason ? new Map(Object.entries(words)).get(reason) : null;
  return known ? `${known} ·` : '';
}
