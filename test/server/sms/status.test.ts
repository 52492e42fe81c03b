import { afterAll, beforeAll, expect, test } from 'vitest';
import { cut, openFakeVendor, twilioCreated } from './fake-vendor.ts';
import { elksRequest, elksSettings, openSmsHouse, type SmsHouse, twilioRequest, twilioSettings } from './sms-house.ts';

let vendor: Awaited<ReturnType<typeof openFakeVendor>>;
let house: SmsHouse;
beforeAll(async () => {
  vendor = await openFakeVendor(twilioCreated);
  house = await openSmsHouse(twilioSettings(vendor.url));
});
afterAll(async () => {
  await house.close();
  await vendor.close();
});

async function report(sid: string, status: string, error = '', reference = ''): Promise<number> {
  const path = `/sms/twilio/status${reference ? `?delivery=${reference}` : ''}`;
  const fields = { MessageSid: sid, MessageStatus: status, To: '+46701740605', ...(error ? { ErrorCode: error } : {}) };
  const response = await fetch(house.origin + path, twilioRequest(path, fields));
  expect(await response.text()).toBe('');
  return response.status;
}

async function sent(): Promise<{ id: string; sid: string }> {
  const id = await house.say('hemlig');
  await house.deliver(id, false);
  return { id, sid: (await house.delivery(id)).providerId ?? '' };
}

test('reports move a delivery forward; one that comes late or twice changes nothing', async () => {
  const { id, sid } = await sent();
  house.announced.length = 0;
  for (const status of ['queued', 'sent', 'delivered', 'sent', 'delivered', 'undelivered', 'a_new_one']) {
    expect(await report(sid, status)).toBe(204);
  }
  expect(await house.delivery(id)).toMatchObject({ status: 'delivered', error: null });
  expect(house.announced).toHaveLength(1);
});

test.each([
  ['undelivered', '30005', 'failed', '30005'],
  ['undelivered', '30008', 'failed', '30008'],
  ['failed', '30006', 'failed', '30006'],
  ['failed', '', 'failed', 'failed'],
])('%s with code "%s" becomes %s', async (status, code, state, error) => {
  const { id, sid } = await sent();
  await report(sid, status, code);
  expect(await house.delivery(id)).toMatchObject({ status: state, error });
  await report(sid, 'delivered');
  expect(await house.delivery(id)).toMatchObject({ status: 'delivered', error: null });
});

test('a handset that was out of reach gets the text again, three times at most, and never once it has arrived', async () => {
  vendor.requests.length = 0;
  const { id, sid } = await sent();
  house.queued.length = 0;
  await report(sid, 'undelivered', '30003');
  expect(await house.delivery(id)).toMatchObject({ status: 'queued', error: '30003', attempts: 1 });
  expect(house.queued.map((job) => [job.deliveryId, job.afterMs])).toEqual([[id, 20_000]]);
  for (const afterMs of [60_000, 180_000]) {
    await house.deliver(id, false);
    await report((await house.delivery(id)).providerId ?? '', 'undelivered', '30003');
    expect(house.queued.at(-1)).toMatchObject({ deliveryId: id, afterMs });
  }
  await house.deliver(id, false);
  await report((await house.delivery(id)).providerId ?? '', 'undelivered', '30003');
  expect(await house.delivery(id)).toMatchObject({ status: 'failed', error: '30003', attempts: 4 });
  expect(vendor.requests).toHaveLength(4);

  const other = await sent();
  await report(other.sid, 'undelivered', '30003');
  await report(other.sid, 'delivered', '', other.id);
  await house.deliver(other.id, false);
  expect(await house.delivery(other.id)).toMatchObject({ status: 'delivered', error: null, attempts: 1 });
});

test('21610 in a report is an opt-out (F45)', async () => {
  const { id, sid } = await sent();
  await report(sid, 'failed', '21610');
  expect(await house.delivery(id)).toMatchObject({ status: 'refused', error: '21610' });
  expect(await house.optedOutAt()).not.toBeNull();
  await house.optOut(null);
});

test('a report on an unknown text is answered and logged without an id', async () => {
  expect(await report('SM99999', 'delivered')).toBe(204);
  expect(await report('SM99999', 'delivered', '', 'dlv_00000000000000000000000000000000')).toBe(204);
  expect(await report('SM99999', 'delivered', '', 'dlv_0%27%20or%201=1')).toBe(204);
  expect(house.lines.filter((l) => l.includes('sms.status-unknown-id'))).toHaveLength(3);
});

test('a report with our reference settles a text whose answer was lost', async () => {
  const id = await house.say('hemlig');
  vendor.now(cut);
  await house.deliver(id, false);
  vendor.now(twilioCreated);
  expect((await house.delivery(id)).status).toBe('unknown');
  await report('SM777', 'sent', '', id);
  expect(await house.delivery(id)).toMatchObject({ status: 'sent', providerId: 'SM777', error: null });
  await report('SM778', 'failed', '30005', id);
  expect((await house.delivery(id)).status).toBe('sent');
  await report('SM777', 'delivered');
  expect((await house.delivery(id)).status).toBe('delivered');
});

test('a report that overtakes the answer to the send is kept', async () => {
  const id = await house.say('hemlig');
  vendor.now((response) => {
    void report('SM888', 'delivered', '', id).then(() => response.writeHead(201).end(JSON.stringify({ sid: 'SM888' })));
  });
  await house.deliver(id, false);
  vendor.now(twilioCreated);
  expect(await house.delivery(id)).toMatchObject({ status: 'delivered', providerId: 'SM888' });
});

test('a text that was taken although the vendor answered 5xx is not sent again once a report says so', async () => {
  const id = await house.say('hemlig');
  vendor.requests.length = 0;
  vendor.now((response) => void response.writeHead(500).end());
  await expect(house.deliver(id, false)).rejects.toThrow('http-500');
  await report('SM999', 'sent', '', id);
  vendor.now(twilioCreated);
  await house.deliver(id, false);
  expect(vendor.requests).toHaveLength(1);
  expect(await house.delivery(id)).toMatchObject({ status: 'sent', providerId: 'SM999' });
});

test('46elks reports by form with our credentials', async () => {
  const ids = ['s1', 's2'];
  const elk = await openFakeVendor((r) => void r.end(JSON.stringify({ id: ids.shift(), status: 'created' })));
  const other = await openSmsHouse(elksSettings(elk.url));
  const [ok, lost] = [await other.say('hemlig'), await other.say('hemlig')];
  for (const id of [ok, lost]) await other.deliver(id, false);
  const tell = (fields: Record<string, string>) => fetch(`${other.origin}/sms/46elks/status`, elksRequest(fields));
  expect((await tell({ id: 's1', status: 'delivered', delivered: '2026-11-22T10:00:00' })).status).toBe(204);
  expect((await tell({ id: 's2', status: 'failed' })).status).toBe(204);
  expect((await tell({ id: 's2', status: 'odd' })).status).toBe(204);
  expect((await other.delivery(ok)).status).toBe('delivered');
  expect(await other.delivery(lost)).toMatchObject({ status: 'failed', error: 'failed' });
  await other.close();
  await elk.close();
});
