import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { findPostmaster } from '../../db/embedded/postmaster.ts';
import { newId } from '../../db/schema/columns.ts';
import { freePort } from '../support/free-port.ts';
import { call } from '../support/people.ts';
import { until } from '../support/until.ts';
import { endAll, LIMIT_MS, runService, type Service } from './run-service.ts';

const WORD = 'snörvelkvast';

let dataDir: string;
let port: string;
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'utvag-start-'));
  port = String(await freePort());
});
afterEach(async () => {
  endAll();
  const postmaster = findPostmaster(path.join(dataDir, 'postgres'));
  if (postmaster) process.kill(postmaster.pid, 'SIGQUIT');
  await until(() => findPostmaster(path.join(dataDir, 'postgres')) === undefined);
  rmSync(dataDir, { recursive: true, force: true });
});

const start = (env: Record<string, string> = {}): Service =>
  runService({ PORT: port, DATA_DIR: dataDir, UTVAG_BURST_WAIT_MS: '400', UTVAG_TURN_LEASE_MS: '1000', ...env });

interface Visitor {
  conversationId: string;
  token: string;
  streamUrl: string;
}

async function visit({ url }: Service) {
  const base = `${url}/v3/directline`;
  const { body: first } = await call<Visitor>(`${base}/tokens/generate`, 'POST', {});
  const headers = { authorization: `Bearer ${first.token}` };
  const { body: me } = await call<Visitor>(`${base}/conversations`, 'POST', {}, headers);
  const at = `/v3/directline/conversations/${me.conversationId}/activities`;
  return {
    ...me,
    write: (text: string) =>
      call(url + at, 'POST', { type: 'message', text, channelData: { clientActivityID: newId('tst') } }, headers),
    /** Who has said what, at whichever address the service has now. */
    async read(from: Pick<Service, 'url'> = { url }): Promise<string[]> {
      const { body } = await call<{ activities: { type: string; text?: string; from: { role: string } }[] }>(
        from.url + at,
        'GET',
        undefined,
        headers,
      );
      return body.activities.filter((a) => a.type === 'message').map((a) => `${a.from.role}: ${a.text}`);
    },
  };
}

async function openStaffStream({ url }: Service): Promise<void> {
  const { body } = await call<{ token: string }>(`${url}/dev/sign-in`, 'POST', { worker: 'jarva-1' });
  const response = await fetch(`${url}/api/inbox/stream`, { headers: { authorization: `Bearer ${body.token}` } });
  expect(response.status).toBe(200);
  response.text().catch(() => {});
}

describe('the service as a process of its own', () => {
  test(
    'prints where to look, is ready, and ends with code 0 within 10 s on either signal while streams are open; a second start does nothing twice',
    async () => {
      const outs: string[] = [];
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        const service = start();
        await service.ready();
        const person = await visit(service);
        const socket = new WebSocket(person.streamUrl.replace('localhost', '127.0.0.1'));
        await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
        const closed = new Promise((resolve) => socket.once('close', resolve));
        await openStaffStream(service);
        expect((await person.write(`hej ${signal}`)).status).toBe(200);

        service.child.kill(signal);
        // npm passes on what the terminal has sent already.
        setTimeout(() => service.child.kill(signal), 50).unref();
        const { code, ms } = await service.ended();
        expect([signal, code, service.err()]).toEqual([signal, 0, '']);
        expect(ms).toBeLessThan(10_000);
        expect(await closed).toBe(1012);
        expect(findPostmaster(path.join(dataDir, 'postgres'))).toBeUndefined();
        outs.push(service.out());
      }
      for (const out of outs)
        for (const place of [`http://localhost:${port}/`, '/chat', '/inbox/']) expect(out).toContain(place);
      expect(outs[0]).toContain('Migrated');
      expect(outs[1]).not.toMatch(/Migrated|Building|created/);
    },
    LIMIT_MS,
  );

  test(
    'what was acknowledged before kill -9 is there after it and answered once; on disk and in the log there is no word of it',
    async () => {
      const first = start();
      await first.ready();
      const person = await visit(first);
      expect((await person.write(`hej ${WORD}`)).status).toBe(200);
      await until(async () => (await person.read()).length === 2);
      expect((await person.write(`${WORD} kan man vara anonym här?`)).status).toBe(200);
      first.child.kill('SIGKILL');
      expect((await first.ended()).code).toBe('SIGKILL');

      const second = start();
      await second.ready();
      await until(async () => (await person.read(second)).length >= 4, LIMIT_MS);
      await sleep(1_500);
      const lines = await person.read(second);
      expect(lines.map((line) => line.split(':')[0])).toEqual(['user', 'bot', 'user', 'bot']);
      expect(lines[2]).toContain('anonym');
      expect(second.out()).not.toContain('Migrated');

      second.child.kill('SIGTERM');
      expect((await second.ended()).code).toBe(0);
      expect(first.out() + first.err() + second.out() + second.err()).not.toContain(WORD);
      const holding = filesBelow(dataDir).filter((file) => readFileSync(file).includes(WORD));
      expect(holding).toEqual([]);
      expect(filesBelow(dataDir).length).toBeGreaterThan(500);
    },
    LIMIT_MS,
  );

  test(
    'five at once on one database all become ready and migrate once; one that ends leaves the others at work',
    async () => {
      const ports = await Promise.all(Array.from({ length: 5 }, freePort));
      const services = ports.map((own) => start({ PORT: String(own) }));
      await Promise.all(services.map((service) => service.ready()));
      const outs = services.map((service) => service.out()).join('');
      expect(outs.split('Migrated').length - 1).toBe(1);
      expect(outs.split('database created').length - 1).toBeLessThanOrEqual(5);

      const [one, two, ...others] = services;
      if (!one || !two) throw new Error('no services');
      one.child.kill('SIGTERM');
      expect((await one.ended()).code).toBe(0);
      const person = await visit(two);
      await person.write('hej');
      const other = others[0] ?? two;
      await until(async () => (await person.read(other)).length === 2, LIMIT_MS);
      for (const service of [two, ...others]) service.child.kill('SIGTERM');
      for (const service of [two, ...others]) expect([(await service.ended()).code, service.err()]).toEqual([0, '']);
      expect(findPostmaster(path.join(dataDir, 'postgres'))).toBeUndefined();
    },
    LIMIT_MS,
  );

  test(
    'a taken port is one line that names it, and takes nothing from the one that has it',
    async () => {
      const first = start();
      await first.ready();
      const second = start();
      expect((await second.ended()).code).toBe(1);
      expect(second.err()).toMatch(new RegExp(`^[^\\n]*PORT ${port}[^\\n]*\\n$`));
      const person = await visit(first);
      expect((await person.write('hej')).status).toBe(200);
      await until(async () => (await person.read()).length === 2);
    },
    LIMIT_MS,
  );

  test(
    'a signal during the start ends it too, with code 0 and nothing left running',
    async () => {
      const service = start();
      await until(() => service.out() !== '' || service.child.exitCode !== null, LIMIT_MS);
      service.child.kill('SIGTERM');
      expect(await service.ended()).toMatchObject({ code: 0 });
      expect(findPostmaster(path.join(dataDir, 'postgres'))).toBeUndefined();
    },
    LIMIT_MS,
  );
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
