/** @jsxImportSource preact */
import type { ChatData } from '../wire.ts';
import { isolated } from './isolated.tsx';

interface HeadProps {
  data: ChatData;
  /** Who answers, in words. */
  speaker: string;
  online: boolean;
  choose(language: string): void;
  hide(): void;
  leave(): void;
}

/** Always in sight: who is speaking, and two ways out. */
export function Head({ data, speaker, online, choose, hide, leave }: HeadProps) {
  const t = data.words;
  return (
    <header>
      <div>
        <h1>{t.title}</h1>
        {/* The short tag is seen, the list below it has every language's own name. */}
        <label>
          <span aria-hidden>{data.language} ▾</span>
          <select aria-label={t.language} value={data.language} onChange={(event) => choose(event.currentTarget.value)}>
            {Object.entries(data.languages).map(([tag, name]) => (
              <option key={tag} value={tag} lang={tag}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={hide}>
          {t.hide}
        </button>
        <button type="button" class="leave" aria-label={t.leaveNow} onClick={leave}>
          {t.leave}
        </button>
      </div>
      <p role="status">
        {isolated(speaker)}
        {!online && <span class="offline">{t.offline}</span>}
      </p>
    </header>
  );
}
