import { createContacts } from '../../src/bot/knowledge/contacts.ts';
import { createLibrary } from '../../src/bot/knowledge/library.ts';
import { createPlaceFinder } from '../../src/bot/knowledge/places/find-place.ts';
import { createSearch } from '../../src/bot/knowledge/search.ts';
import { detectLanguage } from '../../src/bot/language/detect.ts';
import type { Channel, Risk, RiskKind } from '../../src/bot/outcome.ts';
import { createClassifier } from '../../src/bot/safety/classifier.ts';
import { createIntent } from '../../src/bot/safety/intent.ts';
import { createListener } from '../../src/bot/safety/listen.ts';
import { createTriage } from '../../src/bot/safety/triage.ts';
import { mask } from '../../src/bot/words/mask.ts';

/** INTERFACES §1, and what the scorecard counts besides. */
export interface Prediction {
  id: string;
  risk: Risk;
  riskKinds: RiskKind[];
  intent: string;
  topics: string[];
  language: string;
  district: string | null;
  /** Kinds of personal data that were masked; not part of the command's output. */
  masked: string[];
}

/** A text that says too little to tell its language is taken for Swedish, as in a conversation's first message. */
const FIRST_LANGUAGE = 'sv';

/** The bot's own parts, as `src/server/turn/bot.ts` puts them together; each text is the first of a conversation. */
export function createPredict() {
  const search = createSearch(createLibrary({ contacts: createContacts() }));
  const [listen, classify] = [createListener(), createClassifier()];
  const triage = createTriage(listen, classify);
  const intent = createIntent(listen, classify);
  const findPlace = createPlaceFinder();
  const topicsOf = (text: string): string[] => {
    const masked = mask(text).text;
    return search(masked, detectLanguage(masked, FIRST_LANGUAGE)).map((hit) => hit.id);
  };
  return {
    utterance(said: { id: string; channel: Channel; text: string }): Prediction {
      const { text, found } = mask(said.text);
      const { risk, kinds } = triage(text, { risk: 'none', channel: said.channel });
      const topics = topicsOf(said.text);
      return {
        id: said.id,
        risk,
        riskKinds: kinds,
        intent: intent(text, { risk, channel: said.channel })[0]?.intent ?? 'off_topic',
        topics,
        language: detectLanguage(text, FIRST_LANGUAGE),
        district: findPlace(text)?.district ?? null,
        masked: found,
      };
    },
    /** Topics, best first; none is to abstain. */
    question: topicsOf,
  };
}
