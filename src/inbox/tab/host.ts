export type ThemeName = 'light' | 'dark' | 'contrast';

/** Where the tab runs: inside Teams, or in a plain browser window. */
export interface Host {
  kind: 'teams' | 'browser';
  /** BCP 47 tag of the reader's language. */
  locale: string;
  /** A conversation asked for by a link. Anybody may write a link, so it is only ever an id to look up. */
  conversation: string | null;
  theme(): ThemeName;
  /** @returns the function that ends the subscription */
  onTheme(listener: () => void): () => void;
  /** The Teams token for the staff API; null in a plain browser. Rejects with teams-js' error code. */
  token: (() => Promise<string>) | null;
  /** Tells Teams that the page is drawn. */
  ready(): void;
}
