import { describe, expect, it } from 'vitest';
import { checkSms, checkText } from '../../../src/bot/knowledge/check-content.ts';
import { type Channel, RISK_KINDS } from '../../../src/bot/outcome.ts';
import { createDangerWords } from '../../../src/bot/words/danger-words.ts';
import { smsSize } from '../../../src/bot/words/gsm.ts';
import { createPhrases, phraseKeys } from '../../../src/bot/words/phrases.ts';

const now = new Date('2026-12-23T20:00:00Z');
const openings = {
  open: { open: true, opensAt: null },
  closed: { open: false, opensAt: new Date('2027-01-07T07:00:00Z') },
  unknown: { open: false, opensAt: null },
};
const everyOpening = Object.values(openings);
const languages = ['sv', 'en'] as const;
const channels: Channel[] = ['web', 'sms'];
const phrases = createPhrases();
const danger = createDangerWords();

/** What eval/assertions.json demands, in our own words: conditions a good text happens to meet. */
const demands = {
  human: {
    sv: /(prata.{0,50}människa)|((socialsekreterare|medarbetare|människa).{0,50}(svarar|läser))/i,
    en: /(talk.{0,50}human)|((social worker|colleague|human).{0,50}(will|can) answer)/i,
  },
  hours: { sv: /öppnar/i, en: /\bopen/i },
  bot: { sv: /\b(chatt)?bot\b/i, en: /\b(chat)?bot\b/i },
  optOut: { sv: /får inga fler/i, en: /no more texts/i },
};

describe('fixed words', () => {
  it('exist in both languages under the same keys', () => {
    for (const language of languages)
      for (const key of phraseKeys()) expect([key, phrases.say(key, language, 'web').text]).not.toEqual([key, '']);
  });

  it.each(phraseKeys())('%s keeps to the voice, and to two text messages', (key) => {
    for (const language of languages)
      for (const channel of channels) {
        const values = {
          ahead: 12,
          municipality: 'Upplands Väsby',
          district: 'Enskede-Årsta-Vantör',
          when: language === 'sv' ? 'torsdag 7 januari klockan 16.30' : 'on Thursday 7 January at 16:30',
          hours: phrases.hours({ language, channel, opening: openings.closed, now }).text,
          name: 'Fatima',
        };
        const { text, ref } = phrases.say(key, language, channel, values);
        const sms = channel === 'sms';
        expect(checkText(text, { language, audience: sms ? 'relative' : 'young', sms })).toEqual([]);
        if (sms) expect(checkSms(text)).toEqual([]);
        expect(text).not.toMatch(/[{}[\]]/);
        expect(ref).toEqual({ id: `words:${key}`, version: 1 });
      }
  });

  it('the first message says who we are, that it is a bot, the limit of secrecy, 112 and when people answer', () => {
    for (const language of languages)
      for (const channel of channels)
        for (const opening of everyOpening) {
          const { text } = phrases.welcome({ language, channel, opening, now });
          expect(text).toMatch(demands.bot[language]);
          expect(text).toMatch(/Stockholm/);
          expect(text).toMatch(/112/);
          expect(text).toMatch(language === 'sv' ? /tystnadsplikt/ : /secrecy/);
          expect(text).toMatch(language === 'sv' ? /svarar|öppnar/ : /answer|open/);
          expect(text.split('\n\n').length).toBeLessThanOrEqual(3);
          if (channel === 'sms') expect([checkSms(text), text]).toEqual([[], expect.stringMatching(/STOP/)]);
        }
  });

  it('who asks for a person always hears about a person, and when closed, when', () => {
    for (const language of languages)
      for (const channel of channels)
        for (const line of [phrases.handoff, phrases.waiting])
          for (const opening of everyOpening) {
            const { text } = line({ language, channel, opening, now, ahead: 2 });
            expect(text).toMatch(demands.human[language]);
            if (!opening.open) expect(text).toMatch(demands.hours[language]);
            if (opening.open) expect(text).toContain('2');
          }
    expect(phrases.handoff({ language: 'sv', channel: 'web', opening: openings.open, now, ahead: 2 }).text).toContain(
      '2 före dig',
    );
  });

  it('no answer offers a person, the bot says that it is one, and STOP is confirmed', () => {
    for (const language of languages)
      for (const channel of channels) {
        const say = (key: Parameters<typeof phrases.say>[0]) => phrases.say(key, language, channel).text;
        for (const key of ['no_answer', 'offer_human', 'off_topic'] as const)
          expect(say(key)).toMatch(demands.human[language]);
        for (const key of ['is_human', 'handed_back', 'greeting'] as const)
          expect(say(key)).toMatch(demands.bot[language]);
        expect(say('opt_out')).toMatch(demands.optOut[language]);
        expect(say('thanks')).not.toMatch(/112/);
      }
  });
});

describe('danger words', () => {
  const everySituation = RISK_KINDS.flatMap((kind) =>
    languages.flatMap((language) =>
      channels.flatMap((channel) =>
        (['emergency', 'urgent'] as const).flatMap((level) =>
          (['self', 'other'] as const).flatMap((about) =>
            [true, false].flatMap((brief) =>
              everyOpening.map((opening) => ({ kinds: [kind], language, channel, level, about, brief, opening, now })),
            ),
          ),
        ),
      ),
    ),
  );

  it('name 112, in the first line of an emergency and as "if it becomes dangerous" when urgent', () => {
    for (const situation of everySituation) {
      const { text } = danger(situation);
      const firstLine = text.split(/[.\n]/)[0];
      if (situation.level === 'emergency') expect(firstLine).toContain('112');
      else expect(text).toMatch(/Blir det farligt: ring 112|If it becomes dangerous: call 112/);
    }
  });

  it('offer a person in every form, say when one answers, and never that somebody is coming', () => {
    for (const situation of everySituation) {
      const { text } = danger(situation);
      expect(text).toMatch(demands.human[situation.language]);
      if (!situation.opening.open) expect(text).toMatch(demands.hours[situation.language]);
      expect(text).not.toMatch(/på väg till dig|kommer till dig|on (its|their|the) way|is coming/i);
      if (!situation.opening.open) expect(text).not.toMatch(/har larmat|have alerted/);
    }
  });

  it('keep to the voice; brief ones and text messages hold 200 GSM-7 characters', () => {
    for (const situation of everySituation) {
      const { text } = danger(situation);
      const sms = situation.channel === 'sms';
      const problems = checkText(text, { language: situation.language, audience: sms ? 'relative' : 'young', sms });
      expect([text, problems]).toEqual([text, []]);
      if (sms || situation.brief) expect(smsSize(text)).toMatchObject({ encoding: 'gsm7' });
      if (sms || situation.brief) expect(smsSize(text).units).toBeLessThanOrEqual(200);
    }
  });

  it('answer the kind that decides what to do with body and hands', () => {
    const say = (kinds: (typeof RISK_KINDS)[number][]) =>
      danger({
        kinds,
        level: 'urgent',
        about: 'self',
        language: 'sv',
        channel: 'web',
        brief: false,
        opening: openings.open,
        now,
      }).ref.id;
    expect(say(['coercion_debt', 'weapon'])).toBe('words:danger:weapon:urgent');
    expect(say(['distress'])).toBe('words:danger:general:urgent');
    expect(say([])).toBe('words:danger:general:urgent');
  });
});
