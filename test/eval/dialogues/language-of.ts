/** The language of a reply by its script, then by common words; `?` when nothing speaks for one (check_dialogues.py). */
export function languageOf(text: string, words: readonly (readonly [string, RegExp])[]): string {
  if (/[\u1200-\u137f]/.test(text)) return 'ti';
  if (/[\u0400-\u04ff]/.test(text)) return 'ru';
  if (/[\u0600-\u06ff]/.test(text)) {
    if (/[ەێۆڕڵ]/.test(text)) return 'ckb';
    return /[پچژگکی]/.test(text) ? 'fa' : 'ar';
  }
  let best = { tag: '?', hits: 0 };
  for (const [tag, pattern] of words) {
    const hits = text.match(pattern)?.length ?? 0;
    if (hits > best.hits) best = { tag, hits };
  }
  return best.tag;
}
