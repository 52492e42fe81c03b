import { Switch } from '@fluentui/react-components';
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
import { useTopicTitle } from './topic-title.ts';
import { Urgency } from './urgency.tsx';
import { WarnedPart } from './warned-part.tsx';
import { worstFirst } from './worst-first.ts';
import './handover.css';

/** What the one who takes over must know at a glance; what a machine made says so. */
export function HandoverPane({ opened, onJump }: { opened: Opened; onJump(): void }) {
  const text = useText();
  const inbox = useInbox();
  const topicTitle = useTopicTitle();
  const blur = useInboxState((state) => state.blur);
  const { conversation, handover, notes } = opened;
  const jump = (seq: number) => {
    onJump();
    requestAnimationFrame(() => jumpTo(seq));
  };
  return (
    <aside className="handover-aside" aria-label={text.details}>
      <HandsPart opened={opened} />
      <Switch
        className="handover-blur"
        checked={blur}
        label={text.writing.blur}
        title={text.writing.blurHint}
        data-blur
        onChange={(_, { checked }) => inbox.setBlur(checked)}
      />
      <AskedPart key={`asked ${conversation.id}`} opened={opened} onJump={jump} />
      <Part title={text.why[conversation.risk]} machine>
        {handover.reasons.length === 0 && (
          <p className="part-quiet">{conversation.risk === 'none' ? text.noReasons : text.reasonsMissing}</p>
        )}
        <ul className="part-list">
          {worstFirst(handover.reasons).map(({ kind, level, rules }) => (
            <li key={kind} className="handover-reason" title={rules.join(', ')}>
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
          <p className="part-quiet" data-gate={handover.gate}>
            {text.gate[handover.gate]}
          </p>
        </Part>
      )}
      <PromisedPart opened={opened} />
      <ProtectedPart key={conversation.id} opened={opened} />
      <Part title={text.topics} machine>
        {handover.topics.length === 0 && <p className="part-quiet">{text.noTopics}</p>}
        <ul className="part-list">
          {handover.topics.map((id) => (
            <li key={id}>{topicTitle(id) ?? id}</li>
          ))}
        </ul>
      </Part>
      <Part title={text.notes}>
        {notes.length === 0 && <p className="part-quiet">{text.noNotes}</p>}
        <ul className="part-list" data-notes>
          {notes.map((note) => (
            <li key={note.id} className="handover-note">
              <p dir="auto">{note.text}</p>
              <span className="handover-by">
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
        <span className="handover-how">{text.writing.placeFrom[handover.placeFrom]}</span>
        {handover.coveredFor && <span className="handover-how">{text.writing.coveredFor(handover.coveredFor)}</span>}
      </span>,
    ],
    [text.holder, conversation.owner === 'bot' ? text.bot : (conversation.worker?.name ?? text.nobody)],
  ];
  if (conversation.waitingSince) facts.push([text.since, <Ago key="since" at={conversation.waitingSince} />]);
  if (handover.previousWorker) facts.push([text.previous, handover.previousWorker]);
  if (handover.episode > 1) facts.push([text.episodeWord, text.episode(handover.episode)]);
  return (
    <Part title={text.facts}>
      <dl className="handover-facts">
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
