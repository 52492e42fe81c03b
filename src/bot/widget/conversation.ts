import type { ActivitySet, Author, FirstWord, OutgoingActivity, Owner } from '../wire.ts';

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

/** Takes in what the server sent; a repeat changes nothing, the echo of one's own message takes its place in the order. */
export function takeIn(c: Conversation, set: ActivitySet, fresh: boolean): void {
  for (const activity of set.activities) {
    if (activity.type === 'message') takeMessage(c, activity, fresh);
    if (activity.type === 'typing') c.typing = true;
    if (activity.type === 'event' && activity.name === 'owner') {
      const { owner, ahead, opensAt, danger } = activity.channelData.utvag;
      c.danger = danger ?? false;
      c.owner = owner ?? c.owner;
      c.ahead = ahead;
      c.opensAt = opensAt;
    }
  }
  c.watermark = set.watermark || c.watermark;
}

function takeMessage(c: Conversation, activity: OutgoingActivity, fresh: boolean): void {
  const { utvag, clientActivityID } = activity.channelData;
  const entry: Entry = {
    key: clientActivityID ?? activity.id,
    id: activity.id,
    author: utvag.author,
    name: activity.from.name ?? '',
    text: activity.text ?? '',
    language: utvag.language,
    choices: (activity.suggestedActions?.actions ?? []).map((a) => a.value),
    state: 'sent',
    danger: utvag.danger,
    fresh,
  };
  const at = c.entries.findIndex((e) => e.id === entry.id);
  if (at >= 0) c.entries[at] = { ...entry, fresh: c.entries[at]?.fresh ?? false };
  else c.entries.push(entry);
  c.pending = c.pending.filter((p) => p.key !== entry.key);
  if (utvag.author !== 'visitor') c.typing = false;
  c.danger ||= utvag.danger ?? false;
}
