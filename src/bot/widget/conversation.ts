import type { Author, FirstWord, Owner } from '../wire.ts';

export interface Entry {
  /** The client's id of one's own message, the server's id of any other. */
  key: string;
  id?: string;
  author: Author;
  name: string;
  text: string;
  language: string;
  choices: string[];
  /** `refused` will not do better by itself. */
  state: 'sending' | 'sent' | 'failed' | 'refused';
  /** Came while the page was open: it is announced, history is not (F54). */
  fresh: boolean;
  /** In danger nothing is folded. */
  danger?: boolean | undefined;
  /** Which of the page's own sentences it is, tapped. */
  firstWord?: FirstWord | undefined;
}

/** What is on the screen: the server's list in its order, then what is on its way there. */
export interface Conversation {
  entries: Entry[];
  pending: Entry[];
  owner: Owner;
  ahead?: number | undefined;
  opensAt?: string | undefined;
  /** An emergency has been heard: 112 stays within reach. */
  danger: boolean;
  typing: boolean;
  watermark: string;
}

export const emptyConversation = (): Conversation => ({
  entries: [],
  pending: [],
  owner: 'bot',
  danger: false,
  typing: false,
  watermark: '',
});

export const ownEntry = (key: string, text: string, language: string, firstWord?: FirstWord): Entry => ({
  ...{ key, text, language, firstWord },
  author: 'visitor',
  name: '',
  choices: [],
  state: 'sending',
  fresh: true,
});
