import { requestOf } from '../safety/requests.ts';
import { detectLanguage } from './detect.ts';

const TELLS_NOTHING: ReadonlySet<string | null> = new Set(['yes', 'no', 'more', 'first', 'second', 'third', 'fourth']);

/** The language to answer in: the one last written (F50). Whoever answers JA or 2 to a text keeps the language it was in. */
export const writtenLanguage = (text: string, previous: string): string =>
  TELLS_NOTHING.has(requestOf(text)) ? previous : detectLanguage(text, previous);
