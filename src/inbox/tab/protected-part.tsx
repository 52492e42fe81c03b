import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { Opened, ProtectedField } from '../wire.ts';
import { useInbox, useText } from './inbox-context.ts';
import { Part } from './part.tsx';
import './protected-part.css';

/** A number or an address the person wrote. It is hidden until the holder asks for it, and gone from the screen with the conversation. */
export function ProtectedPart({ opened }: { opened: Opened }) {
  const text = useText();
  const inbox = useInbox();
  const [shown, setShown] = useState<ProtectedField | null>(null);
  const { field } = opened.handover;
  if (!field) return null;
  const words = text.protected[field.kind];
  const read = async () => setShown(await inbox.readProtected(!field.kept));
  return (
    <Part title={words.title}>
      {shown ? (
        <p className="protected-part-value" data-protected>
          {shown.kind === 'phone' ? (
            <a href={`tel:${shown.value.replace(/[^+\d]/g, '')}`}>{shown.value}</a>
          ) : (
            shown.value
          )}
        </p>
      ) : (
        <>
          <p className="protected-part-quiet">{field.kept ? text.protected.kept : words.ask}</p>
          <Button disabled={!opened.claim} onClick={() => void read()}>
            {field.kept ? words.show : text.protected.saidYes}
          </Button>
        </>
      )}
    </Part>
  );
}
