import { readFileSync } from 'node:fs';
import type { Door } from '../../../auth/door.ts';
import { Problem } from '../../../problem.ts';
import type { InboundText } from '../vendor/provider.ts';
import { webhookRequest } from '../vendor/webhook-request.ts';
import type { Simulator } from './simulator.ts';

export interface DevPhoneDeps {
  simulator: Simulator;
  takeText(text: InboundText): Promise<boolean>;
}

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'self'";

/**
 * The simulated phone. `GET /dev/phone?number=` gives `{messages: PhoneText[]}`, or the phone itself to a browser that asks for HTML;
 * `POST /dev/phone {"from","text"}` sends a text and gives the same list. @throws Problem 400, 413; 422 for a sender that is no number.
 */
export function devPhoneRoutes(door: Door, { simulator, takeText }: DevPhoneDeps): void {
  const page = asset('page.html');
  door.on('dev', 'get', '/dev/phone', (c) => {
    c.header('vary', 'Accept');
    c.header('cache-control', 'no-store');
    if (!(c.req.header('accept') ?? '').includes('text/html')) {
      return c.json({ messages: simulator.messages(c.req.query('number') ?? '') });
    }
    c.header('content-security-policy', CSP);
    return c.html(page);
  });
  door.on('dev', 'post', '/dev/phone', async (c) => {
    const request = await webhookRequest(c);
    const header = (name: string) => (name === 'content-type' ? 'application/json' : request.header(name));
    const text = simulator.inbound({ ...request, header });
    // Kept first: the reply must not be shown before what it answers.
    const kept = simulator.keep(text.from, text.text);
    const taken = await takeText(text).catch((error: unknown) => {
      kept.undo();
      throw error;
    });
    if (!taken) throw new Problem(422, 'The sender is not a number one can answer.');
    return c.json({ messages: simulator.messages(text.from) });
  });
  for (const [name, type] of ASSETS) {
    const body = asset(name);
    door.on('dev', 'get', `/dev/phone/${name}`, (c) => c.body(body, 200, { 'content-type': type }));
  }
}

const ASSETS = [
  ['page.js', 'text/javascript; charset=utf-8'],
  ['page.css', 'text/css; charset=utf-8'],
] as const;

const asset = (name: string): string => readFileSync(new URL(`./phone/${name}`, import.meta.url), 'utf8');
