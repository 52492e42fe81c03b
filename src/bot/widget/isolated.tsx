// biome-ignore-all lint/suspicious/noArrayIndexKey: a text's parts keep their places.
/** @jsxImportSource preact */
import { FROM_RIGHT, LATIN } from './direction.ts';

/** In a right-to-left text each Latin name keeps to itself, so that commas, brackets and numbers beside it stay where they belong. */
export const isolated = (text: string) =>
  FROM_RIGHT.test(text) ? text.split(LATIN).map((part, i) => (i % 2 === 1 ? <bdi key={i}>{part}</bdi> : part)) : text;
