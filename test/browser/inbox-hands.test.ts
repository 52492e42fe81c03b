import { expect, it } from 'vitest';
import { inboxStage } from './inbox-stage.ts';

const { fake, page, at, visit, findings } = inboxStage({
  height: 900,
  set: (inbox) => inbox.add({ id: 'cnv_debt', risk: 'urgent' }, ['de säger att jag är skyldig pengar']),
});

const verb = (name: string) => at(`[data-verb=${name}]`).click();
const yes = () => at('[data-yes]').click();

async function hold(): Promise<void> {
  await visit();
  await at('[data-row=cnv_debt]').click();
  await verb('claim');
  await at('[data-verb=transfer]').waitFor();
}

const accessible = async () => expect(await findings()).toEqual([]);

it('hands over to a district: offered, shown as offered with what the person said, and taken back', async () => {
  await hold();
  await verb('transfer');
  await at('[data-to-district]').selectOption('farsta');
  await yes();
  await at('[data-offer]').getByText('Erbjudet Farsta').waitFor();
  expect(fake().posts.at(-1)).toMatchObject({ verb: 'transfer', body: { district: 'farsta' } });
  const { offer } = fake().open('cnv_debt').handover;
  if (offer) offer.visitorSaysNo = true;
  fake().changed('cnv_debt');
  await at('[data-says-no]').waitFor();
  await at('#root:not([aria-hidden])').waitFor();
  await accessible();
  await verb('withdraw');
  await at('[data-verb=transfer]').waitFor();
  expect(await at('[data-offer]').count()).toBe(0);
});

it('in one’s own district a colleague must be named', async () => {
  await hold();
  await verb('transfer');
  await at('[data-to-district]').selectOption('jarva');
  expect(await at('[data-yes]').getAttribute('disabled')).not.toBeNull();
  await at('[data-to-worker]').selectOption('wrk_3');
  await yes();
  await at('[data-offer]').waitFor();
  expect(fake().posts.at(-1)?.body).toMatchObject({ district: 'jarva', worker: 'wrk_3' });
});

it('an offer is shown without a word of it, accepted with one click and open at once', async () => {
  fake().add({ id: 'cnv_far', district: 'farsta', owner: 'worker' }, ['hemligt ord']);
  fake().offer('cnv_far');
  await visit();
  const offers = at('[data-offers]');
  await offers.getByText('Farsta 1, Farsta, ber om hjälp').waitFor();
  expect(await page().content()).not.toContain('hemligt ord');
  await accessible();
  await verb('accept');
  await page().getByText('hemligt ord').waitFor();
  expect(await at('[data-offers]').count()).toBe(0);
});

it('an offer is declined with a reason', async () => {
  fake().add({ id: 'cnv_far', district: 'farsta', owner: 'worker' });
  fake().offer('cnv_far');
  await visit();
  await verb('decline');
  await page().getByLabel('Vi hinner inte').check();
  await yes();
  await at('[data-offers]').waitFor({ state: 'detached' });
  expect(fake().posts.at(-1)).toMatchObject({ verb: 'decline', body: { reason: 'no-capacity' } });
});

it('a last word goes with the release', async () => {
  await hold();
  await verb('release');
  await page().getByLabel('Ett sista ord till personen').fill('Tack för att du skrev.');
  await yes();
  await at('[data-verb=claim]').waitFor();
  expect(fake().posts.at(-1)).toMatchObject({ verb: 'release', body: { text: 'Tack för att du skrev.' } });
});

it('a promised time is proposed, kept at the time the worker sets, and done', async () => {
  await hold();
  await at('#composer').fill('Vi hör av oss i morgon före 10.');
  await at('[data-send=reply]').click();
  await at('[data-proposal]').waitFor();
  await accessible();
  await at('[data-proposal] input').fill('2099-01-02T09:30');
  await at('[data-proposal-yes]').click();
  await at('[data-promised]').getByText('Vi hör av oss i morgon före 10.').waitFor();
  expect(fake().posts.at(-1)?.body).toMatchObject({ dueAt: '2099-01-02T08:30:00.000Z', seq: expect.any(Number) });
  await page().getByRole('button', { name: 'Gjort' }).click();
  await page().getByText('Inget är lovat.').waitFor();
});

it('a conversation of another district is opened with a reason only, and can then only be read', async () => {
  fake().add({ id: 'cnv_far', district: 'farsta', owner: 'waiting' }, ['läst med skäl']);
  fake().hide('cnv_far');
  await visit('/inbox/?worker=jarva-1#cnv_far');
  await verb('glass');
  await page().getByLabel('Jag har jour').check();
  await yes();
  await page().getByText('läst med skäl').waitFor();
  await at('[data-glass]').getByText('annan stadsdel').waitFor();
  expect(await at('[data-verb=claim]').count()).toBe(0);
  expect(await at('#composer-why').getAttribute('data-why')).toBe('glass');
  await accessible();
});

it('a conversation that was taken over says by whom', async () => {
  await hold();
  const opened = fake().open('cnv_debt');
  opened.claim = null;
  opened.conversation.worker = { id: 'wrk_9', name: 'Samordnare 1' };
  opened.conversation.version += 1;
  const line = { from: 'Järva 1', by: 'Samordnare 1', district: 'jarva', reason: 'holder-away', until: null };
  opened.handover.trail.push({ kind: 'taken', at: new Date().toISOString(), ...line });
  fake().changed('cnv_debt');
  await at('[data-notice=taken]').getByText('Samordnare 1').waitFor();
  await at('[data-trail]').getByText('Samordnare 1 tog över från Järva 1').waitFor();
  await at('[data-trail]').getByText('Kollegan är borta').waitFor();
});
