import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { FORM_HEADER } from '../../src/inbox/wire.ts';
import { inboxStage } from './inbox-stage.ts';

const { at, visit } = inboxStage({ set: (inbox) => inbox.add({ id: 'cnv_first' }) });

let asked: string[] = [];

/** The list is there, and a token lies ready for the next load; from then on what a load asks for is kept in `asked`. */
async function enter(): Promise<Page> {
  const opened = await visit();
  await at('[data-row]').waitFor();
  opened.on('request', (request) => {
    if (request.isNavigationRequest()) asked = [];
    asked.push(new URL(request.url()).pathname + new URL(request.url()).search);
  });
  return opened;
}

it('a reload asks for the list before React has come, once, and for the rest when the list is drawn', async () => {
  const opened = await enter();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await opened.route('**/assets/vendor-*', async (route) => {
    await held;
    await route.continue();
  });
  const reloaded = opened.reload();
  const lists = () => asked.filter((path) => path.startsWith('/api/inbox/conversations?view=waiting'));
  await expect.poll(lists).toHaveLength(1);
  expect(asked).toContain('/api/inbox/me');
  expect(asked).not.toContain('/api/inbox/counts');
  release();
  await reloaded;
  await at('[data-row]').waitFor();
  await expect.poll(() => asked).toContain('/api/inbox/counts');
});

it('what is fetched after the list cannot be had: said where the conversation would be, with the way out', async () => {
  const opened = await enter();
  await opened.route('**/assets/later-parts-*', (route) => route.abort());
  await opened.reload();
  await at('[data-row]').click();
  await at('main [role=alert]').getByText('Det gick inte att hämta').waitFor();
  await opened.unroute('**/assets/later-parts-*');
  await at('main').getByRole('button', { name: 'Försök igen' }).click();
  await at('#conversation-title').waitFor();
});

it('a service with other shapes than the page has: the page asks to be loaded again', async () => {
  const opened = await enter();
  const headers = { [FORM_HEADER]: 'newer' };
  await opened.route('**/api/inbox/counts', (route) => route.fulfill({ json: {}, headers }));
  await opened.reload();
  await at('[data-notice=outdated]').getByRole('button', { name: 'Ladda om' }).waitFor();
});
