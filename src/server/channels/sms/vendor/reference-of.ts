/** Our delivery's id in a status callback's query, or null. */
export function referenceOf(target: string): string | null {
  const query = target.slice(target.indexOf('?') + 1);
  const id = new URLSearchParams(target.includes('?') ? query : '').get('delivery');
  return id && /^dlv_[0-9a-f]{32}$/.test(id) ? id : null;
}
