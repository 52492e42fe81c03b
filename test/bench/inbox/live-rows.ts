import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { Claimed, Page } from '../../../src/inbox/wire.ts';
import { until } from '../../support/until.ts';
import type { Check } from '../report.ts';
import { DISTRICTS, WORKERS } from './make-inbox.ts';

export const STREAMS = 100;
const A_ROUND = 5;
/** Everybody in the first district, so that every stream hears of every event. */
const COLLEAGUES = Array.from({ length: WORKERS }, (_, i) => i).filter((i) => i % DISTRICTS.length === 0);

/** From the call that puts a conversation back until its row is painted in a colleague's tab, ms by round; every call is its own. */
export async function paintRows(
  browser: Browser,
  url: string,
  rounds: number,
): Promise<{ ms: number[][]; check: Check }> {
  const tokens = await Promise.all(COLLEAGUES.map((i) => signIn(url, `bench-${i + 1}`)));
  const [token = ''] = tokens.slice(1);
  const streams = await Promise.all(
    Array.from({ length: STREAMS - 1 }, (_, i) => listen(url, tokens[i % tokens.length] ?? '')),
  );
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await page.addInitScript(WATCH);
    await page.goto(`${url}/inbox/?worker=bench-1`);
    const { items } = Page.parse(
      await ask(url, token, 'conversations?view=waiting&channel=web&district=jarva&limit=1'),
    );
    const id = items[0]?.id ?? '';
    await page.locator(`[data-row=${id}]`).waitFor({ timeout: 60_000 });
    const ms: number[][] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const took: number[] = [];
      for (let n = 0; n < A_ROUND; n += 1) {
        const { claim } = Claimed.parse(await ask(url, token, `conversations/${id}/claim`, {}));
        await page.locator(`[data-row=${id}]`).waitFor({ state: 'detached', timeout: 60_000 });
        // Not in step with the tab's own gathering of bursts.
        await sleep(200 + ((n * 37) % 100));
        const painted = page.evaluate<number>(`painted('${id}')`);
        const began = Date.now();
        await ask(url, token, `conversations/${id}/release`, { claim });
        took.push((await painted) - began);
      }
      if (round > 0) ms.push(took);
    }
    const events = (rounds + 1) * A_ROUND;
    await until(() => streams.every((stream) => stream.heard() >= events), 10_000).catch(() => {});
    const deaf = streams.filter((stream) => stream.heard() < events).length;
    return {
      ms,
      check: { what: `all ${STREAMS} streams heard every event`, passed: deaf === 0, found: `${deaf} did not` },
    };
  } finally {
    for (const stream of streams) stream.stop();
    await page.close();
  }
}

/** Resolves when the row has been drawn: the frame after the one in which it is there has begun. */
const WATCH = `window.painted = (id) => new Promise((done) => (function look() {
  if (!document.querySelector('[data-row="' + id + '"]')) return requestAnimationFrame(look);
  requestAnimationFrame(() => setTimeout(() => done(Date.now())));
})());`;

/** A bare stream that counts what it is told of releases. */
async function listen(url: string, token: string): Promise<{ heard(): number; stop(): void }> {
  const over = new AbortController();
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
  const { body, status } = await fetch(`${url}/api/inbox/stream`, { headers, signal: over.signal });
  if (!body || status !== 200) throw new Error(`a stream was refused with ${status}`);
  let heard = 0;
  const read = async () => {
    for await (const part of body.pipeThrough(new TextDecoderStream())) heard += part.split('"released"').length - 1;
  };
  read().catch(() => {});
  return { heard: () => heard, stop: () => over.abort() };
}

export async function signIn(url: string, worker: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/dev/sign-in`, { method: 'POST', headers, body: JSON.stringify({ worker }) });
  return z.object({ token: z.string() }).parse(await answer.json()).token;
}

async function ask(url: string, token: string, path: string, body?: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  const answer = await fetch(`${url}/api/inbox/${path}`, { headers, ...init });
  if (!answer.ok) throw new Error(`the inbox answered ${answer.status}`);
  return answer.json();
}
