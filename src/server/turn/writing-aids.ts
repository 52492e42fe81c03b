import type { Db } from '../../../db/client.ts';
import { withdrawnAnswer } from '../../../db/schema/protected.ts';
import { contentLanguage } from '../../bot/knowledge/answer.ts';
import type { Contacts } from '../../bot/knowledge/contacts.ts';
import type { Library } from '../../bot/knowledge/library.ts';
import { renderText } from '../../bot/knowledge/render-text.ts';
import type { Model } from '../../bot/model/model.ts';
import { createTranslate } from '../../bot/model/translate.ts';
import { mask } from '../../bot/words/mask.ts';
import type { Phrases } from '../../bot/words/phrases.ts';
import type { Desk, Translator } from '../../inbox/queue/desk.ts';
import type { Writing } from '../../inbox/wire.ts';

/** The approved answers for staff: what the bot itself would say at that moment, and nothing that was taken back (A7). */
export const createApproved =
  ({ db, library, clock }: { db: Db; library: Library; clock(): Date }): Desk['approved'] =>
  async ({ language, channel }) => {
    const withdrawn = (await db.select().from(withdrawnAnswer)).map(({ id }) => id);
    const at = { now: clock(), withdrawn };
    return library.topics().flatMap(({ id }) => {
      const said = library.answer(id, language, channel, at);
      if (!said) return [];
      const inSwedish = !said.translation && contentLanguage(language) === 'sv';
      const original = inSwedish ? null : (library.answer(id, 'sv', channel, at)?.text ?? null);
      return [{ id, version: said.version, text: said.text.trim(), draft: said.draft === true, original }];
    });
  };

/** What each topic is called, in both of the staff's languages. */
export function titlesOf(library: Library, contacts: Pick<Contacts, 'number'>): Writing['titles'] {
  const shown = (title: string) => renderText(title, contacts);
  const titles = library
    .topics()
    .map(({ id, texts: { sv, en } }) => [id, { sv: shown(sv.title), en: shown(en.title) }]);
  return Object.fromEntries(titles);
}

/** A model never sees personal data: a text that would have to be masked is not translated, or the masks would be sent. */
export function createTranslator(deps: { model: Model; phrases: Phrases; canary: string }): Translator {
  const translate = createTranslate(deps);
  return {
    model: deps.model.name,
    async translate(text, to) {
      if (mask(text).text !== text) return null;
      return (await translate(text, to))?.text ?? null;
    },
    line: ({ language, channel }) => deps.phrases.say('machine_translated', language, channel).text,
  };
}
