import type { Browser, CDPSession, Page } from 'playwright-core';
import { until } from '../../support/until.ts';

/** A phone and its network. `latencyMs` is added to each request, as Chromium does it. */
export interface Conditions {
  slower: number;
  network: { latencyMs: number; bitsPerSecond: number } | null;
}

/** A page to visit, and where on it one writes and sends. */
export interface Target {
  name: string;
  url: string;
  field: string;
  send: string;
  /** The element whose shadow tree those are in. */
  host?: string;
  /** When the button does what it says; missing: as soon as it is there. */
  alive?: string;
  /** Runs in the page before anything of its own. */
  before?: string;
}

export interface Visited {
  /** From the start of the navigation to a field one can write in, with its button beside it. */
  usableMs: number;
  /** To a button that sends what was written. */
  sendsMs: number;
  /** What long tasks took beyond 50 ms each. */
  blockedMs: number;
  /** Of everything the visit asked for, headers included. */
  wireBytes: number;
  requests: number;
  /** Requests to anybody else. */
  elsewhere: number;
}

const probeOf = ({
  field,
  send,
  host,
  alive = 'true',
}: Target): string => `window.probe = { usable: 0, sends: 0, blocked: 0 };
new PerformanceObserver((list) => list.getEntries().forEach((e) => (probe.blocked += e.duration - 50)))
  .observe({ type: 'longtask', buffered: true });
(function look() {
  const at = ${host ? `document.querySelector('${host}')?.shadowRoot` : 'document'};
  const field = at?.querySelector('${field}'), send = at?.querySelector('${send}');
  if (field && send && field.offsetHeight > 0 && !field.disabled && !field.readOnly) {
    probe.usable ||= performance.now();
    if (${alive}) return void (probe.sends = performance.now());
  }
  requestAnimationFrame(look);
})();`;

const USABLE_WITHIN_MS = 120_000;

/** A first visit with nothing cached. */
export async function visitPage(browser: Browser, target: Target, conditions: Conditions): Promise<Visited> {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'sv-SE' });
  try {
    const page = await context.newPage();
    const client = await slowDown(page, conditions);
    const seen = { wireBytes: 0, requests: 0, elsewhere: 0 };
    client.on('Network.loadingFinished', ({ encodedDataLength }) => {
      seen.wireBytes += encodedDataLength;
    });
    page.on('request', (request) => {
      if (request.url().startsWith('data:')) return;
      seen.requests += 1;
      if (new URL(request.url()).origin !== new URL(target.url).origin) seen.elsewhere += 1;
    });
    await page.addInitScript(`${target.before ?? ''};${probeOf(target)}`);
    await page.goto(target.url, { timeout: USABLE_WITHIN_MS });
    await until(() => page.evaluate('probe.sends > 0'), USABLE_WITHIN_MS);
    await page.waitForTimeout(300);
    const probe = await page.evaluate<{ usable: number; sends: number; blocked: number }>('probe');
    return { usableMs: probe.usable, sendsMs: probe.sends, blockedMs: probe.blocked, ...seen };
  } finally {
    await context.close();
  }
}

export async function slowDown(page: Page, { slower, network }: Conditions): Promise<CDPSession> {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  if (slower > 1) await client.send('Emulation.setCPUThrottlingRate', { rate: slower });
  if (network) {
    const throughput = network.bitsPerSecond / 8;
    const limits = { latency: network.latencyMs, downloadThroughput: throughput, uploadThroughput: throughput };
    await client.send('Network.emulateNetworkConditions', { offline: false, ...limits });
  }
  return client;
}
