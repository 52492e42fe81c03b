import { TRANSLATED } from '../words/languages.ts';
import { checkAnswer, checkSms, checkTranslation } from './check-content.ts';
import { createContacts } from './contacts.ts';
import { createLibrary, type Library } from './library.ts';
import { renderText } from './render-text.ts';
import { MUST_BE_TRANSLATED, readTranslations, type Translations } from './translations.ts';

/**
 * Everything the content owner must mend, as ids, languages and rule texts: broken and overdue files, words that break the
 * rules of DOMAIN 5, texts too long for a phone, and translations that are missing or older than their original (issue 3 no. 6).
 */
export function contentProblems(
  now: Date,
  translations: Translations = readTranslations(),
  library: Library = createLibrary({ translations }),
): string[] {
  const contacts = createContacts();
  const topics = new Map(library.topics().map((topic) => [topic.id, topic]));
  const inSms = [...topics.values()].flatMap(({ id, texts }) =>
    [texts.sv, texts.en].flatMap(({ sms }) => checkSms(renderText(sms, contacts)).map((wrong) => `${id}: ${wrong}`)),
  );
  const translated = TRANSLATED.flatMap((tag) => {
    const book = translations.of(tag);
    return MUST_BE_TRANSLATED.flatMap((id) => {
      const [original, texts] = [topics.get(id)?.texts.en, book?.answers[id]];
      if (!original || !texts) return [`${id} ${tag}: not translated`];
      const rendered = { sms: renderText(texts.sms, contacts) };
      return checkTranslation(original, texts, rendered).map((wrong) => `${id} ${tag}: ${wrong}`);
    });
  });
  return [...library.problems(now), ...[...topics.values()].flatMap(checkAnswer), ...inSms, ...translated];
}
