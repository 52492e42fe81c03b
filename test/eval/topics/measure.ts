import type { Search } from '../../../src/bot/knowledge/search.ts';

export interface Question {
  lang: string;
  text: string;
  /** Right topics; [] when nothing answers and silence is right. */
  topics: readonly string[];
}

export interface Measured {
  answerable: number;
  first: number;
  amongThree: number;
  silentThough: number;
  unanswerable: number;
  silent: number;
}

export const measure = (search: Search, questions: readonly Question[]): Measured => {
  const result = { answerable: 0, first: 0, amongThree: 0, silentThough: 0, unanswerable: 0, silent: 0 };
  for (const { text, lang, topics } of questions) {
    const found = search(text, lang).map((hit) => hit.id);
    const rank = found.findIndex((id) => topics.includes(id));
    if (topics.length === 0) {
      result.unanswerable += 1;
      if (found.length === 0) result.silent += 1;
      continue;
    }
    result.answerable += 1;
    if (found.length === 0) result.silentThough += 1;
    if (rank === 0) result.first += 1;
    if (rank >= 0 && rank < 3) result.amongThree += 1;
  }
  return result;
};

/** One line a language: share right first, among three, silent when something answers, silent when nothing does. */
export const table = (search: Search, questions: readonly Question[]): string => {
  const languages = [...new Set(questions.map((question) => question.lang))];
  const share = (part: number, of: number) => (of === 0 ? '  –  ' : (part / of).toFixed(3));
  const line = (name: string, some: readonly Question[]) => {
    const m = measure(search, some);
    const shares = [
      share(m.first, m.answerable),
      share(m.amongThree, m.answerable),
      share(m.silentThough, m.answerable),
      share(m.silent, m.unanswerable),
    ];
    return `${name.padEnd(10)} n=${String(some.length).padStart(4)}  ${shares.join('  ')}`;
  };
  const others = questions.filter(({ lang }) => lang !== 'sv' && lang !== 'en');
  return [
    'language          first  three  silent though  silent rightly',
    ...languages.map((language) =>
      line(
        language,
        questions.filter(({ lang }) => lang === language),
      ),
    ),
    line('not sv/en', others),
    line('all', questions),
  ].join('\n');
};
