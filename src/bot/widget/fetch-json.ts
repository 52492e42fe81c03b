/** Something of the page in another language; null when it cannot be had now. */
export const fetchJson = <T>(path: string): Promise<T | null> =>
  fetch(path, { cache: 'no-store' })
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);
