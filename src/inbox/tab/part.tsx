import { Badge, makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import { Bot16Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { useText } from './inbox-context.ts';

const useStyles = makeStyles({
  part: { marginBottom: tokens.spacingVerticalXL },
  title: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    marginBottom: tokens.spacingVerticalS,
  },
  name: { margin: 0 },
});

/** One part of the handover pane; `machine`: made by machine, and said so. */
export function Part({ title, machine = false, children }: { title: string; machine?: boolean; children: ReactNode }) {
  const text = useText();
  const styles = useStyles();
  return (
    <section className={styles.part}>
      <div className={styles.title}>
        <Subtitle2 as="h3" className={styles.name}>
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
