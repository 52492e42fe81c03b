import { Button, Card, makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { useText } from './inbox-context.ts';
import type { SignInTrouble } from './session.ts';

/** Seeded by the developer's database (INTERFACES.md §3). */
const WORKERS = ['jarva-1', 'jarva-2', 'farsta-1', 'coordinator-1', 'editor-1', 'admin-1'];

const useStyles = makeStyles({
  page: { display: 'grid', placeItems: 'center', height: '100%', padding: tokens.spacingHorizontalL },
  card: { width: 'min(360px, 100%)', boxSizing: 'border-box' },
  title: { margin: 0 },
  list: { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: tokens.spacingVerticalS },
});

interface SignInProps {
  trouble: SignInTrouble;
  onPick(worker: string): void;
  onRetry(): void;
}

/** Who are you, or why it cannot be asked here and what to do instead. */
export function SignIn({ trouble, onPick, onRetry }: SignInProps) {
  const text = useText();
  const styles = useStyles();
  const words: Record<SignInTrouble, string> = {
    choose: text.signInBody,
    elsewhere: text.signInElsewhere,
    off: text.signInOff,
    teams: text.signInTeams,
    consent: text.signInConsent,
    noRole: text.noRole,
    noDistrict: text.noAccess,
    unreachable: text.notice.unreachable,
  };
  return (
    <main className={styles.page} data-trouble={trouble}>
      <Card className={styles.card}>
        <Subtitle1 as="h1" className={styles.title}>
          {trouble === 'choose' ? text.signIn : text.title}
        </Subtitle1>
        <Text role={trouble === 'choose' ? undefined : 'alert'}>{words[trouble]}</Text>
        {trouble === 'choose' ? (
          <div className={styles.list}>
            {WORKERS.map((worker) => (
              <Button key={worker} onClick={() => onPick(worker)}>
                {worker}
              </Button>
            ))}
          </div>
        ) : (
          <Button appearance="primary" onClick={onRetry}>
            {text.retry}
          </Button>
        )}
      </Card>
    </main>
  );
}
