/** A body that fits each verb of the staff API; `CLAIM` stands for a true claim. Every registered verb must be here. */
export const WELL_FORMED: Record<string, object> = {
  claim: {},
  release: { claim: 'CLAIM' },
  protected: { claim: 'CLAIM' },
  'keep-protected': { claim: 'CLAIM' },
  'hand-back': { claim: 'CLAIM', text: 'hej' },
  close: { claim: 'CLAIM', outcome: 'informed' },
  reply: { claim: 'CLAIM', clientId: 'x-1', text: 'hej' },
  translate: { text: 'hej' },
  note: { clientId: 'x-1', text: 'hej' },
  reopen: {},
  'take-over': { reason: 'supervision' },
  hold: { on: true },
  transfer: { claim: 'CLAIM', district: 'farsta' },
  withdraw: { claim: 'CLAIM' },
  accept: {},
  decline: { reason: 'no-capacity' },
  reminders: { dueAt: '2100-01-01T00:00:00Z', text: 'ring' },
  'reminder-done': { reminder: 'rem_1' },
  glass: { reason: 'on-call' },
  duty: { until: null },
};

/** The last part of a verb's path names it. */
export const bodyFor = (path: string, claim = 'x'): object =>
  JSON.parse(JSON.stringify(WELL_FORMED[path.split('/').at(-1) ?? ''] ?? {}).replace('CLAIM', claim));
