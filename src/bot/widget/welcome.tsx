/** @jsxImportSource preact */
import type { ChatData } from '../wire.ts';
import { Paragraphs, Phone } from './paragraphs.tsx';

/** What one should know before writing, and numbers to call instead. */
export function Welcome({ data }: { data: ChatData }) {
  const t = data.words;
  return (
    <div class="welcome bot" lang={data.language}>
      <Paragraphs text={data.welcome.join('\n\n')} numbers />
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
