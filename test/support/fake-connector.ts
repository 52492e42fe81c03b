import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { listen } from './free-port.ts';

/** One call that the bot made to the connector. */
export interface Call {
  method: string;
  /** Below the service URL, decoded. */
  path: string;
  authorization: string | undefined;
  body: Record<string, unknown>;
}

/**
 * How the next call is answered instead of well. `hang` and `reset` happen after the activity has been taken in;
 * `no-id` is a success whose body nobody can read.
 */
export type Fault = { status: number; retryAfter?: string } | 'hang' | 'reset' | 'no-id';

export interface FakeConnector {
  serviceUrl: string;
  host: string;
  openIdMetadataUrl: string;
  tokenUrl: string;
  calls: Call[];
  /** Bodies posted to the token endpoint. */
  grants: URLSearchParams[];
  /** Activities as a Teams client would show them now, by `conversation/activity`. */
  shown: Map<string, Record<string, unknown>>;
  fail(...faults: Fault[]): void;
  /** A token as the channel service signs it, with changes; a claim set to undefined is left out. */
  token(claims?: JWTPayload, signing?: { kid?: string; key?: 'channel' | 'other' }): Promise<string>;
  stop(): Promise<void>;
}

/** A Bot Connector and its token issuer on loopback: the wire format of Teams' side of a conversation, none of its code. */
export async function startFakeConnector(appId: string): Promise<FakeConnector> {
  const channelKey = await generateKeyPair('RS256', { extractable: true });
  const otherKey = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(channelKey.publicKey)), use: 'sig' };
  const keys = [
    { ...jwk, kid: 'teams', endorsements: ['msteams', 'AseChannel'] },
    { ...jwk, kid: 'elsewhere', endorsements: ['webchat'] },
  ];
  const calls: Call[] = [];
  const grants: URLSearchParams[] = [];
  const shown = new Map<string, Record<string, unknown>>();
  const faults: Fault[] = [];
  let lastId = 1_795_334_871_000;

  const server = createServer((request, response) => {
    void read(request).then((text) => route(request, response, text));
  });
  const host = `127.0.0.1:${await listen(server)}`;
  const base = `http://${host}`;
  const serviceUrl = `${base}/connector/`;

  return {
    serviceUrl,
    host,
    openIdMetadataUrl: `${base}/openid`,
    tokenUrl: `${base}/token`,
    calls,
    grants,
    shown,
    fail: (...next) => void faults.push(...next),
    token(claims = {}, { kid = 'teams', key = 'channel' } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const payload = {
        iss: 'https://api.botframework.com',
        aud: appId,
        serviceurl: serviceUrl,
        nbf: now - 10,
        exp: now + 3600,
      };
      return new SignJWT({ ...payload, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
        .sign(key === 'channel' ? channelKey.privateKey : otherKey.privateKey);
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };

  function route(request: IncomingMessage, response: ServerResponse, text: string): void {
    const path = decodeURIComponent(request.url ?? '');
    if (path === '/openid') json(response, 200, { issuer: base, jwks_uri: `${base}/keys` });
    else if (path === '/keys') json(response, 200, { keys });
    else if (path === '/token') {
      grants.push(new URLSearchParams(text));
      json(response, 200, { access_token: `bot-token-${grants.length}`, expires_in: 3600, token_type: 'Bearer' });
    } else if (path.startsWith('/connector/')) connect(request, response, path.slice('/connector'.length), text);
    else json(response, 404, {});
  }

  function connect(request: IncomingMessage, response: ServerResponse, path: string, text: string): void {
    const body: Record<string, unknown> = text ? JSON.parse(text) : {};
    const method = request.method ?? '';
    calls.push({ method, path, authorization: request.headers.authorization, body });
    const fault = faults.shift();
    if (typeof fault === 'object') {
      if (fault.retryAfter) response.setHeader('retry-after', fault.retryAfter);
      json(response, fault.status, { error: { code: 'Fault', message: 'fault' } });
      return;
    }
    const answer = accept(method, path.slice('/v3/conversations'.length), body);
    if (fault === 'reset') request.socket.destroy();
    else if (fault !== 'hang') json(response, answer.status, fault === 'no-id' ? {} : answer.body);
  }

  function accept(method: string, path: string, body: Record<string, unknown>): { status: number; body: object } {
    if (method === 'POST' && path === '') {
      const { channel } = Object(body['channelData']);
      const activityId = String(++lastId);
      const id = `${Object(channel).id};messageid=${activityId}`;
      shown.set(`${id}/${activityId}`, Object(body['activity']));
      return { status: 201, body: { id, activityId } };
    }
    const [, conversation, , activity] = path.split('/');
    if (method === 'POST') {
      const id = String(++lastId);
      shown.set(`${conversation}/${id}`, body);
      return { status: 201, body: { id } };
    }
    if (!shown.has(`${conversation}/${activity}`)) {
      return { status: 404, body: { error: { code: 'ActivityNotFoundInConversation', message: 'gone' } } };
    }
    if (method === 'DELETE') shown.delete(`${conversation}/${activity}`);
    else shown.set(`${conversation}/${activity}`, body);
    return { status: 200, body: { id: activity } };
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
