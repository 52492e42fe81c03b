/** One page of a view, as the staff API is asked for it. */
export function listPath(query: Readonly<Record<string, string | number | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, String(value));
  return `conversations?${search}`;
}
