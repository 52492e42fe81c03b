import { cardOf } from '../../../bot/widget/card.ts';
import { catalogue, offered, type Tag } from '../../../bot/widget/texts/catalogue.ts';
import type { Texts } from '../../../bot/widget/texts/texts.ts';
import type { ChatContact, ChatData, FirstWordButton, PanelData, WorkDoor } from '../../../bot/wire.ts';

export interface PageDataDeps {
  /** The neutral page the quick exit goes to. */
  exitUrl: string;
  /** Verified numbers only; 112 and 114 14 are there anyway. */
  contacts(language: string): ChatContact[];
  /** What a young person may tap before the first word. */
  firstWords(language: string): FirstWordButton[];
  workDoor(language: string): WorkDoor;
  /** Days after which the City's disposal decision erases a conversation; null or missing: none is decided, and the card says so. */
  keptDays?: number | null;
}

/** What the first visit carries, in one language. @param code where the code is that comes later. */
export function chatData(deps: PageDataDeps, language: Tag, code: Pick<ChatData, 'panels' | 'link'>): ChatData {
  const texts: Texts = catalogue[language];
  return {
    language,
    languages: offered,
    card: cardOf(texts, deps.keptDays ?? null),
    contacts: named(texts, deps.contacts(language)),
    firstWords: deps.firstWords(language),
    exitUrl: deps.exitUrl,
    ...code,
    words: texts.words,
  };
}

/** What comes with the panels. A draft says so itself, and says the sentences it hangs on in English too (W8). */
export function panelData(deps: Pick<PageDataDeps, 'workDoor'>, language: Tag): PanelData {
  const texts: Texts = catalogue[language];
  const { secrecy, danger } = catalogue.en.panels.beforeText;
  return {
    ...texts.panels,
    door: deps.workDoor(language),
    unchecked: texts.status === 'draft' ? { note: texts.unchecked, english: [secrecy, danger] } : null,
  };
}

/** 112 and 114 14 hold whatever else the contacts file says (DOMAIN §2.1). */
function named({ numbers }: Texts, contacts: ChatContact[]): ChatContact[] {
  const always = ['112', '114 14'].map((number) => ({ number, name: '' }));
  const others = contacts.filter((c) => always.every((a) => a.number !== c.number));
  const names = new Map(Object.entries(numbers));
  return [...always, ...others].map((contact) => ({ ...contact, name: names.get(contact.number) ?? contact.name }));
}
