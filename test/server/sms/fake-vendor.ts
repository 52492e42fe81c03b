import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface VendorRequest {
  path: string;
  authorization: string;
  form: Record<string, string>;
}

export type Answer = (response: ServerResponse, request: VendorRequest) => void;

/** An HTTP server that plays the vendor's API: it records what it was asked and answers as told, the last answer for ever. */
export async function openFakeVendor(...answers: Answer[]) {
  const requests: VendorRequest[] = [];
  const server = createServer(async (request, response) => {
    const seen = await read(request);
    requests.push(seen);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(response, seen);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    now: (...next: Answer[]) => void answers.splice(0, answers.length, ...next),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const json =
  (status: number, body: unknown): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
export const text =
  (status: number, body: string): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
  };
/** Takes the request and cuts the line without an answer. */
export const cut: Answer = (response) => void response.destroy();
/** Takes the request and never answers. */
export const hang: Answer = () => {};

let next = 0;
/** Twilio's answer to an accepted message (the fields we know of), a new id each time. */
export const twilioCreated: Answer = (response, { form }) => {
  next += 1;
  const sid = `SM${String(next).padStart(32, '0')}`;
  const body = { sid, status: 'queued', error_code: null, error_message: null, to: form['To'], body: form['Body'] };
  json(201, body)(response, { path: '', authorization: '', form });
};

async function read(request: IncomingMessage): Promise<VendorRequest> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return {
    path: request.url ?? '',
    authorization: request.headers.authorization ?? '',
    form: Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString('utf8'))),
  };
}
