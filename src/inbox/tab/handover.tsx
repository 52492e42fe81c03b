import { makeStyles, Switch, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Opened } from '../wire.ts';
import { Ago, Clock } from './ago.tsx';
import { AskedPart } from './asked-part.tsx';
import { HandsPart } from './hands-part.tsx';
import { HeardWords } from './heard-words.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { jumpTo } from './log.tsx';
import { Part } from './part.tsx';
import { PromisedPart } from './promised-part.tsx';
import { ProtectedPart } from './protected-part.tsx';
import { languageName, reasonText } from './text.ts';
import { topicTitle } from './topic-title.ts';
import { Urgency } from './urgency.tsx';
import { WarnedPart } from './warned-part.tsx';
import { worstFirst } from './worst-first.ts';

const useStyles = makeStyles({
  aside: { height: '100%', overflowY: 'auto', padding: tokens.spacingHorizontalL, boxSizing: 'border-box' },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', gap: tokens.spacingVerticalS },
  reason: { display: 'grid', justifyItems: 'start', gap: tokens.spacingVerticalXXS },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    margin: 0,
    '& dd': { margin: 0 },
    '& dt': { color: tokens.colorNeutralForeground2 },
  },
  blur: { marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalS})`, marginBottom: tokens.spacingVerticalS },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
  note: {
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    borderLeft: `3px solid ${tokens.colorPaletteYellowBorderActive}`,
    backgroundColor: tokens.colorPaletteYellowBackground1,
    '& p': { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  },
  how: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  by: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

/** What the one who takes over must know at a glance; what a machine made says so. */
export function HandoverPane({ opened, onJump }: { opened: Opened; onJump(): void }) {
  const text = useText();
  const styles = useStyles();
  const inbox = useInbox();
  const blur = useInboxState((state) => state.blur);
  const { conversation, handover, notes } = opened;
  const jump = (seq: number) => {
    onJump();
    requestAnimationFrame(() => jumpTo(seq));
  };
  return (
    <aside className={styles.aside} aria-label={text.details}>
      <HandsPart opened={opened} />
      <Switch
        className={styles.blur}
        checked={blur}
        label={text.writing.blur}
        title={text.writing.blurHint}
        data-blur
        onChange={(_, { checked }) => inbox.setBlur(checked)}
      />
      <AskedPart key={`asked ${conversation.id}`} opened={opened} onJump={jump} />
      <Part title={text.why[conversation.risk]} machine>
        {handover.reasons.length === 0 && (
          <p className={styles.quiet}>{conversation.risk === 'none' ? text.noReasons : text.reasonsMissing}</p>
        )}
        <ul className={styles.list}>
          {worstFirst(handover.reasons).map(({ kind, level, rules }) => (
            <li key={kind} className={styles.reason} title={rules.join(', ')}>
              <Urgency risk={level} />
              <span>{reasonText(kind, text)}</span>
            </li>
          ))}
        </ul>
        <HeardWords key={conversation.id} opened={opened} onJump={jump} />
      </Part>
      <WarnedPart opened={opened} onJump={jump} />
      {handover.gate !== 'open' && (
        <Part title={text.gate.title}>
          <p className={styles.quiet} data-gate={handover.gate}>
            {text.gate[handover.gate]}
          </p>
        </Part>
      )}
      <PromisedPart opened={opened} />
      <ProtectedPart key={conversation.id} opened={opened} />
      <Part title={text.topics} machine>
        {handover.topics.length === 0 && <p className={styles.quiet}>{text.noTopics}</p>}
        <ul className={styles.list}>
          {handover.topics.map((id) => (
            <li key={id}>{topicTitle(id, text) ?? id}</li>
          ))}
        </ul>
      </Part>
      <Part title={text.notes}>
        {notes.length === 0 && <p className={styles.quiet}>{text.noNotes}</p>}
        <ul className={styles.list} data-notes>
          {notes.map((note) => (
            <li key={note.id} className={styles.note}>
              <p dir="auto">{note.text}</p>
              <span className={styles.by}>
                {note.worker} · <Clock at={note.at} />
              </span>
            </li>
          ))}
        </ul>
      </Part>
      <Facts opened={opened} />
    </aside>
  );
}

function Facts({ opened }: { opened: Opened }) {
  const text = useText();
  const styles = useStyles();
  const me = useInboxState((state) => state.me);
  const { conversation, handover } = opened;
  const district = me?.districts.find(({ slug }) => slug === conversation.district)?.name ?? conversation.district;
  const facts: [string, ReactNode][] = [
    [text.channelWord, text.channelLong[conversation.channel]],
    [text.language, languageName(conversation.language, text)],
    [
      text.district,
      <span key="district" data-place={handover.placeFrom}>
        {district}
        <span className={styles.how}>{text.writing.placeFrom[handover.placeFrom]}</span>
        {handover.coveredFor && <span className={styles.how}>{text.writing.coveredFor(handover.coveredFor)}</span>}
      </span>,
    ],
    [text.holder, conversation.owner === 'bot' ? text.bot : (conversation.worker?.name ?? text.nobody)],
  ];
  if (conversation.waitingSince) facts.push([text.since, <Ago key="since" at={conversation.waitingSince} />]);
  if (handover.previousWorker) facts.push([text.previous, handover.previousWorker]);
  if (handover.episode > 1) facts.push([text.episodeWord, text.episode(handover.episode)]);
  return (
    <Part title={text.facts}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
