import { Button, Card, Subtitle1, Text } from '@fluentui/react-components';
import { useText } from './inbox-context.ts';
import type { SignInTrouble } from './session.ts';
import './sign-in.css';

/** Seeded by the developer's database (INTERFACES.md §3). */
const WORKERS = ['jarva-1', 'jarva-2', 'farsta-1', 'coordinator-1', 'editor-1', 'admin-1'];

interface SignInProps {
  trouble: SignInTrouble;
  onPick(worker: string): void;
  onRetry(): void;
}

/** Who are you, or why it cannot be asked here and what to do instead. */
export function SignIn({ trouble, onPick, onRetry }: SignInProps) {
  const text = useText();
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
    <main className="sign-in-page" data-trouble={trouble}>
      <Card className="sign-in-card">
        <Subtitle1 as="h1" className="sign-in-title">
          {trouble === 'choose' ? text.signIn : text.title}
        </Subtitle1>
        <Text role={trouble === 'choose' ? undefined : 'alert'}>{words[trouble]}</Text>
        {trouble === 'choose' ? (
          <div className="sign-in-list">
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
