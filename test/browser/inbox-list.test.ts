import { afterEach, describe, expect, it } from 'vitest';
import { inboxStage, inMinutes, minutesAgo } from './inbox-stage.ts';

const { fake, page, at, visit, logged } = inboxStage({
  set(inbox) {
    inbox.add({ id: 'cnv_first', risk: 'elevated', waitingSince: minutesAgo(9.5) });
    inbox.add({ id: 'cnv_son', risk: 'elevated', channel: 'sms', language: 'ar', waitingSince: minutesAgo(8) });
    inbox.add({ id: 'cnv_last', district: 'farsta', waitingSince: minutesAgo(7) });
  },
});
afterEach(() => expect(logged()).toEqual([]));

const rows = () => at('[data-row]').evaluateAll((all) => all.map((row) => row.getAttribute('data-row')));
const focused = () =>
  page().evaluate(() => document.activeElement?.getAttribute('data-row') ?? document.activeElement?.id);
const onDuty = () => {
  fake().duty.until = inMinutes(60);
};

/** Counts the tones that are started, in place of playing them. */
const COUNT_TONES = `window.tones = 0; const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) { window.tones += 1; return start.call(this, at); };`;
const tones = () => page().evaluate<number>('tones');

async function enter(): Promise<void> {
  await visit(undefined, {}, (opened) => opened.addInitScript(COUNT_TONES));
  await at('[data-row=cnv_first]').waitFor();
}

describe('filters', () => {
  it('show one language, channel or district, survive a reload, and are taken away at once', async () => {
    await enter();
    await at('select[data-filter=language]').selectOption('ar');
    await expect.poll(rows).toEqual(['cnv_son']);
    await page().reload();
    await at('[data-row=cnv_son]').waitFor();
    expect(await rows()).toEqual(['cnv_son']);
    await at('select[data-filter=channel]').selectOption('web');
    await page().getByText('Inget samtal här passar').waitFor();
    await at('[data-clear-filters]').click();
    await expect.poll(rows).toEqual(['cnv_first', 'cnv_son', 'cnv_last']);
    await at('select[data-filter=district]').selectOption('farsta');
    await expect.poll(rows).toEqual(['cnv_last']);
    expect(await at('[data-view=waiting]').innerText()).toBe('Väntar 3');
    expect(await at('[data-longest]').first().innerText()).toBe('längst 9 min');
  });
});

describe('alarms', () => {
  it('red is told wherever one is: banner, title and a tone if wanted; once; and leads there', async () => {
    onDuty();
    await enter();
    await at('[data-sound=off]').click();
    expect(await tones()).toBe(2);
    await at('[data-view=mine]').click();
    await at('select[data-filter=language]').selectOption('fi');
    fake().add({ id: 'cnv_red', risk: 'emergency' });
    await at('[data-alarm=waiting]').getByText('Fara nu väntar, Järva').waitFor();
    await expect.poll(() => page().title()).toBe('Fara nu · (4) Inkorg');
    await expect.poll(tones).toBe(4);
    fake().says('cnv_red', 'visitor', 'är någon där');
    fake().add({ id: 'cnv_green' });
    await expect.poll(() => page().title()).toBe('Fara nu · (5) Inkorg');
    expect(await tones()).toBe(4);
    await at('[data-alarm-open]').click();
    await at('[data-seq="1"]').waitFor();
    await expect.poll(() => at('[data-alarm]').count()).toBe(0);
    await expect.poll(() => page().title()).toBe('(5) Inkorg');
  });

  it('whoever is off duty gets none, and is told so', async () => {
    await enter();
    await at('[data-sound=off]').click();
    fake().add({ id: 'cnv_red', risk: 'emergency' });
    await at('[data-row=cnv_red]').waitFor();
    await expect.poll(() => page().title()).toBe('(4) Inkorg');
    expect([await tones(), await at('[data-alarm]').count()]).toEqual([2, 0]);
    await at('select[data-filter=language]').selectOption('fi');
    await at('[data-view=waiting]').waitFor();
    for (const id of ['cnv_first', 'cnv_son', 'cnv_last', 'cnv_red']) fake().hide(id);
    await at('[data-clear-filters]').click();
    await page().getByText('Du är inte i tjänst och får inga larm.').waitFor();
  });

  it('new danger in what one holds is told also when another conversation is open', async () => {
    onDuty();
    await enter();
    await at('[data-row=cnv_first]').click();
    await at('[data-verb=claim]').click();
    await at('[data-verb=close]').waitFor();
    await at('[data-row=cnv_son]').click();
    await at('[data-verb=claim]').waitFor();
    await at('[data-sound=off]').click();
    fake().open('cnv_first').conversation.risk = 'urgent';
    fake().says('cnv_first', 'visitor', 'nu är de här');
    await at('[data-alarm=raised]').getByText('Nytt i ditt samtal: Akut, Järva').waitFor();
    await expect.poll(tones).toBe(4);
    expect(await at('[data-alarms]').innerText()).not.toContain('nu är de här');
    await at('[data-alarm-seen]').click();
    await expect.poll(() => at('[data-alarm]').count()).toBe(0);
  });
});

describe('focus', () => {
  it('goes to the row beside when the one that had it is taken by a colleague, and stays when it moves', async () => {
    await enter();
    await at('[data-row=cnv_son]').focus();
    fake().open('cnv_last').conversation.risk = 'emergency';
    fake().changed('cnv_last');
    await expect.poll(rows).toEqual(['cnv_last', 'cnv_first', 'cnv_son']);
    expect(await focused()).toBe('cnv_son');
    await at('[data-row=cnv_first]').focus();
    fake().hide('cnv_first');
    fake().changed('cnv_son');
    await expect.poll(rows).toEqual(['cnv_last', 'cnv_son']);
    await expect.poll(focused).toBe('cnv_son');
    fake().hide('cnv_son');
    fake().changed('cnv_last');
    await expect.poll(focused).toBe('cnv_last');
  });

  it('is on the conversation when the pressed button is gone with what it did', async () => {
    await enter();
    await at('[data-row=cnv_first]').click();
    await at('[data-verb=claim]').focus();
    await page().keyboard.press('Enter');
    await at('[data-verb=close]').waitFor();
    await expect.poll(focused).toBe('conversation-title');
  });

  it('walks by keyboard from the list to a reply and back, and letters can be turned off', async () => {
    await enter();
    await page().keyboard.press('j');
    await page().keyboard.press('Enter');
    await expect.poll(focused).toBe('conversation-title');
    await page().keyboard.press('n');
    expect(await focused()).toBe('composer');
    await page().keyboard.press('Escape');
    expect(await focused()).toBe('conversation-title');
    await page().keyboard.press('Escape');
    expect(await focused()).toBe('cnv_first');
    await page().keyboard.press('j');
    expect(await focused()).toBe('cnv_son');
    await page().keyboard.press('?');
    await page().getByLabel('Enkla tangenter är på').click();
    await page().keyboard.press('Escape');
    await page().getByRole('dialog').waitFor({ state: 'detached' });
    await at('[data-row=cnv_son]').focus();
    await page().keyboard.press('j');
    expect(await focused()).toBe('cnv_son');
    await page().reload();
    await at('[data-row=cnv_son]').focus();
    await page().keyboard.press('k');
    expect(await focused()).toBe('cnv_son');
  });
});

describe('thousands', () => {
  it('3,000 rows are read page by page and scroll to the end; news of one row draws one', async () => {
    for (let n = 0; n < 3_000; n += 1) fake().add({ id: `cnv_${n}` }, []);
    await enter();
    await page().evaluate(readAll(3_003));
    await page().evaluate('new Promise((done) => requestIdleCallback(done))');
    expect(await page().evaluate(SCROLL)).toBeGreaterThan(50);
    await page().evaluate(WATCH_ROWS);
    fake().says('cnv_son', 'visitor', 'hej');
    await expect.poll(() => page().evaluate<string[]>('[...changedRows]')).toEqual(['cnv_son']);
    expect((await rows()).length).toBe(3_003);
  }, 120_000);
});

/** Scrolls to the end until so many rows are there. */
const readAll = (wanted: number) => `(async () => {
  const box = document.querySelector('[data-scroll]');
  while (document.querySelectorAll('[data-row]').length < ${wanted}) {
    box.scrollTop = box.scrollHeight;
    await new Promise((done) => setTimeout(done, 20));
  }
})()`;
/** From the top to the end, a screen each frame; how many it took. */
const SCROLL = `(async () => {
  const box = document.querySelector('[data-scroll]');
  let steps = 0;
  for (box.scrollTop = 0; box.scrollTop + box.clientHeight < box.scrollHeight - 1; steps += 1) {
    box.scrollTop += box.clientHeight;
    await new Promise(requestAnimationFrame);
  }
  return steps;
})()`;
/** From now on the rows whose content changes are noted. */
const WATCH_ROWS = `window.changedRows = new Set();
new MutationObserver((records) => {
  for (const { target } of records) {
    const row = (target.nodeType === 1 ? target : target.parentElement)?.closest('[data-row]');
    if (row) changedRows.add(row.dataset.row);
  }
}).observe(document.querySelector('[data-scroll]'), { subtree: true, childList: true, characterData: true });`;
