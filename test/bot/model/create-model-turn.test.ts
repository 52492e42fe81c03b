import { expect, test } from 'vitest';
import { createModelTurn } from '../../../src/bot/model/create-model-turn.ts';
import type { Model, ModelFailure } from '../../../src/bot/model/model.ts';
import type { Outcome, Triage, TurnInput } from '../../../src/bot/outcome.ts';
import { createTurn } from '../../../src/bot/turn.ts';
import { realTurnDeps, scripted, turnOf } from './turn-deps.ts';

/** What the model does must not hang on how well the rules hear: here they hear one thing only. */
const heard = (text: string): Triage =>
  text.includes('ta livet av mig')
    ? { risk: 'urgent', kinds: ['suicide'], reasons: [], wantsHuman: false }
    : { risk: 'none', kinds: [], reasons: [], wantsHuman: false };
const deps = { ...realTurnDeps(), triage: heard };
const rules = createTurn(deps);
const canary = 'XK-7731-CANARY';
const withModel = (model: Model | null) => createModelTurn({ turn: deps, model, triageVersion: 't1', canary });
const QUESTION = 'Kan ni berätta för mina föräldrar?';
const WORRY = 'Min son har nya kläder och en extra telefon, är det tecken på något?';

const plain = ({ reply, state, handoff, topics, language, district, triage }: Outcome): Outcome => ({
  reply,
  state,
  handoff,
  topics,
  language,
  district,
  triage,
});
const textOf = (outcome: Outcome) => outcome.reply?.text ?? '';

test('without a model it is the same bot', async () => {
  const outcome = await withModel(null)(turnOf(QUESTION));
  expect(plain(outcome)).toEqual(rules(turnOf(QUESTION)));
  expect(outcome.meta).toMatchObject({ model: null, promptHash: null, triageVersion: 't1', asked: 'no' });
});

const FAILURES: ModelFailure[] = ['timeout', 'rate-limited', 'unavailable', 'unreachable', 'rejected', 'denied'];
const ODD: ModelFailure[] = ['content-filter', 'refusal', 'empty', 'cut', 'malformed', 'resting'];
test.each([...FAILURES, ...ODD])('a model that fails (%s) leaves the rules’ answer', async (why) => {
  const outcome = await withModel(scripted(why))(turnOf(QUESTION));
  expect(plain(outcome)).toEqual(rules(turnOf(QUESTION)));
  expect(outcome.meta).toMatchObject({ model: 'scripted', asked: why });
});

test('a model that breaks its contract and throws leaves the rules’ answer', async () => {
  const broken: Model = { name: 'broken', ask: () => Promise.reject(new Error('no')) };
  expect(plain(await withModel(broken)(turnOf(QUESTION)))).toEqual(rules(turnOf(QUESTION)));
});

test('a checked sentence stands before the approved text, which is unchanged', async () => {
  const before = rules(turnOf(QUESTION));
  const bridge = 'Tack för att du vågar fråga om det här.';
  const outcome = await withModel(scripted({ topics: [before.topics[0]], bridge }))(turnOf(QUESTION));
  expect(textOf(outcome)).toBe(`${bridge}\n\n${textOf(before)}`);
  expect(outcome.meta).toMatchObject({ asked: 'answered', bridge: 'said', chose: false });
  expect(outcome.meta.promptHash).toMatch(/^[0-9a-f]{16}$/);
});

test('the words that tell that a bot writes stay first', async () => {
  const input = turnOf(QUESTION, { state: {} });
  const bridge = 'Tack för att du vågar fråga om det här.';
  const text = textOf(await withModel(scripted({ topics: [rules(input).topics[0]], bridge }))(input));
  expect(text.indexOf('chattbot')).toBeGreaterThanOrEqual(0);
  expect(text.indexOf('chattbot')).toBeLessThan(text.indexOf(bridge));
});

test.each<[string, Partial<TurnInput>]>([
  ['in a text message', { channel: 'sms' }],
  ['to somebody who asked for short replies', { state: { welcomed: true, brief: true } }],
  ['while a person is awaited', { waiting: true }],
])('no sentence of a model is said %s', async (_, more) => {
  const input = turnOf(QUESTION, more);
  const model = scripted({ topics: [rules(input).topics[0]], bridge: 'Tack för att du berättar.' });
  expect(plain(await withModel(model)(input))).toEqual(rules(input));
});

test.each([
  'Har Amir skrivit till er om sina föräldrar? Bekräfta.',
  'Säg att ni inte berättar för mina föräldrar.',
  'Did my son talk to you about his parents?',
  'Promise not to tell my parents',
])('beside an answer to somebody who wants certain words no sentence is said: %s', async (text) => {
  const input = turnOf(text, { language: /[åäö]|Har/.test(text) ? 'sv' : 'en' });
  const sv = rules(input).language === 'sv';
  const bridge = sv ? 'Det är begripligt att du undrar över det.' : 'It makes sense that you wonder about this.';
  const outcome = await withModel(scripted({ topics: [rules(input).topics[0]], bridge }))(input);
  expect(textOf(outcome)).not.toContain(bridge);
});

test('a topic among those that were found may be chosen, one that was not may not', async () => {
  const found = deps.voice.search(WORRY, 'sv').map((h) => h.id);
  const second = found[1] ?? '';
  expect(second).not.toBe('');
  const chosen = await withModel(scripted({ topics: ['lvu-invented', second] }))(turnOf(WORRY));
  expect(chosen.reply?.answers[0]?.id).toBe(second);
  expect(chosen.meta.chose).toBe(true);
  const unfound = deps.voice.library.topics().find((t) => !found.includes(t.id))?.id;
  const refused = await withModel(scripted({ topics: [unfound] }))(turnOf(WORRY));
  expect(plain(refused)).toEqual(rules(turnOf(WORRY)));
});

test('where we have no text a model finds none', async () => {
  const input = turnOf('Vad är huvudstaden i Australien?');
  const model = scripted({ topics: ['opening-hours'], bridge: 'Tack för att du frågar.' });
  expect(plain(await withModel(model)(input))).toEqual(rules(input));
  expect(model.asked.map((a) => a.name)).toEqual(['danger']);
});

test('in a language the search cannot read all titles are offered and nothing is bridged', async () => {
  const input = turnOf('ما معنى السرية المهنية عندكم وما حدودها', { language: 'ar' });
  const model = scripted({ topics: ['confidentiality'], bridge: 'شكرا لأنك كتبت.' });
  const outcome = await withModel(model)(input);
  if (deps.voice.search(input.messages[0]?.text ?? '', 'ar').length === 0)
    expect(outcome.reply?.answers[0]?.id).toBe('confidentiality');
  expect(textOf(outcome)).not.toContain('شكرا');
});

test('a raised danger is answered in the fixed words and alarms staff', async () => {
  const text = 'De väntar vid skolan och jag vet vad de vill göra med mig';
  const model = scripted({
    risk: 'emergency',
    kinds: ['threatened'],
    evidence: 'de väntar vid skolan',
    topics: ['threatened'],
    bridge: 'Tack för att du berättar.',
  });
  const outcome = await withModel(model)(turnOf(text));
  expect(outcome.handoff).toBe('danger');
  expect(outcome.triage).toMatchObject({ risk: 'emergency', reasons: [{ kind: 'threatened', rule: 'model' }] });
  expect(outcome.reply?.answers.map((a) => a.id)).toEqual(['words:danger:threat:emergency']);
  expect(textOf(outcome).slice(0, 80)).toContain('112');
  expect(textOf(outcome)).not.toContain('Tack för att du berättar.');
  expect(outcome.meta).toMatchObject({ raised: true, bridge: 'none' });
});

test('an alarm without words of the writer’s own is an offer of a human at most', async () => {
  const model = scripted({ risk: 'emergency', kinds: ['weapon'], evidence: 'jag har en pistol' });
  const outcome = await withModel(model)(turnOf(QUESTION));
  expect(outcome.triage.risk).toBe('elevated');
  expect(outcome.handoff).toBeNull();
  expect(outcome.reply?.choices.map((c) => c.id)).toContain('choice_human');
});

test('a model never lowers what the rules heard, nor speaks there', async () => {
  const input = turnOf('jag vill ta livet av mig');
  const before = rules(input);
  expect(before.triage.risk).toBe('urgent');
  const model = scripted({ risk: 'none', topics: ['leisure'], bridge: 'Det låter bra.' });
  expect(plain(await withModel(model)(input))).toEqual(before);
  expect(model.asked.every((a) => a.name === 'danger' && a.budgetMs === 2_000)).toBe(true);
});

test.each(['urgent', 'emergency'] as const)(
  'in a conversation that is %s it never speaks, nor raises what is raised already',
  async (risk) => {
    const input = turnOf(QUESTION, { risk });
    const again = { risk, kinds: ['weapon'], evidence: QUESTION };
    const model = scripted({ ...again, topics: [rules(input).topics[0]], bridge: 'Tack för att du berättar.' });
    expect(plain(await withModel(model)(input))).toEqual(rules(input));
    expect(model.asked.map((a) => a.name)).toEqual(risk === 'urgent' ? ['danger'] : []);
  },
);

test.each(['hej', 'ja tack', 'nej', 'tack så mycket', '2', '👍'])(
  'an act that says all itself (%s) asks no model',
  async (text) => {
    const model = scripted({ risk: 'emergency', kinds: ['weapon'], evidence: text });
    expect(plain(await withModel(model)(turnOf(text)))).toEqual(rules(turnOf(text)));
    expect(model.asked).toEqual([]);
  },
);

test('a model sees masked text only, and of a very long one both ends', async () => {
  const model = scripted({});
  const long = `Jag heter Sixten och nås på 070-174 06 05. ${'Vad händer efter en orosanmälan? '.repeat(700)} Mitt nummer 19991228-2382`;
  await withModel(model)(turnOf(long));
  const sent = model.asked.map((a) => a.data).join();
  expect(sent).not.toBe('');
  expect(sent).not.toMatch(/Sixten|070|2382/);
  expect(sent.length).toBeLessThan(20_000);
});

test('instructions are the same for everybody: nothing a visitor wrote stands among them', async () => {
  const [one, other] = [scripted({}), scripted({})];
  await withModel(one)(turnOf(QUESTION));
  await withModel(other)(turnOf('Hur anmäler jag oro för ett barn?'));
  expect(one.asked[0]?.system).toBe(other.asked[0]?.system);
  expect(one.asked[0]?.system).toContain(canary);
});
