/** @jsxImportSource preact */
import type { ChatData, FirstWord } from '../wire.ts';
import type { PanelName } from './panels/panel-api.ts';
import { Paragraphs, Phone } from './paragraphs.tsx';

const LINKS = ['before', 'leaving', 'return', 'work'] as const;

interface WelcomeProps {
  data: ChatData;
  /** Something has been written: the situations are gone for good. */
  begun: boolean;
  open(name: PanelName): void;
  choose(text: string, firstWord: FirstWord): void;
}

/** One calm card with what one should know before writing, situations to tap, more behind it, and numbers to call instead. */
export function Welcome({ data, begun, open, choose }: WelcomeProps) {
  const t = data.words;
  return (
    <div class="welcome bot">
      <Paragraphs text={data.card.join('\n\n')} language={data.language} numbers />
      {!begun && (
        <div class="choices">
          {data.firstWords.map(({ id, title }) => (
            <button key={id} type="button" onClick={() => choose(title, id)}>
              {title}
            </button>
          ))}
        </div>
      )}
      {LINKS.map((name) => (
        <button key={name} type="button" class="link" onClick={() => open(name)}>
          {t[name]}
        </button>
      ))}
      <details>
        <summary>{t.numbers}</summary>
        <ul>
          {data.contacts.map(({ number, name }) => (
            <li key={number}>
              <Phone number={number} /> {name}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
