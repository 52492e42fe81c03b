import type { Browser, CDPSession, Page } from 'playwright-core';

/** A phone and its network. `latencyMs` is added to each request, as Chromium does it. */
export interface Conditions {
  slower: number;
  network: { latencyMs: number; bitsPerSecond: number } | null;
}

export interface Visited {
  /** From the start of the navigation to a field one can write in and a button that sends. */
  usableMs: number;
  /** What long tasks took beyond 50 ms each. */
  blockedMs: number;
  /** Of everything the visit asked for, headers included. */
  wireBytes: number;
  requests: number;
  /** Requests to anybody else. */
  elsewhere: number;
}

const PROBE = `window.probe = { usable: 0, blocked: 0 };
new PerformanceObserver((list) => list.getEntries().forEach((e) => (probe.blocked += e.duration - 50)))
  .observe({ type: 'longtask', buffered: true });
(function look() {
  const field = document.querySelector('textarea'), send = document.querySelector('button[type=submit]');
  if (field && send && field.offsetHeight > 0 && !field.disabled) probe.usable = performance.now();
  else requestAnimationFrame(look);
})();`;

/** A first visit with nothing cached. */
export async function visitPage(browser: Browser, url: string, conditions: Conditions): Promise<Visited> {
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
      if (new URL(request.url()).origin !== new URL(url).origin) seen.elsewhere += 1;
    });
    await page.addInitScript(PROBE);
    await page.goto(url);
    while (!(await page.evaluate('probe.usable > 0'))) await page.waitForTimeout(20);
    await page.waitForTimeout(300);
    const { usable, blocked } = await page.evaluate<{ usable: number; blocked: number }>('probe');
    return { usableMs: usable, blockedMs: blocked, ...seen };
  } finally {
    await context.close();
  }
}

async function slowDown(page: Page, { slower, network }: Conditions): Promise<CDPSession> {
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

/** From Enter to one's own message painted, in a conversation of so many messages, on a processor four times slower. */
export async function typeInto(browser: Browser, url: string, messages: number, times: number): Promise<number[]> {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'sv-SE' });
  try {
    const page = await context.newPage();
    let read = false;
    await page.route(/\/activities\?/, (route) => {
      const activities = read ? [] : history(messages);
      read = true;
      return route.fulfill({ json: { activities, watermark: '1.1.0' } });
    });
    await page.goto(url);
    await page.evaluate(KEPT);
    await page.reload();
    while ((await page.locator('.chat ol > li').count()) < messages) await page.waitForTimeout(20);
    await slowDown(page, { slower: 4, network: null });
    const tookMs: number[] = [];
    for (let i = 0; i < times; i += 1) {
      await page.locator('textarea').fill(`ord ${i}`);
      tookMs.push(await page.evaluate<number>(ENTER));
    }
    return tookMs;
  } finally {
    await context.close();
  }
}

const KEPT = `sessionStorage.setItem('chat', JSON.stringify({ token: 'x', conversation: 'cnv_x' }))`;
const ENTER = `new Promise((done) => {
  const before = document.querySelectorAll('.chat ol > li').length, began = performance.now();
  document.querySelector('textarea').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  (function look() {
    if (document.querySelectorAll('.chat ol > li').length === before) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  })();
})`;

const history = (messages: number) =>
  Array.from({ length: messages }, (_, at) => ({
    type: 'message',
    id: `cnv_x|${at}`,
    timestamp: new Date(0).toISOString(),
    from: { id: 'bot', name: 'Chattbot', role: 'bot' },
    text: `Rad ${at}. Är det fara just nu: ring 112. Bris har nummer 116 111.`,
    channelData: { utvag: { author: at % 2 === 0 ? 'bot' : 'visitor', language: 'sv' } },
  }));
