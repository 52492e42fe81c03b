import { describe, expect, it } from 'vitest';
import { answerSchema } from '../../../src/bot/knowledge/answer.ts';
import rows from '../../../src/bot/knowledge/contacts.json' with { type: 'json' };
import { createContacts } from '../../../src/bot/knowledge/contacts.ts';
import { createLibrary } from '../../../src/bot/knowledge/library.ts';
import { renderText } from '../../../src/bot/knowledge/render-text.ts';
import { type Channel, RISK_KINDS } from '../../../src/bot/outcome.ts';
import { createDangerWords } from '../../../src/bot/words/danger-words.ts';
import { createPhrases, phraseKeys } from '../../../src/bot/words/phrases.ts';

const now = new Date('2026-11-22T12:00:00Z');
const openings = [
  { open: true, opensAt: null },
  { open: false, opensAt: new Date('2026-11-23T07:00:00Z') },
  { open: false, opensAt: null },
];

/** Everything the bot can say with a set of contacts, through every path. */
const everythingSaid = (contacts: ReturnType<typeof createContacts>): string[] => {
  const library = createLibrary({ contacts });
  const phrases = createPhrases(contacts);
  const danger = createDangerWords(contacts);
  const said: string[] = [];
  for (const language of ['sv', 'en', 'ar'] as const)
    for (const channel of ['web', 'sms'] as Channel[]) {
      for (const { id } of library.topics()) {
        const answer = library.answer(id, language, channel, { now, withdrawn: [] });
        said.push(answer?.text ?? '', answer?.title ?? '');
      }
      for (const key of phraseKeys()) said.push(phrases.say(key, language, channel).text);
      for (const opening of openings) {
        const situation = { language, channel, opening, now };
        said.push(phrases.welcome(situation).text, phrases.handoff({ ...situation, ahead: 2 }).text);
        for (const kind of RISK_KINDS)
          for (const level of ['emergency', 'urgent'] as const)
            for (const about of ['self', 'other'] as const)
              for (const brief of [true, false])
                said.push(danger({ kinds: [kind], level, about, brief, ...situation }).text);
      }
    }
  return said;
};

const digits = (text: string) => text.replace(/(\d)[ -](?=\d)/g, '$1');
const numbersIn = (texts: readonly string[]) => new Set(texts.flatMap((text) => digits(text).match(/\d{3,}/g) ?? []));

describe('telephone numbers', () => {
  it('none that is not verified comes out of any path', () => {
    const verified = rows.filter((row) => row.status === 'V').map((row) => row.tel);
    for (const number of numbersIn(everythingSaid(createContacts()))) expect(verified).toContain(number);
  });

  it('with every contact unverified only 112 and 114 14 are left, and the texts still read well', () => {
    const contacts = createContacts(rows.map((row) => ({ ...row, status: 'NV' })));
    const said = everythingSaid(contacts);
    expect([...numbersIn(said)].sort()).toEqual(['112', '11414']);
    for (const text of said) expect(text).not.toMatch(/\{contact|\[\[|\]\]|: *(\.|$)| {2}/);
  });

  it('once the City has verified a number it appears by itself', () => {
    const contacts = createContacts(
      rows.map((row) => (row.id === 'sjalvmordslinjen' ? { ...row, status: 'V', verifiedAt: '2026-12-01' } : row)),
    );
    const text = (given?: typeof contacts) =>
      createLibrary(given ? { contacts: given } : {}).answer('suicide-crisis', 'sv', 'web', { now, withdrawn: [] })
        ?.text;
    expect(text()).not.toContain('90101');
    expect(text(contacts)).toContain('Självmordslinjen: 90101.');
  });

  it('a verified status without a date, or an unknown id, shows nothing', () => {
    const contacts = createContacts(rows.map((row) => ({ ...row, verifiedAt: null })));
    expect(contacts.number('bris')).toBeNull();
    expect(contacts.number('nobody')).toBeNull();
    expect(contacts.number('112')).toBe('112');
  });

  it('a sentence that needs a hidden number is dropped even when an editor forgot to make it optional', () => {
    const contacts = createContacts(rows.map((row) => ({ ...row, status: 'NV' })));
    expect(renderText('Hej du. Ring Bris {contact:bris}. Vi finns.', contacts)).toBe('Hej du. Vi finns.');
    expect(renderText('[[Bris: {contact:bris}.]]\n\nVi finns.', contacts)).toBe('Vi finns.');
  });

  it('an answer file with a written-out number or a bare optional contact is refused', () => {
    const [topic] = createLibrary().topics();
    const withText = (text: string) => ({ ...topic, texts: { ...topic?.texts, sv: { ...topic?.texts.sv, text } } });
    expect(answerSchema.safeParse(withText('Ring 08-508 25 600 nu.')).success).toBe(false);
    expect(answerSchema.safeParse(withText('Ring {contact:bris} nu.')).success).toBe(false);
    expect(answerSchema.safeParse(withText('Ring {contact:112} nu. [[Bris {contact:bris}.]]')).success).toBe(true);
  });
});
