import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { inboxStage, inMinutes } from './inbox-stage.ts';

const { page, at, run, visit, still, findings } = inboxStage({
  height: 720,
  set(inbox) {
    inbox.duty.until = inMinutes(60);
    const reasons = [{ kind: 'threatened', level: 'emergency' as const, rule: 'threat.now' }];
    inbox.add({ id: 'cnv_door', risk: 'emergency', reasons });
    inbox.add({ id: 'cnv_debt', risk: 'urgent' }, ['de säger att jag är skyldig pengar', 'Tack för att du berättar.']);
    inbox.add({ id: 'cnv_son', risk: 'elevated', channel: 'sms', language: 'ar', district: 'hagersten-alvsjo' });
    inbox.add({ id: 'cnv_far', owner: 'worker', district: 'farsta' });
    inbox.offer('cnv_far');
  },
});

/** In Teams, in one of its themes. */
async function enter(theme: string, options: BrowserContextOptions = {}): Promise<void> {
  await visit('/teams', options);
  await at('[data-alarm]').waitFor();
  await page().evaluate(`tell('themeChange', ['${theme}'])`);
  await at(`[data-theme=${theme === 'default' ? 'light' : theme}]`)
    .first()
    .waitFor();
}

/** Shows each state in turn. */
async function* states(): AsyncGenerator<string> {
  yield 'alarm, offer and list';
  await at('[data-row=cnv_debt]').hover();
  yield 'a row under the pointer';
  await at('[data-row=cnv_debt]').click();
  await at('[data-seq="1"]').waitFor();
  yield 'open beside its row';
  await at('[data-sound]').click();
  await at('[data-alarm-seen]').click();
  yield 'sound on, alarm seen';
  await at('select[data-filter=language]').selectOption('fi');
  await at('[data-clear-filters]').waitFor();
  yield 'nothing fits the filter';
  await at('[data-clear-filters]').click();
  await at('[data-view=team]').click();
  yield 'an empty view';
  await at('h2').focus();
  await page().keyboard.press('?');
  await at('[data-shortcuts]').waitFor();
  yield 'keys';
}

describe('axe finds nothing', () => {
  it.each(['default', 'dark', 'contrast'])(
    'in any state of the list, %s',
    async (theme) => {
      await enter(theme);
      const found: [string, unknown][] = [];
      for await (const state of states()) found.push([state, await findings(`${theme} ${state}`)]);
      expect(found.filter(([, what]) => JSON.stringify(what) !== '[]')).toEqual([]);
      expect(found.length).toBe(7);
    },
    60_000,
  );

  it('with the system’s forced colours, and there every urgency keeps its word and icon', async () => {
    await enter('contrast', { forcedColors: 'active' });
    expect(await findings()).toEqual([]);
    const marks = await at('[data-row] [data-risk]').evaluateAll((all) =>
      all.map((mark) => [mark.textContent, (mark.querySelector('svg')?.getBoundingClientRect().width ?? 0) > 0]),
    );
    expect(marks).toEqual([
      ['Fara nu', true],
      ['Akut', true],
      ['Oro', true],
    ]);
  });

  it('in English', async () => {
    await visit(undefined, { locale: 'en-GB' });
    await at('[data-alarm]').getByText('Danger now waiting, Järva').waitFor();
    expect(await findings()).toEqual([]);
    expect(await at('html').getAttribute('lang')).toBe('en-GB');
    expect(await at('body').innerText()).not.toMatch(/väntar|Alla|öppet/);
  });
});

/** What can be pressed and is smaller than a thumb. */
const SMALL = `[...document.querySelectorAll('button, select, [role=radio], [role=tab], a')].filter((each) => each.checkVisibility())
.map((each) => ({ what: each.outerHTML.slice(0, 120), box: each.getBoundingClientRect() }))
.filter(({ box }) => box.width > 0 && (box.height < 44 || box.width < 44)).map(({ what, box }) => what + ' ' + box.width + ' x ' + box.height)`;
const SIDEWAYS = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

describe('one hand on a phone', () => {
  it.each([320, 390])(
    '%i px: one pane at a time, everything pressed is 44 px, verbs are at the lower edge',
    async (width) => {
      await enter('default', { viewport: { width, height: 640 }, hasTouch: true });
      expect([await run(SMALL), await run(SIDEWAYS)]).toEqual([[], 0]);
      await at('[data-row=cnv_debt]').tap();
      await at('[data-verb=claim]').waitFor();
      expect(await at('[data-row=cnv_debt]').isVisible()).toBe(false);
      expect([await run(SMALL), await run(SIDEWAYS)]).toEqual([[], 0]);
      const claim = await at('[data-verb=claim]').boundingBox();
      expect(claim?.y).toBeGreaterThan(640 * 0.75);
      await at('[data-verb=claim]').tap();
      await at('[data-more-verbs]').tap();
      await at('[data-verb=close]').waitFor();
      expect([await run(SMALL), await run(SIDEWAYS)]).toEqual([[], 0]);
      expect((await at('[data-verb=close]').boundingBox())?.y).toBeGreaterThan(640 * 0.5);
      expect(await findings()).toEqual([]);
      await at('[data-verb=close]').tap();
      await at('[data-yes]').waitFor();
      await still();
      expect([await run(SMALL), await run(SIDEWAYS)]).toEqual([[], 0]);
    },
  );
});

describe('enlarged', () => {
  it.each([
    [200, { width: 640, height: 400 }],
    [400, { width: 320, height: 256 }],
  ])(
    '%i %% of a 1280 px screen: nothing scrolls sideways, and the list and the box are reached',
    async (_, viewport) => {
      await enter('default', { viewport, deviceScaleFactor: 2 });
      expect(await run(SIDEWAYS)).toBe(0);
      await at('[data-row=cnv_son]').scrollIntoViewIfNeeded();
      await at('[data-row=cnv_son]').click();
      await at('#composer').scrollIntoViewIfNeeded();
      await at('#composer').fill('Hej');
      expect(await at('#composer').isVisible()).toBe(true);
      expect(await inView('#composer')).toBe(true);
      expect(await inView('[data-seq="1"]')).toBe(true);
      expect(await run(SIDEWAYS)).toBe(0);
    },
  );
});

const inView = async (what: string): Promise<boolean> => {
  await at(what).scrollIntoViewIfNeeded();
  return at(what).evaluate((element) => {
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 8));
    return top !== null && (element.contains(top) || top.contains(element));
  });
};

it('with reduced motion nothing moves', async () => {
  await enter('default', { reducedMotion: 'reduce' });
  await at('[data-duty]').click();
  await at('[data-yes]').waitFor();
  const moving = await run<number>(
    'document.getAnimations().filter((each) => each.effect.getComputedTiming().activeDuration > 10).length',
  );
  expect(moving).toBe(0);
});
