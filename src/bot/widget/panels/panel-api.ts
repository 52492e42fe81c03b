import type { ChatData, FirstWord, PanelData } from '../../wire.ts';
import type { Answer } from '../api.ts';

export type PanelName = 'menu' | 'before' | 'leaving' | 'save' | 'return' | 'stored' | 'work';

/** What the chat lets its panels do. */
export interface PanelApi {
  data: ChatData;
  t: PanelData;
  /** Something has been written: there is a conversation to speak of. */
  begun: boolean;
  /** Earlier messages that the person chose not to see. */
  hasEarlier: boolean;
  /** What the person wrote, as far as this page shows it. */
  own: { key: string; text: string }[];
  /** About one's own conversation; `''` is the conversation itself. */
  ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
  /** Goes on with a conversation. @param from what was written before is left unread; empty: everything is shown. */
  join(opened: Partial<Answer['body']>, from: string): void;
  showEarlier(): void;
  /** It is erased on the server: nothing of it stays here. */
  erased(): void;
  /** Sends one of the page's own sentences as the first message. */
  choose(text: string, firstWord: FirstWord): void;
  close(): void;
}

export interface PanelProps {
  api: PanelApi;
  t: PanelData;
}
