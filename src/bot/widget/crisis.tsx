/** @jsxImportSource preact */
import type { ChatData } from '../wire.ts';
import { Phone } from './paragraphs.tsx';

/** Where there is room for the words, also with a keyboard on the screen. Of the browser: the server has no such thing. */
const ROOMY = globalThis.innerHeight >= 700;

/**
 * When an emergency has been heard, 112 is one touch away from then on, whatever is scrolled or opened. The bot's message has
 * said it aloud, so nothing is announced again and no focus moves; what can be folded is the words, never the number.
 */
export function Crisis({ data }: { data: ChatData }) {
  const name = data.contacts[0]?.name;
  return (
    <section class="crisis" aria-label={name}>
      <Phone number="112" />
      <details open={ROOMY}>
        <summary>{name}</summary>
        {data.words.call}
      </details>
    </section>
  );
}
