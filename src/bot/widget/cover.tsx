/** @jsxImportSource preact */
import type { ChatData } from '../wire.ts';
import { sayDate } from './say-date.ts';

/** "Someone is coming": this month, as anybody's calendar would show it. The chat is kept behind it. */
export function Cover({ data, show }: { data: ChatData; show(): void }) {
  const now = new Date();
  const [year, month] = [now.getFullYear(), now.getMonth()];
  const count = new Date(year, month + 1, 0).getDate();
  const monday = (new Date(year, month, 1).getDay() + 6) % 7;
  const days = Array.from({ length: monday + count }, (_, place) => place + 1 - monday);
  return (
    <main class="cover">
      <h1>{sayDate(now, data)}</h1>
      <ol>
        {days.map((day) => (
          <li key={`day ${day}`} aria-hidden={day < 1} aria-current={day === now.getDate() && 'date'}>
            {day > 0 && day}
          </li>
        ))}
      </ol>
      <button type="button" onClick={show}>
        {data.words.show}
      </button>
    </main>
  );
}
