/** @jsxImportSource preact */
import type { ChatData } from '../wire.ts';
import type { PanelName } from './panels/panel-api.ts';
import { Paragraphs, Phone } from './paragraphs.tsx';

const LINKS = ['before', 'leaving', 'return'] as const;

/** One calm card with what one should know before writing, more behind it, and numbers to call instead. */
export function Welcome({ data, open }: { data: ChatData; open(name: PanelName): void }) {
  const t = data.words;
  return (
    <div class="welcome bot">
      <Paragraphs text={data.card.join('\n\n')} language={data.language} numbers />
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
