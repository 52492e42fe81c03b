import { createContacts } from '../../../src/bot/knowledge/contacts.ts';
import { createLibrary } from '../../../src/bot/knowledge/library.ts';
import { createPlaceFinder } from '../../../src/bot/knowledge/places/find-place.ts';
import { readPlaces } from '../../../src/bot/knowledge/places/places.ts';
import { createSearch } from '../../../src/bot/knowledge/search.ts';
import { detectLanguage } from '../../../src/bot/language/detect.ts';
import type { Model, ModelFailure } from '../../../src/bot/model/model.ts';
import type { TurnInput } from '../../../src/bot/outcome.ts';
import { requestOf } from '../../../src/bot/safety/requests.ts';
import { createTriage } from '../../../src/bot/safety/triage.ts';
import type { TurnDeps } from '../../../src/bot/turn.ts';
import { createDangerWords } from '../../../src/bot/words/danger-words.ts';
import { createPhrases } from '../../../src/bot/words/phrases.ts';

/** The bot's real parts. */
export function realTurnDeps(): TurnDeps {
  const contacts = createContacts();
  const library = createLibrary({ contacts });
  const places = readPlaces();
  const names = new Map(places.districts.map((d) => [d.code, d.name]));
  return {
    triage: createTriage(),
    requestOf,
    findPlace: createPlaceFinder(places),
    language: detectLanguage,
    voice: {
      phrases: createPhrases(contacts),
      danger: createDangerWords(contacts),
      library,
      search: createSearch(library),
      districtName: (code) => names.get(code) ?? code,
    },
  };
}

const NOW = new Date('2026-11-23T10:00:00Z');

/** A turn in an episode that has been welcomed, at a time when people answer. */
export const turnOf = (text: string, more: Partial<TurnInput> = {}): TurnInput => ({
  channel: 'web',
  gate: 'open',
  unreachable: false,
  messages: [{ text, at: NOW }],
  language: 'sv',
  risk: 'none',
  district: null,
  waiting: false,
  ahead: 0,
  state: { welcomed: true },
  now: NOW,
  field: null,
  withdrawn: [],
  opening: () => ({ open: true, opensAt: null }),
  ...more,
});

export interface ScriptedModel extends Model {
  /** What it was asked, oldest first. */
  asked: { name: string; system: string; data: string; budgetMs: number }[];
}

const QUIET = { risk: 'none', kinds: [], evidence: '', topics: [], bridge: null };

/** A model that answers with the given fields, or fails. What it says is validated as a server's answer would be. */
export function scripted(answer: Record<string, unknown> | ModelFailure): ScriptedModel {
  const asked: ScriptedModel['asked'] = [];
  return {
    name: 'scripted',
    asked,
    async ask(question, budgetMs) {
      asked.push({ name: question.name, system: question.system, data: question.data, budgetMs });
      if (typeof answer === 'string') return { ok: false, why: answer };
      const parsed = question.schema.safeParse({ ...QUIET, ...answer });
      return parsed.success ? { ok: true, value: parsed.data } : { ok: false, why: 'malformed' };
    },
  };
}
