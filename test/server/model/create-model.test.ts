import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { ModelFailure, Question } from '../../../src/bot/model/model.ts';
import { createModel, type ModelTime } from '../../../src/server/model/create-model.ts';
import {
  type Behaviour,
  type FakeOpenAi,
  half,
  hang,
  hangUp,
  raw,
  says,
  startFakeOpenAi,
  status,
} from '../../support/fake-openai.ts';
import { handTime } from '../../support/hand-time.ts';
import { until } from '../../support/until.ts';

const SECRET = 'kanariefågel i meddelandet';
const question: Question<{ risk: string }> = {
  name: 'danger',
  system: 'Judge.',
  data: JSON.stringify({ messages: [SECRET] }),
  schema: z.object({ risk: z.enum(['none', 'urgent']) }),
};
const good = { risk: 'urgent' };
const BUDGET_MS = 300;
/** Enough for the one quick retry. */
const ROOMY_MS = 2_000;

let fake: FakeOpenAi;
beforeAll(async () => {
  fake = await startFakeOpenAi();
});
afterAll(() => fake.stop());
beforeEach(() => {
  fake.received.length = 0;
});
const model = (time?: ModelTime) => createModel({ baseUrl: fake.baseUrl, apiKey: 'key', model: 'fake-1' }, time);

test('a schema is asked for, and an answer of that form is the answer', async () => {
  fake.will(says(good));
  expect(await model().ask(question, BUDGET_MS)).toEqual({ ok: true, value: good });
  const [request] = fake.received;
  expect(request?.path).toBe('/v1/chat/completions');
  expect(request?.body).toMatchObject({
    model: 'fake-1',
    temperature: 0,
    store: false,
    response_format: { type: 'json_schema', json_schema: { strict: true, schema: { additionalProperties: false } } },
  });
  expect(request?.body.messages?.map((m) => m.role)).toEqual(['system', 'user']);
});

test('nothing about this machine is told, and a server without keys gets none', async () => {
  fake.will(says(good));
  await createModel({ baseUrl: fake.baseUrl, apiKey: null, model: 'fake-1' }).ask(question, BUDGET_MS);
  const headers = fake.received[0]?.headers ?? {};
  expect(Object.keys(headers).filter((name) => /stainless|organization|project|authorization/i.test(name))).toEqual([]);
  expect(headers['user-agent']).toBe('utvag');
});

test.each<[string, Behaviour]>([
  ['a code fence', says(`Here you are:\n\`\`\`json\n${JSON.stringify(good)}\n\`\`\``)],
  ['words around it', says(`Sure! ${JSON.stringify(good)} Anything else?`)],
  ['thinking aloud before it', says(`<think>maybe {"risk":"none"}? no {"x"</think>${JSON.stringify(good)}`)],
  ['fields nobody asked for', says({ ...good, mood: 'fine' })],
])('a server that ignores the schema is understood: %s', async (_, behaviour) => {
  fake.will(behaviour);
  expect(await model().ask(question, BUDGET_MS)).toEqual({ ok: true, value: good });
});

const filtered = {
  error: { code: 'content_filter', message: SECRET, innererror: { code: 'ResponsibleAIPolicyViolation' } },
};
test.each<[string, Behaviour, ModelFailure]>([
  ['silence', hang, 'timeout'],
  ['half a body and silence', half('silence'), 'timeout'],
  ['half a body and a broken line', half('break'), 'cut'],
  ['half a JSON text', raw('{"choices":[{"mess'), 'cut'],
  ['an answer cut at its limit', says('{"risk":"ur', { finish: 'length' }), 'cut'],
  ['a line that breaks at once', hangUp, 'unreachable'],
  ['429', status(429), 'rate-limited'],
  ['500', status(500), 'unavailable'],
  ['503 with a page', status(503, '<html>'), 'unavailable'],
  ['400 content_filter', status(400, filtered), 'content-filter'],
  ['finish_reason content_filter', says('', { finish: 'content_filter' }), 'content-filter'],
  ['a refusal', says('', { refusal: 'I cannot help with that.' }), 'refusal'],
  ['400 for another reason', status(400), 'rejected'],
  ['401', status(401), 'denied'],
  ['404', status(404), 'denied'],
  ['no choices', raw('{"choices":[]}'), 'empty'],
  ['no content', says(''), 'empty'],
  ['an empty body', raw(''), 'empty'],
  ['another kind of body', raw('{"hello":"world"}'), 'malformed'],
  ['a stream nobody asked for', raw('data: {"choices":[]}\n\ndata: [DONE]\n\n', 'text/event-stream'), 'malformed'],
  ['words that are no JSON', says('I think it is urgent.'), 'malformed'],
  ['JSON of another form', says({ risk: 'apocalyptic' }), 'malformed'],
])('%s is a state of its own, within the budget and without a word', async (_, behaviour, why) => {
  fake.will(behaviour);
  const log = vi.spyOn(console, 'error');
  const { time, limits, end } = handTime();
  const answer = model(time).ask(question, BUDGET_MS);
  if (why === 'timeout') {
    await until(() => fake.received.length > 0);
    end();
  }
  expect(await answer).toEqual({ ok: false, why });
  expect(limits).toEqual([BUDGET_MS]);
  expect(log).not.toHaveBeenCalled();
  log.mockRestore();
});

test('no other address is asked, whatever the server says', async () => {
  fake.will((response) => void response.writeHead(307, { location: `${fake.baseUrl}/elsewhere` }).end(), says(good));
  expect(await model().ask(question, BUDGET_MS)).toEqual({ ok: false, why: 'unreachable' });
  expect(fake.received.map((r) => r.path)).toEqual(['/v1/chat/completions']);
});

test('a hiccup is tried once more when there is time, and only once', async () => {
  fake.will(status(503), says(good));
  expect(await model().ask(question, ROOMY_MS)).toEqual({ ok: true, value: good });
  fake.received.length = 0;
  fake.will(status(503));
  expect(await model().ask(question, ROOMY_MS)).toEqual({ ok: false, why: 'unavailable' });
  expect(fake.received).toHaveLength(2);
});

test('a short Retry-After is waited for, one beyond the budget is not', async () => {
  fake.will(status(429, {}, { 'retry-after-ms': '50' }), says(good));
  expect(await model().ask(question, ROOMY_MS)).toEqual({ ok: true, value: good });
  fake.will(status(429, {}, { 'retry-after': '30' }));
  // Its time never ends here, and its answer comes nevertheless.
  const limited = model(handTime().time);
  expect(await limited.ask(question, ROOMY_MS)).toEqual({ ok: false, why: 'rate-limited' });
  expect(await limited.ask(question, ROOMY_MS)).toEqual({ ok: false, why: 'resting' });
});

test('a server that knows no temperature or no schema is asked without, now and from then on', async () => {
  const knowsNo =
    (field: string): Behaviour =>
    (response, received) =>
      (field in received.body ? status(400, { error: { message: `unknown ${field}` } }) : says(good))(
        response,
        received,
      );
  const older = model();
  fake.will(knowsNo('temperature'));
  expect(await older.ask(question, ROOMY_MS)).toEqual({ ok: true, value: good });
  fake.will(knowsNo('response_format'));
  expect(await older.ask(question, ROOMY_MS)).toEqual({ ok: true, value: good });
  fake.received.length = 0;
  await older.ask(question, ROOMY_MS);
  expect(fake.received).toHaveLength(1);
  expect(fake.received[0]?.body.messages?.[0]?.content).toContain('JSON schema');
});

test('after failures in a row nobody waits for the server, and one turn tries it again later', async () => {
  let now = 0;
  const down = model(handTime(() => now).time);
  fake.will(status(404));
  for (let i = 0; i < 4; i += 1) expect(await down.ask(question, BUDGET_MS)).toEqual({ ok: false, why: 'denied' });
  fake.received.length = 0;
  expect(await down.ask(question, BUDGET_MS)).toEqual({ ok: false, why: 'resting' });
  expect(fake.received).toHaveLength(0);
  now += 30_001;
  const [one, other] = await Promise.all([down.ask(question, BUDGET_MS), down.ask(question, BUDGET_MS)]);
  expect([one, other]).toEqual([
    { ok: false, why: 'denied' },
    { ok: false, why: 'resting' },
  ]);
  now += 30_001;
  fake.will(says(good));
  expect((await down.ask(question, BUDGET_MS)).ok).toBe(true);
  expect((await down.ask(question, BUDGET_MS)).ok).toBe(true);
});

test('refusals and filters are about the message: the server is asked again', async () => {
  const picky = model();
  fake.will(says('', { refusal: 'no' }));
  for (let i = 0; i < 8; i += 1) expect(await picky.ask(question, BUDGET_MS)).toEqual({ ok: false, why: 'refusal' });
});
