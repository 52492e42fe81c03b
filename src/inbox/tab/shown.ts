import { CHANNELS, type Filters, VIEWS } from '../wire.ts';
import { LIST } from './keys.ts';
import { hasShape, type Memory, readJson } from './memory.ts';
import type { ViewName } from './state.ts';

/** Which conversations are shown. */
export interface Shown {
  view: ViewName;
  filters: Filters;
}

const isShown = (value: unknown): value is Shown => {
  if (!hasShape(value, { view: 'string', filters: 'object' })) return false;
  const { view, filters } = Object(value);
  const { channel } = Object(filters);
  const isText = hasShape(filters, { district: 'string?', language: 'string?' });
  return isText && VIEWS.includes(view) && (channel === undefined || CHANNELS.includes(channel));
};

/** So many rows are read at a time. */
export const PAGE = 50;

/** As it was left in this browser tab. */
export const shownLast = (memory: Memory): Shown => readJson(memory, LIST, isShown) ?? { view: 'waiting', filters: {} };

/** What is shown first: as it was left, or the one district that a channel's tab is set to by its configuration page. */
export function shownFirst(memory: Memory, query: URLSearchParams): Shown {
  const last = shownLast(memory);
  const district = query.get('district');
  return district ? { ...last, filters: { ...last.filters, district } } : last;
}

export const keepShown = (memory: Memory, { view, filters }: Shown): void =>
  memory.write(LIST, JSON.stringify({ view, filters }));

/** The first page of it. */
export const firstPage = ({ view, filters }: Shown) => ({ view, ...filters, cursor: null, limit: PAGE });

export const isFiltered = (filters: Filters): boolean => Object.values(filters).some((value) => value !== undefined);
