import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { GIVEN, inboxStage, inMinutes, minutesAgo } from './inbox-stage.ts';
import { atNoon, impatient } from './page-time.ts';

/** A page that frames the tab and says nothing; it notes what it is asked. */
const SILENT = `<!doctype html><body><iframe id="tab" style="width:100vw;height:100vh"></iframe><script>window.heard = [];
addEventListener('message', ({ data }) => heard.push(data.func)); document.getElementById('tab').src = '/inbox/';</script></body>`;

const { fake, page, tab, at, visit, logged, findings, teams } = inboxStage({
  theme: 'contrast',
  pages: { '/silent': SILENT },
  set(inbox) {
    const reasons = [{ kind: 'coercion_debt', level: 'urgent' as const, rule: 'debt.forced' }];
    inbox.add({ id: 'cnv_debt', risk: 'urgent', reasons, waitingSince: minutesAgo(2.5) }, [
      'de säger att jag är skyldig pengar',
      'Tack för att du berättar.',
    ]);
    inbox.add({ id: 'cnv_son', risk: 'elevated', channel: 'sms', language: 'ar', waitingSince: minutesAgo(12.5) });
  },
});

const open = async (id: string, before?: (opened: Page) => Promise<unknown>) => {
  await visit(undefined, {}, before);
  await at(`[data-row=${id}]`).click();
  await at('[data-author=visitor]').first().waitFor();
};
const claim = async (id: string) => {
  await open(id);
  await at('[data-verb=claim]').click();
  await at('[data-verb=close]').waitFor();
};
const box = () => at('#composer');
/** What was said to the page that frames the tab, of one kind. */
const heard = (name: string) =>
  page().evaluate<unknown[]>(`heard.filter(([func]) => func === ${JSON.stringify(name)})`);
const reply = async (text: string) => {
  await box().fill(text);
  await at('[data-send=reply]').click();
};

describe('a worker at the desk', () => {
  it('reads the list, opens, takes over, replies, notes and closes', async () => {
    await visit();
    await expect.poll(() => at('[data-row]').first().getAttribute('data-row')).toBe('cnv_debt');
    await expect.poll(() => page().title()).toBe('(2) Inkorg');
    expect(await at('[data-longest]').first().innerText()).toBe('längst 12 min');
    await at('[data-row=cnv_debt]').click();
    expect(await at('[data-seq="1"]').textContent()).toContain('de säger att jag är skyldig pengar');
    expect(await at('aside').innerText()).toContain('Skuld, tvång eller saker att förvara');

    await at('[data-verb=claim]').click();
    await reply('Hej, jag läser.');
    await at('[data-author=worker]', 'Hej, jag läser.').waitFor();
    expect(await box().inputValue()).toBe('');

    await at('[data-set-mode=note]').click();
    await box().fill('Ringer fältassistent.');
    await at('[data-send=note]').click();
    await page().getByRole('alertdialog').getByText('Spara som anteckning?').waitFor();
    await at('[data-yes]').click();
    await at('[data-notes] li', 'Ringer fältassistent.').waitFor();
    expect(await page().getByRole('log').textContent()).not.toContain('Ringer fältassistent.');

    await at('[data-verb=close]').click();
    await page().getByLabel('Fick en tid').click();
    await at('[data-yes]').click();
    await at('[data-why=closed], [data-mode=note]').first().waitFor();
    await expect.poll(() => fake().open('cnv_debt').conversation.owner).toBe('closed');
    expect(fake().posts.map(({ verb }) => verb)).toEqual(['claim', 'reply', 'note', 'close']);
    expect(fake().posts.at(-1)?.body).toMatchObject({ outcome: 'booked' });
    expect(logged()).toEqual([]);
  });

  it('moves, opens, takes over and writes by keyboard', async () => {
    await visit();
    await at('[data-row]').first().waitFor();
    await page().keyboard.press('j');
    await page().keyboard.press('j');
    await page().keyboard.press('k');
    await page().keyboard.press('Enter');
    await at('[data-verb=claim]').waitFor();
    await page().keyboard.press('t');
    await at('[data-verb=close]').waitFor();
    await page().keyboard.press('r');
    await page().keyboard.type('tjena n t ?');
    await page().keyboard.press('Control+Enter');
    await at('[data-author=worker]', 'tjena n t ?').waitFor();
    await page().keyboard.press('Escape');
    await page().keyboard.press('?');
    await page().getByRole('dialog').getByText('Kortkommandon').waitFor();
    expect(fake().open('cnv_debt').conversation.worker?.id).toBe('wrk_1');
  });
});

describe('what cannot be done', () => {
  it('a claim that is lost names the holder', async () => {
    await open('cnv_debt');
    fake().fail('claim', 409, 'Farsta 2');
    await at('[data-verb=claim]').click();
    await at('[data-notice=held]', 'Farsta 2 har redan tagit över.').waitFor();
    expect(await at('[data-verb=close]').count()).toBe(0);
  });

  it('a refused reply stays in the box and says who holds the conversation', async () => {
    await claim('cnv_debt');
    fake().fail('reply', 409, 'Farsta 2');
    await reply('Det här får inte försvinna');
    await at('[data-notice=held]', 'Farsta 2').waitFor();
    expect(await box().inputValue()).toBe('Det här får inte försvinna');
    expect(await at('[data-outgoing]').count()).toBe(0);
  });

  it('a reply the network cut off is tried again under the same id', async () => {
    await claim('cnv_debt');
    fake().fail('reply', 'cut');
    await reply('Är du kvar?');
    await at('[data-outgoing=failed]').waitFor();
    fake().fail('reply', null);
    await at('[data-outgoing=failed]').getByText('Försök igen').click();
    await at('[data-author=worker]', 'Är du kvar?').waitFor();
    await expect.poll(() => at('[data-outgoing]').count()).toBe(0);
    const ids = fake().posts.flatMap(({ verb, body }) => (verb === 'reply' ? [JSON.stringify(body)] : []));
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(1);
  });

  it('someone who said no to texts cannot be answered, and the reason is shown', async () => {
    fake().open('cnv_son').handover.unreachable = 'opted-out';
    await open('cnv_son');
    expect(await box().isDisabled()).toBe(true);
    expect(await at('[data-why=opted-out]').innerText()).toContain('har sagt nej till sms');
  });

  it('a conversation that is no longer ours leaves the screen, the draft stays', async () => {
    await claim('cnv_debt');
    await box().fill('mitt utkast');
    await page().route('**/api/inbox/conversations/cnv_debt', (route) =>
      route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{}' }),
    );
    fake().changed('cnv_debt');
    await page().getByText('Samtalet finns inte längre hos dig.').waitFor();
    const text = await at('main').innerText();
    expect(text).not.toContain('skyldig pengar');
    expect(text).toContain('mitt utkast');
  });
});

describe('drafts', () => {
  it('survive a reload, each in its own mode', async () => {
    await claim('cnv_debt');
    await box().fill('svar på väg');
    await at('[data-set-mode=note]').click();
    await box().fill('bara för oss');
    await page().reload();
    await expect.poll(() => box().inputValue()).toBe('bara för oss');
    await at('[data-set-mode=reply]').click();
    expect(await box().inputValue()).toBe('svar på väg');
  });

  it('survive a token that is no longer accepted', async () => {
    await claim('cnv_debt');
    await box().fill('halvskrivet');
    fake().forgetTokens();
    await at('[data-send=reply]').click();
    await at('[data-author=worker]', 'halvskrivet').waitFor();
  });
});

describe('live', () => {
  it('shows a new message and a new conversation within a second', async () => {
    fake().duty.until = inMinutes(60);
    await open('cnv_debt', impatient(1_000));
    await expect.poll(() => fake().streams()).toBe(1);
    fake().says('cnv_debt', 'visitor', 'är du där');
    await at('[data-author=visitor]', 'är du där').waitFor();
    fake().add({ id: 'cnv_new', risk: 'emergency' });
    await at('[data-row=cnv_new]').waitFor();
    await expect.poll(() => at('[data-alarm]').innerText()).toBe('Fara nu väntar, Järva');
  });

  it('a dropped stream comes back and shows what was missed meanwhile', async () => {
    await open('cnv_debt');
    await expect.poll(() => fake().streams()).toBe(1);
    fake().dropStreams(true);
    await at('[data-link=down]').waitFor();
    fake().says('cnv_debt', 'visitor', 'medan du var borta');
    fake().add({ id: 'cnv_missed' });
    fake().dropStreams(false);
    await at('[data-row=cnv_missed]').waitFor();
    await at('[data-author=visitor]', 'medan du var borta').waitFor();
    await expect.poll(() => at('[data-link=down]').count()).toBe(0);
  });
});

describe('many', () => {
  it('a log of 300 messages starts at the first, and 1,000 rows scroll in pages', async () => {
    for (let n = 0; n < 300; n += 1) fake().says('cnv_debt', n % 2 ? 'bot' : 'visitor', `rad ${n}`);
    for (let n = 0; n < 1_000; n += 1) fake().add({ id: `cnv_${n}` }, []);
    await open('cnv_debt');
    expect(await at('[data-seq="1"]').count()).toBe(1);
    expect(await at('[data-seq]').count()).toBe(302);
    await expect.poll(() => at('[data-seq="302"]').isVisible()).toBe(true);
    const rows = at('[data-row]');
    for (let seen = 0; seen < 1_002; seen = await rows.count()) {
      await rows.last().scrollIntoViewIfNeeded();
      await expect.poll(() => rows.count(), { timeout: 8_000 }).toBeGreaterThan(seen);
    }
  }, 30_000);
});

describe('where it runs', () => {
  it('on 320 px one pane shows at a time and nothing scrolls sideways', async () => {
    await visit(undefined, { viewport: { width: 320, height: 568 } });
    const sideways = () => page().evaluate(() => document.documentElement.scrollWidth);
    await at('[data-row=cnv_debt]').click();
    await at('[data-verb=claim]').waitFor();
    expect(await at('[data-row=cnv_debt]').isVisible()).toBe(false);
    expect(await at('[data-longest]:visible').innerText()).toBe('längst 12 min');
    expect(await sideways()).toBe(320);
    await at('[data-details]').click();
    expect(await at('aside').isVisible()).toBe(true);
    expect(await at('[data-longest]:visible').innerText()).toBe('längst 12 min');
    expect(await at('#composer').isVisible()).toBe(false);
    await page().getByText('Tillbaka').click();
    await at('[data-back]').click();
    await at('[data-row=cnv_debt]').waitFor();
    expect(await sideways()).toBe(320);
  });

  it('in a plain browser the picker signs in and the theme follows the preference', async () => {
    await visit('/inbox/', { colorScheme: 'dark' });
    await page().getByRole('button', { name: 'jarva-1' }).click();
    await at('[data-row=cnv_debt]').waitFor();
    expect(await at('[data-theme]').first().getAttribute('data-theme')).toBe('dark');
    await page().emulateMedia({ colorScheme: 'light' });
    await expect.poll(() => at('[data-theme]').first().getAttribute('data-theme')).toBe('light');
  });

  it('in Teams it signs in by token, opens the linked conversation and follows the theme', async () => {
    await visit('/teams#cnv_debt');
    await at('[data-seq="1"]').waitFor();
    const theme = () => at('[data-theme]').first().getAttribute('data-theme');
    expect(await theme()).toBe('contrast');
    await page().evaluate("tell('themeChange', ['dark'])");
    await expect.poll(theme).toBe('dark');
    expect(await heard('appInitialization.success')).toHaveLength(1);
  });

  it('in Teams without consent it says what to do, and goes on when it is given', async () => {
    teams.answer = [false, 'resourceRequiresConsent'];
    await visit('/teams');
    await at('[data-trouble=consent]').waitFor();
    teams.answer = GIVEN;
    await tab().getByRole('button', { name: 'Försök igen' }).click();
    await at('[data-row=cnv_debt]').waitFor();
  });

  it('the configuration page offers Teams a tab for the picked district', async () => {
    await visit('/teams?config');
    await tab().getByLabel('Hägersten-Älvsjö').click();
    await expect.poll(async () => JSON.stringify(await heard('settings.setValidityState'))).toContain('true');
    await page().evaluate("tell('settings.save', [{}])");
    const settings = async () => JSON.stringify(await heard('settings.setSettings'));
    await expect.poll(settings).toContain('/inbox/?district=hagersten-alvsjo');
  });

  it('under a parent that never answers it decides within three seconds', async () => {
    await visit('/silent', {}, atNoon);
    await expect.poll(() => page().evaluate<string[]>('heard')).toContain('initialize');
    await page().clock.runFor(3_000);
    await tab().getByRole('button', { name: 'jarva-1' }).waitFor();
  });
});

describe('accessible', () => {
  it.each(['light', 'dark', 'contrast'] as const)('no axe finding in any state, %s', async (theme) => {
    const found: [state: string, what: unknown][] = [];
    const look = async (state: string) => found.push([state, await findings(`${theme}-${state}`)]);
    fake().open('cnv_debt').notes.push({ id: 'nte_1', worker: 'Farsta 2', text: 'hej', at: new Date().toISOString() });
    const inTeams = theme === 'contrast';
    await visit(inTeams ? '/teams' : '/inbox/', inTeams ? {} : { colorScheme: theme });
    if (!inTeams) {
      await at('button', 'jarva-1').waitFor();
      await look('sign-in');
      await at('button', 'jarva-1').click();
    }
    await at('[data-row=cnv_debt]').waitFor();
    await look('list');
    await at('[data-duty=off]').click();
    await at('[data-yes]').waitFor();
    await look('duty');
    await at('[data-yes]').click();
    await at('[data-duty=on]').waitFor();
    await at('[data-row=cnv_debt]').click();
    await at('[data-verb=claim]').click();
    await at('[data-verb=close]').waitFor();
    await look('reply');
    await at('[data-set-mode=note]').click();
    await at('#composer').fill('x');
    await look('note');
    await at('[data-verb=close]').click();
    await at('[data-yes]').waitFor();
    await look('close');
    expect(found.filter(([, what]) => JSON.stringify(what) !== '[]')).toEqual([]);
    expect(found.length).toBe(inTeams ? 5 : 6);
  });
});
