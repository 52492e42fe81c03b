import { describe, expect, test } from 'vitest';
import { pageWords } from '../../src/bot/dialogue/first-words.ts';
import { LANGUAGES } from '../../src/bot/language/detect.ts';
import type { Model } from '../../src/bot/model/model.ts';
import { FIRST_WORDS, type FirstWord, type Outcome, type TurnInput, worse } from '../../src/bot/outcome.ts';
import { createTriage } from '../../src/bot/safety/triage.ts';
import { createBot } from '../../src/server/turn/bot.ts';

const NOW = new Date('2026-11-24T10:00:00+01:00');
const bot = createBot(null);
const page = pageWords(bot.phrases);
const start: TurnInput = {
  ...{ channel: 'web', messages: [], language: 'sv', risk: 'none', district: null, waiting: false, ahead: 0 },
  ...{ state: {}, now: NOW, field: null, withdrawn: [], opening: () => ({ open: true, opensAt: null }) },
  ...{ gate: 'open', unreachable: false },
};

/** A conversation through the real ears and the real bot. */
function talk() {
  let input = start;
  return async (text: string, firstWord?: FirstWord): Promise<Outcome> => {
    const ours = bot.ears.ownWords(text, input, firstWord);
    const language = ours?.language ?? bot.ears.language(text, input.language);
    const message = { text, at: NOW, ...(ours?.firstWord ? { firstWord: ours.firstWord } : {}) };
    const outcome = await bot.decide({ ...input, language, messages: [message] });
    input = {
      ...input,
      ...{ state: outcome.state, language: outcome.language },
      risk: worse(input.risk, outcome.triage.risk),
      waiting: input.waiting || outcome.handoff !== null,
    };
    return outcome;
  };
}
const said = (outcome: Outcome): string => outcome.reply?.text ?? '';
const answered = (outcome: Outcome) => (outcome.reply?.answers ?? []).map((a) => a.id);
const offered = (outcome: Outcome) => (outcome.reply?.choices ?? []).map((c) => c.id);
const titleOf = (language: string, id: FirstWord) =>
  [...page.firstWords(language), ...page.workDoor(language).firstWords].find((w) => w.id === id)?.title ?? '';

const TOPIC = { task: 'first-offer', money: 'gang-debt', sibling: 'sibling-friend', out: 'exit-crime' } as const;
const WORK = ['school', 'social', 'club', 'police'] as const;

test('every sentence exists in every language, and no two of a language are the same', () => {
  for (const tag of LANGUAGES) {
    const titles = FIRST_WORDS.map((id) => titleOf(tag, id));
    expect(new Set(titles).size, tag).toBe(FIRST_WORDS.length);
    expect(titles.every((title) => title.length > 0 && title.length <= 60)).toBe(true);
    if (tag !== 'sv') for (const id of FIRST_WORDS) expect(titleOf(tag, id)).not.toBe(titleOf('sv', id));
  }
});

describe.each(LANGUAGES)('%s', (tag) => {
  test.each(Object.entries(TOPIC))(
    'a tap on %s is answered with %s, with a person as a choice and no alarm',
    async (id, topic) => {
      const outcome = await talk()(titleOf(tag, id as FirstWord), id as FirstWord);
      expect(outcome.language).toBe(tag);
      expect(answered(outcome)).toContain(topic);
      expect(outcome.topics[0]).toBe(topic);
      expect(outcome.handoff).toBeNull();
      expect(outcome.triage.risk).toBe('elevated');
      expect(offered(outcome)[0]).toBe('choice_human');
      expect(offered(outcome).length).toBeGreaterThan(1);
      expect(said(outcome)).toMatch(/112/);
    },
  );

  test.each(WORK)(
    'a tap on %s opens the door for professionals: how to report, 112, no case here, nobody queued',
    async (id) => {
      const outcome = await talk()(titleOf(tag, id), id);
      expect(outcome.language).toBe(tag);
      expect(answered(outcome)).toEqual(expect.arrayContaining(['words:professional', 'worry-report']));
      expect(outcome.triage).toMatchObject({ risk: 'none', reasons: [] });
      expect(outcome.handoff).toBeNull();
      expect(offered(outcome)).toEqual(expect.arrayContaining(['topic:contact-district', 'choice_request']));
      expect(offered(outcome)).not.toContain('choice_human');
    },
  );

  test('each next choice leads on, by the words on its button', async () => {
    for (const id of ['task', 'school'] as const) {
      const first = await talk()(titleOf(tag, id), id);
      for (const choice of first.reply?.choices ?? []) {
        const person = talk();
        await person(titleOf(tag, id), id);
        const next = await person(choice.title);
        const expected = choice.id.startsWith('topic:') ? choice.id.slice('topic:'.length) : 'talk-to-human';
        expect(next.topics[0], choice.title).toBe(expected);
        expect(next.handoff, choice.title).toBe(choice.id.startsWith('choice_') ? 'asked' : null);
      }
    }
  });
});

describe('a professional', () => {
  const professional = async () => {
    const person = talk();
    await person('Jag jobbar i skola', 'school');
    return person;
  };

  test('hears how one reports when there is a worry, and is offered a question that waits, not a person now', async () => {
    const person = await professional();
    const outcome = await person('en elev har börjat hänga med äldre killar och har fått en ny dyr jacka');
    expect(outcome.triage.risk).not.toBe('emergency');
    expect(outcome.handoff).toBeNull();
    expect(outcome.topics[0]).toBe('worry-report');
    expect(offered(outcome)).toContain('choice_request');
  });

  test('asks a social worker a question: an ordinary place in line, without risk', async () => {
    const person = await professional();
    const outcome = await person('Lämna en fråga till en socialsekreterare');
    expect(outcome.handoff).toBe('asked');
    expect(outcome.triage.risk).toBe('none');
  });

  test('who writes of a child in danger now gets 112, in the words for a bystander, and a person', async () => {
    const person = await professional();
    const outcome = await person('en elev har en kniv i skolan just nu och jagar en annan elev');
    expect(outcome.triage.risk).toBe('emergency');
    expect(outcome.handoff).toBe('danger');
    expect(said(outcome).split('\n')[0]).toContain('112');
  });
});

test('danger under a tapped sentence’s id is heard as what it is', async () => {
  const outcome = await talk()('de står utanför dörren med kniv', 'school');
  expect(outcome.triage.risk).toBe('emergency');
  expect(outcome.handoff).toBe('danger');
});

test('danger written right after a tap, in the same burst, is answered first', async () => {
  const messages = [
    { text: 'Jag jobbar i skola', at: NOW, firstWord: 'school' as const },
    { text: 'en elev står på taket och ska hoppa nu', at: NOW },
  ];
  const outcome = await bot.decide({ ...start, messages });
  expect(outcome.handoff).toBe('danger');
  expect(said(outcome).split('\n')[0]).toContain('112');
});

test('a professional’s sentence opens their door when it is typed, too', async () => {
  for (const text of ['jag jobbar i skola.', 'I work at a school', 'Pracuję w szkole']) {
    const outcome = await talk()(text);
    expect(answered(outcome), text).toContain('words:professional');
    expect(outcome.triage.risk, text).toBe('none');
  }
});

test('the bot’s own buttons are no danger, whatever their titles say, and no model is asked about them', async () => {
  const asked: unknown[] = [];
  const model: Model = {
    name: 'test',
    async ask(question) {
      asked.push(question);
      return { ok: false, why: 'unreachable' };
    },
  };
  const { decide } = createBot(model);
  const tapped = { text: titleOf('tr', 'task'), at: NOW, firstWord: 'task' as const };
  const first = await decide({ ...start, language: 'tr', messages: [tapped] });
  const debt = first.reply?.choices.find((c) => c.id === 'topic:gang-debt') ?? expect.fail('not offered');
  expect(createTriage()(debt.title, { risk: 'none', channel: 'web' }).risk).not.toBe('none');
  const second = await decide({
    ...{ ...start, language: 'tr', state: first.state, risk: 'elevated' as const },
    messages: [{ text: debt.title, at: NOW }],
  });
  expect([second.handoff, second.topics[0], second.language]).toEqual([null, 'gang-debt', 'tr']);
  expect(asked).toEqual([]);
});

test('the same sentence typed, not tapped, is heard like any other words', async () => {
  const outcome = await talk()('De vill ha pengar');
  expect(outcome.triage.risk).toBe('urgent');
});
