import { Badge, Subtitle2 } from '@fluentui/react-components';
import { Bot16Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { useText } from './inbox-context.ts';
import './part.css';

/** One part of the handover pane; `machine`: made by machine, and said so. */
export function Part({ title, machine = false, children }: { title: string; machine?: boolean; children: ReactNode }) {
  const text = useText();
  return (
    <section className="part-part">
      <div className="part-title">
        <Subtitle2 as="h3" className="part-name">
          {title}
        </Subtitle2>
        {machine && (
          <Badge appearance="outline" color="informative" icon={<Bot16Regular />}>
            {text.machine}
          </Badge>
        )}
      </div>
      {children}
    </section>
  );
}
