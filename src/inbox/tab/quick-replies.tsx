import { Badge, Button, Input, Spinner, Text } from '@fluentui/react-components';
import { DocumentCheckmark20Regular, Search20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Approved, Opened } from '../wire.ts';
import { Ask } from './ask.tsx';
import { useInbox, useText } from './inbox-context.ts';
import { languageName } from './text.ts';
import { useTopicTitle } from './topic-title.ts';
import './quick-replies.css';

/** Approved answers in the person's language, searched by their titles and words; the chosen one goes into the box. */
export function QuickReplies({ opened }: { opened: Opened }) {
  const text = useText();
  const inbox = useInbox();
  const [open, setOpen] = useState(false);
  const [answers, setAnswers] = useState<Approved[] | 'loading' | null>(null);
  const read = async () => {
    setOpen(true);
    setAnswers('loading');
    setAnswers(await inbox.approved());
  };
  const pick = (answer: Approved) => {
    inbox.insert(answer);
    setOpen(false);
    requestAnimationFrame(() => document.getElementById('composer')?.focus());
  };
  const { language } = opened.conversation;
  return (
    <>
      <Button size="small" icon={<DocumentCheckmark20Regular />} data-answers onClick={() => void read()}>
        {text.writing.answers}
      </Button>
      <Ask open={open} title={text.writing.answersIn(languageName(language, text))} onDone={() => setOpen(false)}>
        {answers === 'loading' && <Spinner size="small" label={text.loading} />}
        {answers === null && <Text>{text.writing.noneNow}</Text>}
        {Array.isArray(answers) && <Found {...{ answers, language }} onPick={pick} />}
      </Ask>
    </>
  );
}

interface FoundProps {
  answers: Approved[];
  language: string;
  onPick(answer: Approved): void;
}

function Found({ answers, language, onPick }: FoundProps) {
  const text = useText();
  const [wanted, setWanted] = useState('');
  const topicTitle = useTopicTitle();
  const found = answers.filter((answer) => fits(answer, topicTitle(answer.id), wanted));
  return (
    <div className="quick-replies-box">
      <Input
        type="search"
        contentBefore={<Search20Regular />}
        aria-label={text.writing.search}
        placeholder={text.writing.search}
        value={wanted}
        onChange={(_, { value }) => setWanted(value)}
      />
      {found.length === 0 && <Text role="status">{text.writing.noAnswers}</Text>}
      <ul className="quick-replies-list">
        {found.map((answer) => (
          <li key={answer.id}>
            <Button className="quick-replies-answer" data-answer={answer.id} onClick={() => onPick(answer)}>
              <Text weight="semibold">{topicTitle(answer.id) ?? answer.id}</Text>
              {answer.draft && (
                <Badge appearance="outline" color="warning">
                  {text.writing.draft}
                </Badge>
              )}
              <span className="quick-replies-words" lang={language} dir="auto">
                {answer.text}
              </span>
              {answer.original !== null && (
                <span className="quick-replies-original" lang="sv" data-original>
                  {text.writing.original}: {answer.original}
                </span>
              )}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Every word that is looked for stands somewhere in the title, the text or the original. */
function fits(answer: Approved, title: string | null, wanted: string): boolean {
  const all = [title, answer.text, answer.original].join('\n').toLocaleLowerCase();
  return wanted
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
