import { exportSPKI, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { worker, workerDistrict } from '../../db/schema/staff.ts';
import { STAFF_TASKS } from '../../src/server/staff-tasks.ts';
import { CLIENT, type EntraIssuer, startEntraIssuer, TENANT } from '../support/entra-issuer.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { until } from '../support/until.ts';
import { follow } from './follow.ts';
import { ask, expectProblem } from './probe.ts';

describe('sign-in by Entra', () => {
  let house: TestHouse;
  let entra: EntraIssuer;
  beforeAll(async () => {
    entra = await startEntraIssuer();
    house = await startHouse('embedded', { env: entra.env });
  });
  afterAll(async () => {
    await house.stop();
    await entra.stop();
  });
  beforeEach(async () => {
    const { db } = house.deps.webchat;
    await db.delete(workerDistrict);
    await db.delete(worker);
    await db.insert(worker).values({ id: 'wrk_1', tenantId: TENANT, objectId: 'oid-1', name: 'Alva', role: 'worker' });
    await db.insert(workerDistrict).values({ workerId: 'wrk_1', district: 'jarva' });
  });
  const me = (bearer: string) => ask(`${house.url}/api/inbox/me`, { headers: { authorization: `Bearer ${bearer}` } });
  const admin = (task: string, flags: Record<string, string>) => STAFF_TASKS[task]?.(house.deps.webchat, flags);

  test('a token of the tenant, for the tab, from Teams, opens the inbox as the person it names, without a cookie', async () => {
    const answer = await me(await entra.token());
    expect(JSON.parse(answer.text)).toMatchObject({ id: 'wrk_1', name: 'Alva', districts: [{ slug: 'jarva' }] });
    const response = await fetch(`${house.url}/api/inbox/me`, {
      headers: { authorization: `Bearer ${await entra.token()}` },
    });
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  const past = Math.floor(Date.now() / 1000) - 120;
  const changes: Record<string, Record<string, unknown>> = {
    'for another application': { aud: 'another' },
    'for the application’s URI instead of its id': { aud: `api://${CLIENT}` },
    'of another issuer': { iss: 'https://login.example/v2.0' },
    'of the v1 issuer': { iss: `https://sts.windows.net/${TENANT}/` },
    'of another tenant': { tid: 'another-tenant' },
    'that has ended': { exp: past },
    'that is not valid yet': { nbf: Math.floor(Date.now() / 1000) + 3_600 },
    'that never ends': { exp: undefined },
    'asked for by the application itself': { azp: CLIENT },
    'asked for by nobody named': { azp: undefined },
    'asked for by the Microsoft 365 web client': { azp: '4765445b-32c6-49b0-83e6-1d93765276ca' },
    'for another scope': { scp: 'User.Read' },
    'for a scope that only begins so': { scp: 'access_as_user_not' },
    'without a scope': { scp: undefined },
    'of version 1': { ver: '1.0' },
    'without an object id': { oid: undefined },
    'of an application, not a person': { idtyp: 'app' },
  };
  test.each(Object.keys(changes))('a token %s is 401', async (name) => {
    expectProblem(await me(await entra.token(changes[name])), 401);
  });

  test('a token signed by somebody else, by nobody, or with our public key as the secret is 401', async () => {
    expectProblem(await me(await entra.token({}, { known: false })), 401);
    const [head = '', body = ''] = (await entra.token()).split('.');
    expectProblem(await me(`${head}.${body}.`), 401);
    expectProblem(await me(`${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`), 401);
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const secret = Buffer.from(await exportSPKI(entra.publicKey));
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k' }).sign(secret);
    expectProblem(await me(forged), 401);
  });

  test('tokens with unknown keys do not make us ask for keys each time, and the keys we have last while the directory is away', async () => {
    await me(await entra.token());
    const before = entra.fetches();
    for (let n = 0; n < 20; n += 1) expectProblem(await me(await entra.token({}, { kid: `x${n}` })), 401);
    expect(entra.fetches() - before).toBeLessThanOrEqual(1);
    entra.goDown(true);
    expect((await me(await entra.token())).status).toBe(200);
    entra.goDown(false);
  });

  test.each([
    ['a stranger to our table', { oid: 'oid-2' }],
    ['without an app role', { roles: undefined }],
    ['with another app role than the table’s', { roles: ['admin'] }],
    ['with an app role that is no list', { roles: 'worker' }],
  ])('%s is 403 with a reason the tab explains', async (_, change: Record<string, unknown>) => {
    const answer = await me(await entra.token(change));
    expectProblem(answer, 403);
    expect(JSON.parse(answer.text)).toMatchObject({ reason: 'no-role' });
  });

  test('the operator’s tasks count on the next request, and the stream that is open ends within two seconds', async () => {
    const headers = { authorization: `Bearer ${await entra.token()}` };
    const steps: [string, Record<string, string>, number][] = [
      ['staff district', { id: 'wrk_1', districts: 'farsta' }, 200],
      ['staff role', { id: 'wrk_1', role: 'coordinator' }, 403],
      ['staff role', { id: 'wrk_1', role: 'worker' }, 200],
      ['staff remove', { id: 'wrk_1' }, 403],
    ];
    for (const [task, flags, status] of steps) {
      const stream = await follow(house, headers).catch(() => null);
      await admin(task, flags);
      expect((await ask(`${house.url}/api/inbox/me`, { headers })).status).toBe(status);
      if (stream) expect(await stream.endedAfterBeats()).toBeLessThanOrEqual(1);
    }
    const again = { tenant: TENANT, object: 'oid-1', name: 'Alva', role: 'worker', districts: 'farsta,jarva' };
    expect(await admin('staff add', again)).toBe('added wrk_1');
    expect(JSON.parse((await me(await entra.token())).text).districts).toHaveLength(2);
    expect(await admin('staff list', {})).toContain('wrk_1  worker  Alva  farsta,jarva');
    await expect(admin('staff district', { id: 'wrk_1', districts: 'atlantis' })).rejects.toThrow('no district');
    await expect(admin('staff remove', { id: 'wrk_9' })).rejects.toThrow('no worker');
  });

  test('a stream does not outlive the token it was opened with', async () => {
    const exp = Math.floor(Date.now() / 1000) + 600;
    const stream = await follow(house, { authorization: `Bearer ${await entra.token({ exp })}` });
    await until(() => stream.beats() === 1);
    house.time.offsetMs += 661_000;
    expect(await stream.endedAfterBeats()).toBeLessThanOrEqual(1);
    house.time.offsetMs -= 661_000;
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
