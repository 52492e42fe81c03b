import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { worker, workerDistrict } from '../../db/schema/staff.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { ask, expectProblem } from './probe.ts';

const TENANT = '6c1f5a4e-3a77-4d9e-8b11-0d6f2a3b4c5d';
const CLIENT = 'c0ffee00-7a0e-4d0e-9b6b-3c2f5f1b7a10';
const TEAMS = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346';

/** A directory of our own in Microsoft's place: the same claims, the same keys route. */
describe('sign-in by Entra', () => {
  let house: TestHouse;
  let issuer: string;
  let token: (change?: JWTPayload, key?: CryptoKey) => Promise<string>;
  let stranger: CryptoKey;
  const server = createServer();
  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    stranger = (await generateKeyPair('RS256')).privateKey;
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', use: 'sig', alg: 'RS256' }];
    server.on('request', (_, response) => response.end(JSON.stringify({ keys })));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    issuer = `http://127.0.0.1:${address.port}/${TENANT}/v2.0`;
    token = (change = {}, key = privateKey) => {
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: issuer,
        aud: CLIENT,
        exp: now + 3_600,
        nbf: now - 10,
        iat: now - 10,
        oid: 'oid-1',
        tid: TENANT,
        azp: TEAMS,
        scp: 'access_as_user',
        ver: '2.0',
      };
      return new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(key);
    };
    const env = {
      STAFF_SIGN_IN: 'entra',
      ENTRA_TENANT_ID: TENANT,
      ENTRA_CLIENT_ID: CLIENT,
      ENTRA_ISSUER: issuer,
      ENTRA_JWKS_URI: `${issuer}/keys`,
    };
    house = await startHouse('embedded', { env });
    const { db } = house.deps.webchat;
    await db.insert(worker).values({ id: 'wrk_1', tenantId: TENANT, objectId: 'oid-1', name: 'Alva', role: 'worker' });
    await db.insert(workerDistrict).values({ workerId: 'wrk_1', district: 'jarva' });
  });
  afterAll(async () => {
    await house.stop();
    server.close();
  });
  const me = (bearer: string) => ask(`${house.url}/api/inbox/me`, { headers: { authorization: `Bearer ${bearer}` } });

  test('a token of the tenant, for the tab, from Teams, opens the inbox as the person it names', async () => {
    const answer = await me(await token());
    expect(JSON.parse(answer.text)).toMatchObject({ id: 'wrk_1', name: 'Alva', districts: [{ slug: 'jarva' }] });
  });

  test('whatever else it is, it is 401; a person without a role here is 403', async () => {
    const past = Math.floor(Date.now() / 1000) - 120;
    const changes: JWTPayload[] = [
      { aud: 'another' },
      { aud: `api://${CLIENT}` },
      { iss: 'https://login.example/v2.0' },
      { tid: 'another-tenant' },
      { exp: past },
      { nbf: Math.floor(Date.now() / 1000) + 3_600 },
      { azp: CLIENT },
      { scp: 'User.Read' },
      { scp: 'access_as_user_not' },
      { ver: '1.0' },
      { idtyp: 'app' },
    ];
    for (const change of changes) expectProblem(await me(await token(change)), 401);
    expectProblem(await me(await token({}, stranger)), 401);
    const [head = '', body = ''] = (await token()).split('.');
    expectProblem(await me(`${head}.${body}.`), 401);
    expectProblem(await me(`${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`), 401);
    expectProblem(await me(await token({ oid: 'oid-2' })), 403);
  });

  test('the developers’ sign-in and phone are not there', async () => {
    for (const [method, path] of [
      ['POST', '/dev/sign-in'],
      ['GET', '/dev/phone'],
      ['POST', '/dev/phone'],
      ['GET', '/dev/phone/page.js'],
    ])
      expectProblem(await ask(`${house.url}${path}`, { method: method ?? '' }), 404);
  });
});
