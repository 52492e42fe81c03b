import type { LabelledQuestion } from '../read-set.ts';
import { inOrder } from './score-utterances.ts';
import { type Share, share } from './share.ts';

export interface RetrievalScore {
  n: number;
  top1: Share;
  top3: Share;
  bestFirst: Share;
  /** Questions that no approved topic answers, and that were left unanswered. */
  abstained: Share;
  /** Answerable questions that were left unanswered. */
  silent: Share;
  /** Ids of questions whose first topic is wrong or missing, or that should have been left unanswered. */
  wrong: string[];
  languages: { name: string; n: number; top1: Share; top3: Share; abstained: Share }[];
}

/** `predicted` gives topics by question id, best first; an empty list is to abstain (LABELS §10). */
export function scoreRetrieval(
  gold: readonly LabelledQuestion[],
  predicted: ReadonlyMap<string, readonly string[]>,
): RetrievalScore {
  const rows = gold.map((g) => ({ ...g, got: predicted.get(g.id) ?? [] }));
  const score = (some: typeof rows) => {
    const answerable = some.filter((r) => r.topics.length > 0);
    const within = (k: number) => share(answerable, (r) => r.got.slice(0, k).some((t) => r.topics.includes(t)));
    return {
      top1: within(1),
      top3: within(3),
      bestFirst: share(answerable, (r) => r.got[0] === r.topics[0]),
      abstained: share(
        some.filter((r) => r.topics.length === 0),
        (r) => r.got.length === 0,
      ),
      silent: share(answerable, (r) => r.got.length === 0),
    };
  };
  return {
    n: rows.length,
    ...score(rows),
    wrong: rows
      .filter(({ topics, got: [first] }) => (first === undefined ? topics.length > 0 : !topics.includes(first)))
      .map((r) => r.id),
    languages: inOrder(rows.map((r) => r.lang)).map((name) => {
      const mine = rows.filter((r) => r.lang === name);
      const { top1, top3, abstained } = score(mine);
      return { name, n: mine.length, top1, top3, abstained };
    }),
  };
}
