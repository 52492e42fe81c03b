import { Badge, Button, Input, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { DocumentCheckmark20Regular, Search20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Approved, Opened } from '../wire.ts';
import { Ask } from './ask.tsx';
import { useInbox, useText } from './inbox-context.ts';
import type { Text as Words } from './text.ts';
import { languageName } from './text.ts';
import { topicTitle } from './topic-title.ts';

const useStyles = makeStyles({
  box: { display: 'grid', gap: tokens.spacingVerticalM },
  list: {
    margin: 0,
    padding: '2px',
    listStyleType: 'none',
    display: 'grid',
    gap: tokens.spacingVerticalS,
    maxHeight: '55vh',
    overflowY: 'auto',
  },
  answer: {
    display: 'grid',
    justifyContent: 'stretch',
    justifyItems: 'start',
    gap: tokens.spacingVerticalXS,
    width: '100%',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
  },
  words: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', width: '100%', unicodeBidi: 'plaintext' },
  original: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

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
  const styles = useStyles();
  const [wanted, setWanted] = useState('');
  const found = answers.filter((answer) => fits(answer, wanted, text));
  return (
    <div className={styles.box}>
      <Input
        type="search"
        contentBefore={<Search20Regular />}
        aria-label={text.writing.search}
        placeholder={text.writing.search}
        value={wanted}
        onChange={(_, { value }) => setWanted(value)}
      />
      {found.length === 0 && <Text role="status">{text.writing.noAnswers}</Text>}
      <ul className={styles.list}>
        {found.map((answer) => (
          <li key={answer.id}>
            <Button className={styles.answer} data-answer={answer.id} onClick={() => onPick(answer)}>
              <Text weight="semibold">{topicTitle(answer.id, text) ?? answer.id}</Text>
              {answer.draft && (
                <Badge appearance="outline" color="warning">
                  {text.writing.draft}
                </Badge>
              )}
              <span className={styles.words} lang={language} dir="auto">
                {answer.text}
              </span>
              {answer.original !== null && (
                <span className={styles.original} lang="sv" data-original>
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
function fits(answer: Approved, wanted: string, text: Words): boolean {
  const all = [topicTitle(answer.id, text), answer.text, answer.original].join('\n').toLocaleLowerCase();
  return wanted
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
