import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newId } from '../../db/schema/columns.ts';
import { conversation } from '../../db/schema/conversation.ts';
import { privateLink } from '../../db/schema/texting.ts';
import { directionOf } from '../../src/bot/widget/direction.ts';
import { catalogue } from '../../src/bot/widget/texts/catalogue.ts';
import { linkTexts } from '../../src/server/channels/webchat/private-link/texts.ts';
import { PHONE, soon, widgetStage } from './widget-stage.ts';

const { chat, open, look } = widgetStage({ beatMs: 200 });

/** A relative who texts in that language and has asked for a link. */
async function linkFor(language: string): Promise<{ path: string; threadId: string }> {
  const { db, receive, links, clock } = chat();
  const number = `+46701740${600 + Math.floor(Math.random() * 100)}`;
  const { conversationId, threadId } = await receive({
    sender: { channel: 'sms', number },
    externalId: newId('tst'),
    text: `hej ${newId('tst')}`,
    language,
  });
  await db.update(conversation).set({ language }).where(eq(conversation.id, conversationId));
  const id = newId('lnk');
  const url = links.urlOf(id);
  const tokenHash = links.hashOf(url.split('/').at(-1) ?? '');
  const expiresAt = new Date(clock().getTime() + 900_000);
  await db.insert(privateLink).values({ id, conversationId, tokenHash, expiresAt });
  return { path: new URL(url).pathname, threadId };
}

for (const [tag, { name }] of Object.entries(catalogue))
  test(`${name}: the page of a private link fits 320 px, speaks its language, and axe is silent`, async () => {
    const { path, threadId } = await linkFor(tag);
    const words = Object.entries(linkTexts).find(([key]) => key === tag)?.[1] ?? linkTexts.sv;
    const page = await open(PHONE, path);
    const html = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
    expect(html).toEqual([tag, directionOf(tag)]);
    const fits = async (state: string) => {
      await look(page, `${tag}-link-${state}`);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over, state).toBe(0);
    };
    await fits('pick');
    await page.getByLabel(words.pick).fill('4711');
    await page.getByRole('button', { name: words.open }).click();
    await page.waitForURL(/\/chat\?lang=/);
    const kept = await page.evaluate(() => JSON.parse(sessionStorage.getItem('chat') ?? '{}').conversation);
    expect(kept).toBe(threadId);
    await page.goBack().catch(() => {});
    expect(page.url()).not.toContain('/l/');

    const again = await open(PHONE, path);
    await look(again, `${tag}-link-enter`);
    expect(await again.locator('main').innerText()).toContain(words.taken);
    await again.getByLabel(words.enter).fill('0000');
    await again.getByRole('button', { name: words.open }).click();
    await soon(async () => expect(await again.getByRole('status').innerText()).toContain(words.wrong));
    expect(await again.getByRole('status').innerText()).toContain('4');
  });

test('a link that nobody was sent says so, and axe is silent', async () => {
  const dead = await open(PHONE, '/l/0000000000');
  expect(await dead.getByRole('status').innerText()).toBe(linkTexts.sv.dead);
  await look(dead, 'link-dead');
});
