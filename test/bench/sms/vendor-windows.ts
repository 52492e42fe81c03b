import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';

/** A text as the vendor took it. */
export interface TakenText {
  /** Our delivery's id, from the address of the report. */
  reference: string;
  to: string;
  atMs: number;
}

/** Where texts are handed over and from where they are reported, with what the vendor signs. */
export interface VendorWindows {
  url: string;
  taken: TakenText[];
  /** How often a sender was too fast. */
  tooMany: number;
  stop(): Promise<void>;
}

const WINDOW_MS = 1_000;
const REPORT_MS = 50;

/**
 * Plays Twilio with a window that slides: more than `perSecond` texts within any second are answered 429. What is taken is reported
 * as delivered a moment later, signed.
 */
export async function openVendorWindows(perSecond: number, authToken: string): Promise<VendorWindows> {
  const taken: TakenText[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(parts).toString('utf8'));
      const atMs = performance.now();
      const answer = (status: number, body: object) =>
        void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (taken.filter((text) => text.atMs > atMs - WINDOW_MS).length >= perSecond) {
        vendor.tooMany += 1;
        return answer(429, { code: 20429 });
      }
      const callback = (form.get('StatusCallback') ?? '').split('#')[0] ?? '';
      const sid = `SM${String(taken.length).padStart(32, '0')}`;
      taken.push({ reference: new URL(callback).searchParams.get('delivery') ?? '', to: form.get('To') ?? '', atMs });
      answer(201, { sid, status: 'queued' });
      const timer = setTimeout(() => {
        timers.delete(timer);
        void report(callback, sid, authToken);
      }, REPORT_MS);
      timers.add(timer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  const vendor: VendorWindows = {
    url: `http://127.0.0.1:${port}`,
    taken,
    tooMany: 0,
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return vendor;
}

async function report(url: string, sid: string, authToken: string): Promise<void> {
  const answer = await fetch(url, signed(url, { MessageSid: sid, MessageStatus: 'delivered' }, authToken)).catch(
    () => null,
  );
  await answer?.body?.cancel();
}

/** A form as Twilio signs it. */
export function signed(url: string, fields: Record<string, string>, authToken: string) {
  const data = Object.keys(fields)
    .sort()
    .map((name) => name + fields[name])
    .join('');
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': createHmac('sha1', authToken)
        .update(url + data)
        .digest('base64'),
    },
    body: new URLSearchParams(fields).toString(),
  };
}
