import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STAFF_TASKS } from '../../src/server/staff-tasks.ts';
import { type EntraIssuer, startEntraIssuer, TENANT } from '../support/entra-issuer.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { youngPerson } from '../support/people.ts';
import { until } from '../support/until.ts';
import type { TeamsAnswer } from './inbox-stage.ts';
import { inboxWindow } from './inbox-window.ts';
import { atNoon } from './page-time.ts';
import { teamsHost } from './teams-host.ts';

let entra: EntraIssuer;
let house: TestHouse;
let waiting: string;
let foreign: string[];
/** What Teams says, first to last; the last one goes on. */
let answers: (() => Promise<TeamsAnswer>)[];
let asked = 0;
const { open, page, tab, at, run } = inboxWindow({ timeoutMs: 15_000 });

const token =
  (change: Record<string, unknown> = {}) =>
  async (): Promise<TeamsAnswer> => [true, await entra.token(change)];
const refuses = (why: string) => async (): Promise<TeamsAnswer> => [false, why];
const admin = (task: string, flags: Record<string, string>) => STAFF_TASKS[task]?.(house.deps.webchat, flags);
const alva = { tenant: TENANT, object: 'oid-1', name: 'Järva 1', role: 'worker', districts: 'jarva' };

beforeAll(async () => {
  entra = await startEntraIssuer();
  house = await startHouse('embedded', { env: entra.env, at: '2026-11-24T10:00:00+01:00' });
  house.time.offsetMs = 0;
  const person = await youngPerson(house);
  await person.says('de hotar min brorsa, vi bor i Husby');
  waiting = person.id;
  await admin('staff add', alva);
  const headers = async () => ({ authorization: `Bearer ${await entra.token()}` });
  await until(async () => {
    const response = await fetch(`${house.url}/api/inbox/conversations?view=waiting`, { headers: await headers() });
    return (await response.text()).includes(waiting);
  });
});

afterAll(async () => {
  await house?.stop();
  await entra?.stop();
});

beforeEach(async () => {
  foreign = [];
  asked = 0;
  answers = [token()];
  await admin('staff add', alva);
});

const visit = (path = '/teams', options: BrowserContextOptions = {}, before?: (opened: Page) => Promise<unknown>) =>
  open(house.url + path, options, async (opened) => {
    opened.on('response', (response) => response.url().startsWith(house.url) || foreign.push(response.url()));
    await opened.route(
      ({ pathname }) => pathname === '/teams',
      (route) => route.fulfill({ contentType: 'text/html', body: teamsHost() }),
    );
    await opened.exposeFunction('giveToken', () => answers[Math.min(asked++, answers.length - 1)]?.() ?? null);
    await before?.(opened);
  });
const row = () => at(`[data-row=${waiting}]`);
const heard = () => page().evaluate<string[]>('heard.map(([func]) => func)');
const trouble = (kind: string) => at(`[data-trouble=${kind}]`);
const again = () => tab().getByRole('button', { name: 'Försök igen' }).click();

describe('in Teams, with tokens of a directory', () => {
  it('a cold start tells Teams that it is drawn, asks for a token and shows the list, and talks to nobody else', async () => {
    const from = performance.now();
    await visit();
    await row().waitFor();
    process.stdout.write(
      `tab in Teams: first list after ${Math.round(performance.now() - from)} ms, browser tab included\n`,
    );
    const order = await heard();
    expect(order[0]).toBe('initialize');
    const place = (func: string) => order.indexOf(func);
    expect(place('appInitialization.appLoaded')).toBeGreaterThan(0);
    expect(place('appInitialization.success')).toBeGreaterThan(0);
    expect(place('authentication.getAuthToken')).toBeGreaterThan(place('getContext'));
    expect(foreign).toEqual([]);
    expect(await page().context().cookies()).toEqual([]);
  });

  it('follows light, dark and contrast while it runs', async () => {
    await visit();
    await row().waitFor();
    const theme = () => at('[data-theme]').first().getAttribute('data-theme');
    expect(await theme()).toBe('light');
    for (const [told, shown] of [
      ['dark', 'dark'],
      ['contrast', 'contrast'],
      ['default', 'light'],
      ['glass', 'light'],
    ]) {
      await page().evaluate(`tell('themeChange', ['${told}'])`);
      await expect.poll(theme).toBe(shown);
    }
  });

  it('a link opens its conversation; one that is no id, or of nobody, opens nothing and breaks nothing', async () => {
    await visit(`/teams#${waiting}`);
    await at('[data-seq="1"]').waitFor();
    for (const hostile of ['../../etc', '<img src=x onerror=alert(1)>', 'javascript:alert(1)', 'cnv_nobody']) {
      await page().context().close();
      await visit(`/teams#${encodeURIComponent(hostile)}`);
      await row().waitFor();
      expect(await at('[data-seq]').count()).toBe(0);
    }
    await tab().getByText('Samtalet finns inte längre hos dig.').waitFor();
  });

  it.each([
    ['consent', 'resourceRequiresConsent', 'Teams behöver ett godkännande'],
    ['teams', 'CancelledByUser', 'Teams kunde inte logga in dig'],
    ['teams', 'Service unavailable', 'Teams kunde inte logga in dig'],
  ])('%s: Teams says %s, the tab says what to do, and goes on when it is given', async (kind, why, words) => {
    answers = [refuses(why)];
    await visit();
    await trouble(kind).getByText(words).waitFor();
    expect(await at('[data-row]').count()).toBe(0);
    answers = [token()];
    await again();
    await row().waitFor();
  });

  it('Teams never answers: after ten seconds that is said, and a new try works', async () => {
    answers = [async () => null];
    await visit('/teams', {}, atNoon);
    await expect.poll(() => asked).toBeGreaterThan(0);
    await page().clock.runFor(9_900);
    expect(await trouble('teams').count()).toBe(0);
    await page().clock.runFor(100);
    await trouble('teams').waitFor();
    await page().clock.resume();
    answers = [token()];
    await again();
    await row().waitFor();
  });

  it('a token that ends in mid-session is renewed in silence, and what was being done is done', async () => {
    await visit();
    await row().click();
    await at('[data-seq="1"]').waitFor();
    const before = asked;
    const old = token({ exp: Math.floor(Date.now() / 1000) - 120 });
    answers = [...Array.from({ length: before }, () => token()), old, token()];
    await at('[data-verb=claim]').click();
    await at('[data-verb=close]').waitFor();
    await at('[data-verb=release]').click();
    await at('[data-yes]').click();
    await at('[data-verb=claim]').waitFor();
    expect(asked).toBeGreaterThan(before + 1);
    expect(await at('[data-trouble]').count()).toBe(0);
  });

  it.each([
    ['noRole', 'staff remove', {}, 'ingen roll'],
    ['noDistrict', 'staff district', { districts: '' }, 'ingen stadsdel'],
  ])(
    '%s: who is put out of service reads nothing more, sees how to get back in, and gets in',
    async (kind, task, more, words) => {
      await visit();
      await row().click();
      await at('[data-seq="1"]').waitFor();
      const id = String(await admin('staff add', alva)).replace('added ', '');
      await admin(task, { id, ...Object(more) });
      await trouble(kind).getByText(words).waitFor();
      expect(await at('[data-seq], [data-row]').count()).toBe(0);
      await admin('staff add', alva);
      await again();
      await row().waitFor();
    },
  );

  it('the directory takes the role away: the same page', async () => {
    answers = [token({ roles: [] })];
    await visit();
    await trouble('noRole').waitFor();
  });

  it('on a phone: from the list to the conversation and back, nothing sideways', async () => {
    await visit('/teams', { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });
    await row().tap();
    await at('[data-seq="1"]').waitFor();
    expect(await row().isVisible()).toBe(false);
    expect(await run('document.documentElement.scrollWidth')).toBe(390);
    await at('[data-back]').tap();
    await row().waitFor();
  });
});

describe('outside Teams', () => {
  it('a page that another page opened decides at once: teams-js is not even loaded', async () => {
    await visit('/about');
    const [opened] = await Promise.all([
      page().context().waitForEvent('page'),
      page().evaluate("window.open('/inbox/')"),
    ]);
    await opened.locator('[data-trouble=elsewhere], [data-trouble=off], [data-trouble=choose]').waitFor();
    expect(await opened.evaluate('window.opener !== null')).toBe(true);
    const loaded = await opened.evaluate<string[]>("performance.getEntriesByType('resource').map(({ name }) => name)");
    expect(loaded.filter((name) => /teams-host/.test(name))).toEqual([]);
  });

  it('only the tab’s pages may be framed by Teams', async () => {
    const frames = async (path: string) =>
      /frame-ancestors ([^;]+)/.exec((await fetch(house.url + path)).headers.get('content-security-policy') ?? '')?.[1];
    for (const path of ['/inbox/', '/inbox/config'])
      expect(await frames(path)).toContain('https://teams.microsoft.com');
    for (const path of ['/', '/about', '/privacy', '/chat', '/openapi.json', '/healthz', '/nowhere'])
      expect(await frames(path)).not.toContain('microsoft');
  });
});
