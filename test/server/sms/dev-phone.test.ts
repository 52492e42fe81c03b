import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openSmsHouse, RELATIVE, type SmsHouse } from './sms-house.ts';

let house: SmsHouse;
beforeAll(async () => {
  house = await openSmsHouse({ provider: 'simulator' });
});
afterAll(() => house.close());

const write = (from: string, text: unknown, more = {}) =>
  fetch(`${house.origin}/dev/phone`, { method: 'POST', body: JSON.stringify({ from, text, ...more }) });
const texts = async (number = RELATIVE) => {
  const response = await fetch(`${house.origin}/dev/phone?number=${encodeURIComponent(number)}`);
  const { messages } = (await response.json()) as {
    messages: { text: string; direction: string; status: string; at: string }[];
  };
  return messages;
};
const short = async () => (await texts()).slice(-1).map((m) => `${m.direction} ${m.status} ${m.text}`)[0];

test('what the phone writes is received, and what is sent to it is shown with its status', async () => {
  const answer = await write('070-174 06 05', 'Hej?');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ messages: [{ text: 'Hej?', direction: 'in', status: 'received' }] });
  expect(await house.visitorTexts()).toEqual(['Hej?']);
  const id = await house.say('Hej – här är vi. delay 1s');
  await house.deliver(id, false);
  expect(await short()).toBe('out sent Hej - här är vi. delay 1s');
  await vi.waitFor(
    async () => expect(await house.delivery(id)).toMatchObject({ status: 'delivered', provider: 'simulator' }),
    { timeout: 5_000 },
  );
  expect(await short()).toBe('out delivered Hej - här är vi. delay 1s');
  expect(await texts('+46701740606')).toEqual([]);
});

test('the same id twice is one message', async () => {
  await write(RELATIVE, 'en gång', { id: 'a1' });
  await write(RELATIVE, 'en gång', { id: 'a1' });
  expect((await house.visitorTexts()).filter((t) => t === 'en gång')).toHaveLength(1);
});

test('its text steers failures: a carrier code is reported later, an API code at once', async () => {
  const late = await house.say('error 30005');
  await house.deliver(late, false);
  expect((await house.delivery(late)).status).toBe('sent');
  await vi.waitFor(async () => expect(await house.delivery(late)).toMatchObject({ status: 'failed', error: '30005' }));
  const down = await house.say('error 503');
  await expect(house.deliver(down, false)).rejects.toMatchObject({ kind: 'temporary' });
  await house.deliver(down, true);
  expect(await house.delivery(down)).toMatchObject({ status: 'failed', error: 'http-503' });
  const stopped = await house.say('error 21610');
  await house.deliver(stopped, false);
  expect(await house.delivery(stopped)).toMatchObject({ status: 'refused', error: '21610' });
  await house.optOut(null);
});

test('what the phone writes steers the next text to it, once', async () => {
  await write(RELATIVE, 'undelivered');
  const [first, second] = [await house.say('ett'), await house.say('två')];
  for (const id of [first, second]) await house.deliver(id, false);
  await vi.waitFor(async () => {
    expect(await house.delivery(first)).toMatchObject({ status: 'failed', error: 'undelivered' });
    expect((await house.delivery(second)).status).toBe('delivered');
  });
  await write(RELATIVE, 'error 503');
  const third = await house.say('tre');
  await expect(house.deliver(third, false)).rejects.toThrow('http-503');
  await expect(house.deliver(third, false)).rejects.toThrow('http-503');
  await write(RELATIVE, 'nu går det');
  await house.deliver(third, false);
  expect((await house.delivery(third)).status).toBe('sent');
});

test('bad input gets the right status and stores nothing', async () => {
  const before = await house.count('message');
  expect((await write('Telia', 'hej')).status).toBe(422);
  expect((await write(RELATIVE, 7)).status).toBe(400);
  expect((await fetch(`${house.origin}/dev/phone`, { method: 'POST', body: '{' })).status).toBe(400);
  expect(await house.count('message')).toBe(before);
});

test('a browser gets a phone without inline script or style', async () => {
  const page = await fetch(`${house.origin}/dev/phone`, { headers: { accept: 'text/html,*/*' } });
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  const html = await page.text();
  expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=|style=/);
  for (const [, path] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const asset = await fetch(house.origin + path);
    expect([asset.status, asset.headers.get('content-type')?.split(';')[0]]).toEqual([
      200,
      path?.endsWith('.js') ? 'text/javascript' : 'text/css',
    ]);
  }
});

test('nothing that was written is in the log', () => {
  expect(house.lines.join('\n')).not.toMatch(/701740605|Hej|undelivered hej/);
});
