/** @jsxImportSource preact */
import type { Words } from './text.ts';

/** "Someone is coming": this month, as anybody's calendar would show it. The chat is kept behind it. */
export function Cover({ language, t, show }: { language: string; t: Words; show(): void }) {
  const now = new Date();
  const [year, month] = [now.getFullYear(), now.getMonth()];
  const count = new Date(year, month + 1, 0).getDate();
  const monday = (new Date(year, month, 1).getDay() + 6) % 7;
  const days = Array.from({ length: monday + count }, (_, place) => place + 1 - monday);
  return (
    <main class="cover">
      <h1>{now.toLocaleDateString(language, { month: 'long', year: 'numeric' })}</h1>
      <ol>
        {days.map((day) => (
          <li key={`day ${day}`} aria-hidden={day < 1} aria-current={day === now.getDate() && 'date'}>
            {day > 0 && day}
          </li>
        ))}
      </ol>
      <button type="button" onClick={show}>
        {t.show}
      </button>
    </main>
  );
}
