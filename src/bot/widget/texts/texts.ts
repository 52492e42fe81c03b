import type { sv } from './sv.ts';

type Original = typeof sv;

/** Whether a native reader approved by the City has read it (W8). `unchecked` says in the language itself that nobody has. */
type Review = { status: 'original' } | { status: 'draft' | 'approved'; unchecked: string };

/** Everything the web chat says in one language, what the bot says aside. A missing key does not compile. */
export type Texts = Omit<Original, 'status'> & Review;

/** What the first visit carries. */
export type Words = Original['words'];

/** What comes with the panels, when one is opened. */
export type PanelWords = Original['panels'];
