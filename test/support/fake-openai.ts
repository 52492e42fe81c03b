import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { listen } from './free-port.ts';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  /** The parsed request body. */
  body: { model?: string; messages?: { role: string; content: string }[]; [field: string]: unknown };
}

/** How the next request is answered; with what was received at hand. */
export type Behaviour = (response: ServerResponse, received: Received) => void;

export interface FakeOpenAi {
  baseUrl: string;
  received: Received[];
  /** The given behaviours answer one request each; the last one stays. */
  will(...behaviours: Behaviour[]): void;
  stop(): Promise<void>;
}

/** A server that speaks OpenAI's API over real HTTP and does what it is told. */
export async function startFakeOpenAi(): Promise<FakeOpenAi> {
  let plan: Behaviour[] = [status(503)];
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const seen = { path: request.url ?? '', headers: request.headers, body: text === '' ? {} : JSON.parse(text) };
    received.push(seen);
    const behaviour = plan.length > 1 ? plan.shift() : plan[0];
    behaviour?.(response, seen);
  });
  const port = await listen(server);
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    received,
    will: (...behaviours) => {
      plan = behaviours;
    },
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** A completion with this content: an object is written as JSON. */
export const says =
  (content: unknown, more: { finish?: string; refusal?: string } = {}): Behaviour =>
  (response) =>
    sendJson(response, 200, completion(typeof content === 'string' ? content : JSON.stringify(content), more));

/** A completion whose content depends on what was asked. */
export const replies =
  (content: (received: Received) => unknown): Behaviour =>
  (response, received) =>
    says(content(received))(response, received);

export const status =
  (code: number, body: unknown = { error: { message: 'no' } }, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    sendJson(response, code, body, headers);

/** 200 with exactly this body. */
export const raw =
  (body: string, type = 'application/json'): Behaviour =>
  (response) =>
    void response.writeHead(200, { 'content-type': type }).end(body);

/** Nothing at all, until the client gives up. */
export const hang: Behaviour = () => undefined;

/** Headers and half a body, and then silence or a broken line. */
export const half =
  (end: 'silence' | 'break'): Behaviour =>
  (response) => {
    const body = JSON.stringify(completion('{"risk":"none"}', {}));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.write(body.slice(0, body.length / 2), () => {
      if (end === 'break') response.destroy();
    });
  };

/** A line that breaks before anything is said. */
export const hangUp: Behaviour = (response) => void response.destroy();

const completion = (content: string | null, { finish = 'stop', refusal }: { finish?: string; refusal?: string }) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 0,
  model: 'fake',
  choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content, refusal: refusal ?? null } }],
});

function sendJson(response: ServerResponse, code: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
