import { Button, Input, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useState } from 'react';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import type { Proposal } from './state.ts';
import { instantOf, wallOf } from './stockholm.ts';

/** A time was promised in what was just sent: keep it as a reminder? The worker sets the moment, or says no. */
export function PromiseBar({ conversation }: { conversation: string }) {
  const proposal = useInboxState((state) => state.proposal);
  return proposal?.conversation === conversation ? <Ask key={proposal.seq} proposal={proposal} /> : null;
}

function Ask({ proposal }: { proposal: Proposal }) {
  const text = useText();
  const inbox = useInbox();
  const [at, setAt] = useState(() => fieldOf(proposal.dueAt));
  const dueAt = instantIn(at);
  return (
    <MessageBar layout="multiline" data-proposal>
      <MessageBarBody>
        {text.hands.proposal} <q>{proposal.text}</q>
      </MessageBarBody>
      <MessageBarActions>
        <Input
          type="datetime-local"
          size="small"
          aria-label={text.hands.proposalTime}
          value={at}
          onChange={(_, { value }) => setAt(value)}
        />
        <Button
          size="small"
          appearance="primary"
          disabledFocusable={dueAt === null}
          data-proposal-yes
          onClick={() => void inbox.answerProposal(dueAt)}
        >
          {text.hands.proposalYes}
        </Button>
        <Button size="small" onClick={() => void inbox.answerProposal(null)}>
          {text.hands.proposalNo}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}

/** The city's own time, whatever zone the worker's machine is in. */
function fieldOf(iso: string): string {
  const { date, minute } = wallOf(new Date(iso));
  return `${date}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function instantIn(field: string): string | null {
  const [, date, hour, minute] = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)/.exec(field) ?? [];
  return date ? instantOf(date, Number(hour) * 60 + Number(minute)).toISOString() : null;
}
