import { describe, expect, test } from 'vitest';
import { isDiscreet } from '../../src/bot/knowledge/check-content.ts';
import type { Channel, Outcome, TurnInput } from '../../src/bot/outcome.ts';
import { worse } from '../../src/bot/outcome.ts';
import { createTurn } from '../../src/bot/turn.ts';
import { fitsSms } from '../../src/bot/words/languages.ts';
import { realTurnDeps, turnOf } from './model/turn-deps.ts';

const deps = realTurnDeps();
const { library } = deps.voice;
const decide = createTurn({ ...deps, voice: { ...deps.voice, districtName: (code) => code } });
const NOW = new Date('2026-11-24T10:00:00+01:00');
const NIGHT = { open: false, opensAt: new Date('2026-11-25T08:00:00+01:00') };

const start: TurnInput = turnOf('', { messages: [], state: {}, now: NOW });

/** A conversation with the pure turn: the outcome of each message becomes the state of the next. */
function talk(channel: Channel = 'web', more: Partial<TurnInput> = {}) {
  let input: TurnInput = { ...start, channel, ...more };
  return (text: string): Outcome => {
    const outcome = decide({ ...input, messages: [{ text, at: NOW }] });
    input = {
      ...input,
      state: outcome.state,
      language: outcome.language,
      risk: worse(input.risk, outcome.triage.risk),
      district: outcome.district ?? input.district,
      waiting: input.waiting || outcome.handoff !== null,
    };
    return outcome;
  };
}
const said = (outcome: Outcome): string => outcome.reply?.text ?? '';

describe('first contact', () => {
  test('a first wish for a person at night is told the hours once, by the line that says who will read', () => {
    const { reply } = talk('web', { opening: () => NIGHT })('jag vill prata med en människa');
    expect(reply?.text.match(/Vi öppnar/g)).toHaveLength(1);
    expect(reply?.text).toMatch(/chattbot.*Då läser en socialsekreterare/s);
  });

  test('a greeting is met with who we are, a bot, what is not asked for, the limit of secrecy, 112 and the hours (B1, AI1)', () => {
    const text = said(talk()('hej'));
    for (const part of [
      'chattbot',
      'inte en människa',
      'inte skriva vem du är',
      'tystnadsplikt',
      '112',
      'svarar här nu',
    ])
      expect(text).toContain(part);
    expect(text.split('\n\n').length).toBeLessThanOrEqual(3);
  });

  test('a question is answered at once, and still says that a bot answers and when people do', () => {
    const outcome = talk('web', { opening: () => NIGHT })('hur gör man för att lämna kriminalitet?');
    expect(said(outcome)).toContain('inte en människa');
    expect(said(outcome)).toContain('Vi öppnar i morgon klockan 8');
    expect(outcome.topics[0]).toBe('exit-crime');
    for (const text of ['hur gör man för att lämna kriminalitet?', 'how does someone leave crime?'])
      expect(said(talk()(text))).toContain('112');
  });

  test('danger comes before any greeting: 112 in the first line', () => {
    const outcome = talk()('han jagar mig med kniv nu');
    expect(said(outcome).split('\n')[0]).toContain('112');
    expect(outcome.handoff).toBe('danger');
    expect(outcome.triage.risk).toBe('emergency');
  });
});

describe('danger', () => {
  test('a retraction lowers nothing: 112 stays within sight and nobody is handed over twice (F6)', () => {
    const person = talk();
    person('han jagar mig med kniv nu');
    const outcome = person('skoja bara, glöm det');
    expect(said(outcome)).toContain('112');
    expect(outcome.handoff).toBeNull();
  });

  test('after an emergency a question is still answered, beside 112', () => {
    const person = talk();
    person('han jagar mig med kniv nu');
    const outcome = person('får mina föräldrar veta vad jag skriver?');
    expect(said(outcome)).toContain('112');
    expect(outcome.topics[0]).toBe('parents-school-told');
  });

  test('a place beside the danger routes the alarm; nothing is asked', () => {
    const outcome = talk()('min bror har en pistol hemma, vi bor i Farsta');
    expect(outcome.district).toBe('farsta');
    expect(said(outcome)).not.toMatch(/vilket område/i);
  });
});

describe('a person', () => {
  test('asked for in words by day: the line tells the place, and only the neighbourhood is asked, once', () => {
    const person = talk('web', { ahead: 2 });
    const outcome = person('kan jag få prata med en människa');
    expect(outcome.handoff).toBe('asked');
    expect(said(outcome)).toMatch(/2 före dig/);
    expect(said(outcome)).toMatch(/område/);
    expect(said(outcome)).not.toMatch(/adress\?|vad heter du|personnummer/i);
    expect(said(person('Vill inte säga'))).toMatch(/okej/);
    expect(said(person('kan jag få prata med en människa'))).not.toMatch(/område/);
  });

  test('asked for anywhere in a burst, or over several of its messages, is asked for', () => {
    const burst = (...texts: string[]) => decide({ ...start, messages: texts.map((text) => ({ text, at: NOW })) });
    expect(burst('jag vill prata med en människa', 'är ni där').handoff).toBe('asked');
    expect(burst('kan jag få', 'prata med', 'en människa').handoff).toBe('asked');
    expect(burst('hej', 'är ni där').handoff).toBeNull();
  });

  test('asked for at night: an honest time and other numbers (B18)', () => {
    const outcome = talk('web', { opening: () => NIGHT })('I want to talk to a real person');
    expect(outcome.language).toBe('en');
    expect(said(outcome)).toMatch(/tomorrow at 8/);
    expect(said(outcome)).toContain('112');
  });

  test('a yes to the offer is a request; a no is respected', () => {
    const person = talk();
    person('min kompis har börjat sälja åt några äldre killar');
    expect(person('ja').handoff).toBe('asked');
    const other = talk();
    other('min kompis har börjat sälja åt några äldre killar');
    expect(other('nej').handoff).toBeNull();
  });
});

describe('places (F9)', () => {
  test('another municipality is told where to turn; danger there is handled all the same', () => {
    expect(said(talk()('jag bor i Fittja, vart vänder jag mig?'))).toMatch(/Botkyrka/);
    expect(talk()('han jagar mig med kniv nu i Fittja').handoff).toBe('danger');
  });

  test('Vårby is not Vårberg: the bot asks', () => {
    const person = talk();
    expect(said(person('jag bor i Vårby'))).toMatch(/Vårberg/);
    expect(person('Vårberg').district).toBe('skarholmen');
  });
});

test.each(['har min syster varit i kontakt med er?', 'has my girlfriend written to you?'])(
  'nobody learns whether somebody has been in touch (B14): %s',
  (text) => {
    const outcome = talk()(text);
    expect(outcome.topics).toEqual([]);
    expect(outcome.handoff).toBeNull();
    expect(said(outcome)).toMatch(/kan jag inte göra|cannot do that|can't do that/i);
  },
);

test('what no approved text answers is not guessed: the bot says so and offers a person', () => {
  const outcome = talk()('vilken temperatur kokar vatten vid');
  expect(said(outcome)).toMatch(/vet jag inte/);
  expect(outcome.reply?.choices.map((c) => c.id)).toContain('choice_human');
});

test('a text message is one short reply without buttons', () => {
  const outcome = talk('sms')('min son har fått nya dyra saker och två telefoner');
  expect(fitsSms(said(outcome))).toBe(true);
  expect(outcome.reply?.choices.filter((choice) => !choice.id.startsWith('topic:'))).toEqual([]);
  expect(said(outcome)).not.toMatch(/kriminalitet|gäng|socialtjänst/i);
  expect(said(outcome).match(/\bJA\b/g)).toHaveLength(1);
  for (const part of ['inte en människa', 'inga namn', 'tystnadsplikt', '112', 'svarar här nu', 'STOPP'])
    expect(said(outcome)).toContain(part);
});

test('a texter is told once how to read on a page of their own: with an answer, never in danger or instead of a choice (DOMAIN 5.6)', () => {
  const text = talk('sms');
  expect(said(text('hej'))).not.toContain('LÄNK');
  const first = text('vad kan man göra på fritiden?');
  expect(said(first)).toMatch(/\n1 .*\n2 [^\n]*\nVill du läsa på en egen sida\? Svara LÄNK\.$/);
  expect(fitsSms(said(first))).toBe(true);
  expect(said(text('hur hittar jag ett sommarjobb?'))).not.toContain('LÄNK');
  expect(said(talk()('vad kan man göra på fritiden?'))).not.toContain('LÄNK');
  const grave = talk('sms');
  grave('hej');
  expect(said(grave('min son har en skuld till ett gäng och de hotar honom'))).not.toContain('LÄNK');
});

test('somebody whose phone is read gets short replies from then on', () => {
  const person = talk();
  expect(said(person('skriv kort, de kollar min mobil')).length).toBeLessThanOrEqual(220);
  expect(said(person('jag måste lämna en väska åt dem på fredag annars slår de min bror')).length).toBeLessThanOrEqual(
    220,
  );
});

test('the same question gives the same substance twenty times (F49)', () => {
  const answers = Array.from({ length: 20 }, () => said(talk()('vem läser det jag skriver?')));
  expect(new Set(answers).size).toBe(1);
});

test('the first text of every topic keeps to two parts: it holds the answer, or who writes and the answer on MER (F47)', () => {
  for (const { id, texts } of library.topics()) {
    const text = talk('sms');
    const first = text(texts.sv.title);
    if (first.handoff !== null || first.topics[0] !== id) continue;
    expect(fitsSms(said(first)), id).toBe(true);
    expect(said(first)).toMatch(/inte en människa|not a human/);
    if (first.reply?.answers.some((answer) => answer.id === id)) continue;
    expect(said(first)).toMatch(/Svara MER|Reply MORE/);
    expect(
      text('mer').reply?.answers.map((answer) => answer.id),
      id,
    ).toContain(id);
  }
});

describe('choices', () => {
  test('on a phone they are numbered lines, and a number, "tvåan" or "den andra" is the one that was meant', () => {
    for (const answer of ['2', '2.', 'tvåan', 'nr 2', 'den andra', '٢']) {
      const text = talk('sms');
      text('hej');
      const first = text('vad kan man göra på fritiden?');
      const [one, two] = first.reply?.choices ?? [];
      expect(said(first)).toContain(`\n1 ${one?.title}\n2 ${two?.title}`);
      expect(fitsSms(said(first))).toBe(true);
      expect(text(answer).topics).toEqual([two?.id.replace('topic:', '')]);
    }
  });

  test('no title that would tell a reader over the shoulder what it is about stands on a phone', () => {
    for (const { id, texts } of library.topics()) {
      const text = talk('sms');
      text('hej');
      const outcome = text(texts.sv.title);
      for (const choice of outcome.reply?.choices ?? [])
        expect(isDiscreet(choice.title, 'sv'), `${id} ${choice.id}`).toBe(true);
    }
  });

  test('a number that nothing was offered for picks nothing', () => {
    expect(talk('sms')('2').topics).toEqual([]);
  });
});

test('an answer that has been taken back is not said, and not offered as a next step', () => {
  const question = 'vad kan man göra på fritiden?';
  expect(talk()(question).topics[0]).toBe('leisure');
  const without = talk('web', { withdrawn: ['leisure'] })(question);
  expect(without.reply?.answers.map((answer) => answer.id)).not.toContain('leisure');
  for (const { texts } of library.topics())
    expect(talk('web', { withdrawn: ['leisure'] })(texts.sv.title).reply?.choices.map((c) => c.id)).not.toContain(
      'topic:leisure',
    );
});

test('how the district became known is remembered as a code for whoever takes over, and no word of it', () => {
  const from = (...texts: string[]) => {
    const say = talk();
    return texts.map(say).at(-1)?.state.placeFrom;
  };
  expect(from('jag bor i Rinkeby')).toBe('said');
  expect(from('mitt postnummer är 163 72')).toBe('postcode');
  expect(from('jag vill prata med en människa', 'Rinkeby')).toBe('asked');
  expect(from('jag vill prata med en människa', 'vill inte säga')).toBe('declined');
  expect(from('hej')).toBeUndefined();
});
