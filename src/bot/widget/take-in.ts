import type { ActivitySet, OutgoingActivity } from '../wire.ts';
import type { Conversation, Entry } from './conversation.ts';

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
