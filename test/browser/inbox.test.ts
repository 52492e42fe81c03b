import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeInbox, startFakeInbox } from '../support/fake-inbox.ts';
import { startInboxStage } from './inbox-stage.ts';

/** A page that frames the tab and speaks the part of the Teams protocol that MICROSOFT.md §6 lists. */
const TEAMS = `<!doctype html><body style="margin:0"><iframe id="tab" style="border:0;width:100vw;height:100vh"></iframe><script>
const runtime = JSON.stringify({ apiVersion: 4, isLegacyTeams: false, hostVersionsInfo: {}, supports: { app: { notifySuccessResponse: {} }, pages: { config: {} } } });
const context = { entityId: 'inbox', subEntityId: location.hash.slice(1), userObjectId: 'u', tid: 't', locale: 'sv-se', theme: 'contrast', frameContext: location.search === '?config' ? 'settings' : 'content', hostName: 'Teams', hostClientType: 'web', sessionId: 's', appSessionId: 'a' };
window.consent = location.search !== '?noconsent';
window.tell = (func, args) => document.getElementById('tab').contentWindow.postMessage({ func, args }, '*');
window.heard = [];
addEventListener('message', ({ data, source }) => {
  heard.push([data.func, data.args]);
  const say = (args) => source.postMessage({ id: data.id, uuidAsString: data.uuidAsString, args }, '*');
  if (data.func === 'initialize') say([context.frameContext, 'web', runtime, '2.0.1']);
  if (data.func === 'getContext') say([context]);
  if (data.func === 'authentication.getAuthToken') say(window.consent ? [true, 'teams-token'] : [false, 'resourceRequiresConsent']);
  if (data.func === 'appInitialization.success') { window.succeeded = true; say([{}]); }
});
document.getElementById('tab').src = location.search === '?config' ? '/inbox/config' : '/inbox/';
</script></body>`;
const SILENT = '<!doctype html><body><iframe src="/inbox/" style="width:100vw;height:100vh"></iframe></body>';

let stage: Awaited<ReturnType<typeof startInboxStage>>;
let fake: FakeInbox;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  stage = await startInboxStage();
}, 120_000);

afterAll(() => stage?.stop());

beforeEach(async () => {
  fake = await startFakeInbox(stage.dist, { '/teams': TEAMS, '/silent': SILENT });
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const reasons = [{ kind: 'coercion_debt', level: 'urgent' as const, rule: 'debt.forced' }];
  fake.add({ id: 'cnv_debt', risk: 'urgent', reasons, waitingSince: minutesAgo(2.5) }, [
    'de säger att jag är skyldig pengar',
    'Tack för att du berättar.',
  ]);
  fake.add({ id: 'cnv_son', risk: 'elevated', channel: 'sms', language: 'ar', waitingSince: minutesAgo(12.5) });
  complaints = [];
});

afterEach(async () => {
  await page?.context().close();
  await fake.close();
});

async function visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await stage.browser.newContext({
    locale: 'sv-SE',
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  context.setDefaultTimeout(8_000);
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(fake.url + path);
  return page;
}

const open = async (id: string) => {
  await visit('/inbox/?worker=jarva-1');
  await page.locator(`[data-row=${id}]`).click();
  await page.locator('[data-author=visitor]').first().waitFor();
};
const claim = async (id: string) => {
  await open(id);
  await page.locator('[data-verb=claim]').click();
  await page.locator('[data-verb=close]').waitFor();
};
const box = () => page.locator('#composer');
const reply = async (text: string) => {
  await box().fill(text);
  await page.locator('[data-send=reply]').click();
};

describe('a worker at the desk', () => {
  it('reads the list, opens, takes over, replies, notes and closes', async () => {
    await visit('/inbox/?worker=jarva-1');
    await expect.poll(() => page.locator('[data-row]').first().getAttribute('data-row')).toBe('cnv_debt');
    await expect.poll(() => page.title()).toBe('(2) Inkorg');
    expect(await page.locator('[data-longest]').first().innerText()).toBe('längst 12 min');
    await page.locator('[data-row=cnv_debt]').click();
    expect(await page.locator('[data-seq="1"]').textContent()).toContain('de säger att jag är skyldig pengar');
    expect(await page.locator('aside').innerText()).toContain('Skuld, tvång eller saker att förvara');

    await page.locator('[data-verb=claim]').click();
    await reply('Hej, jag läser.');
    await page.locator('[data-author=worker]', { hasText: 'Hej, jag läser.' }).waitFor();
    expect(await box().inputValue()).toBe('');

    await page.locator('[data-set-mode=note]').click();
    await box().fill('Ringer fältassistent.');
    await page.locator('[data-send=note]').click();
    await page.getByRole('alertdialog').getByText('Spara som anteckning?').waitFor();
    await page.locator('[data-yes]').click();
    await page.locator('[data-notes] li', { hasText: 'Ringer fältassistent.' }).waitFor();
    expect(await page.getByRole('log').textContent()).not.toContain('Ringer fältassistent.');

    await page.locator('[data-verb=close]').click();
    await page.getByLabel('Fick en tid').click();
    await page.locator('[data-yes]').click();
    await page.locator('[data-why=closed], [data-mode=note]').first().waitFor();
    await expect.poll(() => fake.open('cnv_debt').conversation.owner).toBe('closed');
    expect(fake.posts.map(({ verb }) => verb)).toEqual(['claim', 'reply', 'note', 'close']);
    expect(fake.posts.at(-1)?.body).toMatchObject({ outcome: 'booked' });
    expect(complaints).toEqual([]);
  });

  it('moves, opens, takes over and writes by keyboard', async () => {
    await visit('/inbox/?worker=jarva-1');
    await page.locator('[data-row]').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.locator('[data-verb=claim]').waitFor();
    await page.keyboard.press('t');
    await page.locator('[data-verb=close]').waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('tjena n t ?');
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-author=worker]', { hasText: 'tjena n t ?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Kortkommandon').waitFor();
    expect(fake.open('cnv_debt').conversation.worker?.id).toBe('wrk_1');
  });
});

describe('what cannot be done', () => {
  it('a claim that is lost names the holder', async () => {
    await open('cnv_debt');
    fake.fail('claim', 409, 'Farsta 2');
    await page.locator('[data-verb=claim]').click();
    await page.locator('[data-notice=held]', { hasText: 'Farsta 2 har redan tagit över.' }).waitFor();
    expect(await page.locator('[data-verb=close]').count()).toBe(0);
  });

  it('a refused reply stays in the box and says who holds the conversation', async () => {
    await claim('cnv_debt');
    fake.fail('reply', 409, 'Farsta 2');
    await reply('Det här får inte försvinna');
    await page.locator('[data-notice=held]', { hasText: 'Farsta 2' }).waitFor();
    expect(await box().inputValue()).toBe('Det här får inte försvinna');
    expect(await page.locator('[data-outgoing]').count()).toBe(0);
  });

  it('a reply the network cut off is tried again under the same id', async () => {
    await claim('cnv_debt');
    fake.fail('reply', 'cut');
    await reply('Är du kvar?');
    await page.locator('[data-outgoing=failed]').waitFor();
    fake.fail('reply', null);
    await page.locator('[data-outgoing=failed]').getByText('Försök igen').click();
    await page.locator('[data-author=worker]', { hasText: 'Är du kvar?' }).waitFor();
    await expect.poll(() => page.locator('[data-outgoing]').count()).toBe(0);
    const ids = fake.posts.flatMap(({ verb, body }) => (verb === 'reply' ? [JSON.stringify(body)] : []));
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(1);
  });

  it('someone who said no to texts cannot be answered, and the reason is shown', async () => {
    fake.open('cnv_son').handover.unreachable = 'opted-out';
    await open('cnv_son');
    expect(await box().isDisabled()).toBe(true);
    expect(await page.locator('[data-why=opted-out]').innerText()).toContain('har sagt nej till sms');
  });

  it('a conversation that is no longer ours leaves the screen, the draft stays', async () => {
    await claim('cnv_debt');
    await box().fill('mitt utkast');
    await page.route('**/api/inbox/conversations/cnv_debt', (route) =>
      route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{}' }),
    );
    fake.changed('cnv_debt');
    await page.getByText('Samtalet finns inte längre hos dig.').waitFor();
    const text = await page.locator('main').innerText();
    expect(text).not.toContain('skyldig pengar');
    expect(text).toContain('mitt utkast');
  });
});

describe('drafts', () => {
  it('survive a reload, each in its own mode', async () => {
    await claim('cnv_debt');
    await box().fill('svar på väg');
    await page.locator('[data-set-mode=note]').click();
    await box().fill('bara för oss');
    await page.reload();
    await expect.poll(() => box().inputValue()).toBe('bara för oss');
    await page.locator('[data-set-mode=reply]').click();
    expect(await box().inputValue()).toBe('svar på väg');
  });

  it('survive a token that is no longer accepted', async () => {
    await claim('cnv_debt');
    await box().fill('halvskrivet');
    fake.forgetTokens();
    await page.locator('[data-send=reply]').click();
    await page.locator('[data-author=worker]', { hasText: 'halvskrivet' }).waitFor();
  });
});

describe('live', () => {
  it('shows a new message and a new conversation within a second', async () => {
    fake.duty.until = new Date(Date.now() + 3_600_000).toISOString();
    await open('cnv_debt');
    await expect.poll(() => fake.streams()).toBe(1);
    const from = Date.now();
    fake.says('cnv_debt', 'visitor', 'är du där');
    await page.locator('[data-author=visitor]', { hasText: 'är du där' }).waitFor();
    expect(Date.now() - from).toBeLessThan(1_000);
    fake.add({ id: 'cnv_new', risk: 'emergency' });
    await page.locator('[data-row=cnv_new]').waitFor();
    await expect.poll(() => page.locator('[data-alarm]').innerText()).toBe('Fara nu väntar, Järva');
  });

  it('a dropped stream comes back and shows what was missed meanwhile', async () => {
    await open('cnv_debt');
    await expect.poll(() => fake.streams()).toBe(1);
    fake.dropStreams(true);
    await page.locator('[data-link=down]').waitFor();
    fake.says('cnv_debt', 'visitor', 'medan du var borta');
    fake.add({ id: 'cnv_missed' });
    fake.dropStreams(false);
    await page.locator('[data-row=cnv_missed]').waitFor();
    await page.locator('[data-author=visitor]', { hasText: 'medan du var borta' }).waitFor();
    await expect.poll(() => page.locator('[data-link=down]').count()).toBe(0);
  });
});

describe('many', () => {
  it('a log of 300 messages starts at the first, and 1,000 rows scroll in pages', async () => {
    for (let n = 0; n < 300; n += 1) fake.says('cnv_debt', n % 2 ? 'bot' : 'visitor', `rad ${n}`);
    for (let n = 0; n < 1_000; n += 1) fake.add({ id: `cnv_${n}` }, []);
    await open('cnv_debt');
    expect(await page.locator('[data-seq="1"]').count()).toBe(1);
    expect(await page.locator('[data-seq]').count()).toBe(302);
    await expect.poll(() => page.locator('[data-seq="302"]').isVisible()).toBe(true);
    const rows = page.locator('[data-row]');
    for (let seen = 0; seen < 1_002; seen = await rows.count()) {
      await rows.last().scrollIntoViewIfNeeded();
      await expect.poll(() => rows.count(), { timeout: 8_000 }).toBeGreaterThan(seen);
    }
  }, 30_000);
});

describe('where it runs', () => {
  it('on 320 px one pane shows at a time and nothing scrolls sideways', async () => {
    await visit('/inbox/?worker=jarva-1', { viewport: { width: 320, height: 568 } });
    const sideways = () => page.evaluate(() => document.documentElement.scrollWidth);
    await page.locator('[data-row=cnv_debt]').click();
    await page.locator('[data-verb=claim]').waitFor();
    expect(await page.locator('[data-row=cnv_debt]').isVisible()).toBe(false);
    expect(await sideways()).toBe(320);
    await page.locator('[data-details]').click();
    expect(await page.locator('aside').isVisible()).toBe(true);
    expect(await page.locator('#composer').isVisible()).toBe(false);
    await page.getByText('Tillbaka').click();
    await page.locator('[data-back]').click();
    await page.locator('[data-row=cnv_debt]').waitFor();
    expect(await sideways()).toBe(320);
  });

  it('in a plain browser the picker signs in and the theme follows the preference', async () => {
    await visit('/inbox/', { colorScheme: 'dark' });
    await page.getByRole('button', { name: 'jarva-1' }).click();
    await page.locator('[data-row=cnv_debt]').waitFor();
    expect(await page.locator('[data-theme]').first().getAttribute('data-theme')).toBe('dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(() => page.locator('[data-theme]').first().getAttribute('data-theme')).toBe('light');
  });

  it('in Teams it signs in by token, opens the linked conversation and follows the theme', async () => {
    await visit('/teams#cnv_debt');
    const tab = page.frameLocator('#tab');
    await tab.locator('[data-seq="1"]').waitFor();
    const theme = () => tab.locator('[data-theme]').first().getAttribute('data-theme');
    expect(await theme()).toBe('contrast');
    await page.evaluate('tell("themeChange", ["dark"])');
    await expect.poll(theme).toBe('dark');
    expect(await page.evaluate('succeeded')).toBe(true);
  });

  it('in Teams without consent it says what to do, and goes on when it is given', async () => {
    await visit('/teams?noconsent');
    const tab = page.frameLocator('#tab');
    await tab.locator('[data-trouble=consent]').waitFor();
    await page.evaluate('consent = true');
    await tab.getByRole('button', { name: 'Försök igen' }).click();
    await tab.locator('[data-row=cnv_debt]').waitFor();
  });

  it('the configuration page offers Teams a tab for the picked district', async () => {
    await visit('/teams?config');
    await page.frameLocator('#tab').getByLabel('Hägersten-Älvsjö').click();
    const heard = async (name: string) =>
      JSON.stringify(await page.evaluate(`heard.filter(([func]) => func === ${JSON.stringify(name)})`));
    await expect.poll(() => heard('settings.setValidityState')).toContain('true');
    await page.evaluate("tell('settings.save', [{}])");
    await expect.poll(() => heard('settings.setSettings')).toContain('/inbox/?district=hagersten-alvsjo');
  });

  it('under a parent that never answers it decides within three seconds', async () => {
    await visit('/silent');
    await page.frameLocator('iframe').getByRole('button', { name: 'jarva-1' }).waitFor();
    expect(await page.frames().at(-1)?.evaluate('performance.now()')).toBeLessThan(3_000);
  });
});

describe('accessible', () => {
  it.each(['light', 'dark', 'contrast'] as const)('no axe finding in any state, %s', async (theme) => {
    const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    const found: [state: string, findings: unknown][] = [];
    fake.open('cnv_debt').notes.push({ id: 'nte_1', worker: 'Farsta 2', text: 'hej', at: new Date().toISOString() });
    const inTeams = theme === 'contrast';
    await visit(inTeams ? '/teams' : '/inbox/', inTeams ? {} : { colorScheme: theme });
    const tab = () => page.frames().at(-1) ?? page.mainFrame();
    const look = async (state: string) => {
      await expect.poll(() => tab().evaluate(STILL)).toBe(true);
      await tab().evaluate(axe);
      found.push([state, await tab().evaluate(AXE_RUN)]);
    };
    if (!inTeams) {
      await tab().getByRole('button', { name: 'jarva-1' }).waitFor();
      await look('sign-in');
      await tab().getByRole('button', { name: 'jarva-1' }).click();
    }
    await tab().locator('[data-row=cnv_debt]').waitFor();
    await look('list');
    await tab().locator('[data-duty=off]').click();
    await tab().locator('[data-yes]').waitFor();
    await look('duty');
    await tab().locator('[data-yes]').click();
    await tab().locator('[data-duty=on]').waitFor();
    await tab().locator('[data-row=cnv_debt]').click();
    await tab().locator('[data-verb=claim]').click();
    await tab().locator('[data-verb=close]').waitFor();
    await look('reply');
    await tab().locator('[data-set-mode=note]').click();
    await tab().locator('#composer').fill('x');
    await look('note');
    await tab().locator('[data-verb=close]').click();
    await tab().locator('[data-yes]').waitFor();
    await look('close');
    expect(found.filter(([, findings]) => JSON.stringify(findings) !== '[]')).toEqual([]);
    expect(found.length).toBe(inTeams ? 5 : 6);
  });
});

const STILL = 'document.getAnimations().every(({ playState }) => playState !== "running")';
/** Without the focus stops that Fluent's Tabster puts in, hidden from readers but not from the Tab key. */
const AXE_RUN =
  'axe.run({ exclude: [["[data-tabster-dummy]"]] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html.slice(0, 160) + node.failureSummary)]))';
