import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inboxStage, minutesAgo } from './inbox-stage.ts';

const THEMES = ['default', 'dark', 'contrast'] as const;
const DESKTOP = { width: 1280, height: 720 };
const PHONE = { width: 320, height: 640 };

const { page, at, run, visit } = inboxStage({
  set(inbox) {
    const threatened = [{ kind: 'threatened', level: 'emergency' as const, rule: 'threat.now' }];
    const debt = [{ kind: 'coercion_debt', level: 'urgent' as const, rule: 'debt.forced' }];
    const colleague = { owner: 'worker' as const, worker: { id: 'wrk_3', name: 'Järva 2' }, waitingSince: null };
    inbox.add({ id: 'cnv_door', risk: 'emergency', reasons: threatened, waitingSince: minutesAgo(2) }, [
      'de står utanför',
    ]);
    inbox.add({ id: 'cnv_debt', risk: 'urgent', reasons: debt, waitingSince: minutesAgo(4) }, [
      'de säger att jag är skyldig pengar',
      'Tack för att du berättar. Att någon utnyttjar dig är inte ditt fel. Du behöver inte lösa det ensam.',
      'jag ska hämta en väska ikväll annars händer det något med min bror',
      'Det du skriver låter farligt. Ring 112 nu om du kan. Jag har larmat en socialsekreterare.',
    ]);
    const farsta = { district: 'farsta', waitingSince: minutesAgo(31) };
    inbox.add({ id: 'cnv_son', risk: 'elevated', channel: 'sms', language: 'ar', ...farsta });
    inbox.add({ id: 'cnv_who', district: 'hagersten-alvsjo', language: 'ckb', waitingSince: minutesAgo(75) });
    inbox.add({ id: 'cnv_ask', language: 'en', waitingSince: minutesAgo(5) });
    inbox.add({ id: 'cnv_far', risk: 'urgent', ...farsta, ...colleague });
    inbox.offer('cnv_far');
  },
});

test.each(THEMES)('the inbox in Teams, %s', async (theme) => {
  await enter(theme, DESKTOP);
  await at('[data-row=cnv_debt]').click();
  await at('[data-seq="1"]').waitFor();
  await take(`inbox-${theme}`);
  await enter(theme, PHONE);
  await take(`inbox-${theme}-phone-list`);
  await at('[data-row=cnv_debt]').click();
  await at('[data-seq="1"]').waitFor();
  await take(`inbox-${theme}-phone`);
  expect(await run('document.documentElement.scrollWidth')).toBe(PHONE.width);
});

async function enter(theme: string, viewport: typeof PHONE): Promise<void> {
  await visit('/teams', { viewport });
  await at('[data-row=cnv_door]').waitFor();
  // It comes a moment after the list.
  await at('[data-duty]').waitFor();
  if (await at('[data-duty=off]').count()) {
    await at('[data-duty]').click();
    await at('[data-yes]').click();
  }
  await at('[data-alarm]').waitFor();
  await page().evaluate(`tell('themeChange', ['${theme}'])`);
  await at(`[data-theme=${theme === 'default' ? 'light' : theme}]`)
    .first()
    .waitFor();
}

async function take(name: string): Promise<void> {
  await page().evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
  await page().screenshot({ path: fileURLToPath(new URL(`./screenshots/${name}.png`, import.meta.url)) });
}
