/** The codes that cross between the staff API and the tab. `wire.ts` passes them on; the tab needs nothing else of it at run time. */
export const VIEWS = ['waiting', 'mine', 'team', 'closed'] as const;
export const CHANNELS = ['web', 'sms'] as const;
export const ALERTS = ['none', 'red', 'all'] as const;
export const TRANSFER_STATES = ['offered', 'accepted', 'declined', 'withdrawn', 'expired', 'taken'] as const;
export const DECLINE_REASONS = ['no-capacity', 'wrong-district', 'closed-now', 'conflict'] as const;
export const TAKEOVER_REASONS = ['holder-away', 'danger', 'conflict', 'supervision'] as const;
export const GLASS_REASONS = ['danger-to-life', 'same-person', 'on-call', 'supervision'] as const;
export const OUTCOMES = ['informed', 'booked', 'referred', 'case', 'no-contact', 'misuse'] as const;
/** How the district was found; `declined`: they would rather not say, `earlier`: in an earlier conversation, `moved`: by staff. */
export const PLACE_SOURCES = ['said', 'postcode', 'asked', 'declined', 'earlier', 'moved', 'unknown'] as const;
/** Why nothing can reach the person, whoever writes (F45). `no-number`: it has been destroyed. */
export const UNREACHABLE = ['opted-out', 'no-number', 'erased'] as const;
export type Unreachable = (typeof UNREACHABLE)[number];

/**
 * Which shapes `wire.ts` has, as a number made of them (`test/inbox/wire.test.ts` says which when they change). Every answer carries it:
 * a page that is still open when the service is renewed sees another one and asks to be loaded again.
 */
export const FORM = 'd762a790';
export const FORM_HEADER = 'utvag-form';
