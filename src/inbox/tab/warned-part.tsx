import { Button } from '@fluentui/react-components';
import { ArrowRight16Regular, Checkmark16Regular, Warning16Filled } from '@fluentui/react-icons';
import type { Opened } from '../wire.ts';
import { clockTime, useNow } from './ago.tsx';
import { useText } from './inbox-context.ts';
import { Part } from './part.tsx';
import './warned-part.css';

/** Whether the person has been told of the duty to report before they told more (DOMAIN §4.3). */
export function WarnedPart({ opened, onJump }: { opened: Opened; onJump(seq: number): void }) {
  const text = useText();
  const now = useNow();
  const told = opened.messages.find(({ seq }) => seq === opened.handover.warned);
  return (
    <Part title={text.writing.warned}>
      <p className="warned-part-line" data-warned={told !== undefined}>
        {told ? <Checkmark16Regular aria-hidden /> : <Warning16Filled aria-hidden className="warned-part-missing" />}
        {told ? text.writing.warnedAt : text.writing.notWarned}
      </p>
      {told && (
        <Button
          size="small"
          appearance="transparent"
          icon={<ArrowRight16Regular />}
          data-jump={told.seq}
          onClick={() => onJump(told.seq)}
        >
          {text.writing.jump(clockTime(told.at, text, now))}
        </Button>
      )}
    </Part>
  );
}
