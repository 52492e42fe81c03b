import { describe, expect, it } from 'vitest';
import { inboxStage } from './inbox-stage.ts';

const THREAT = 'de säger att de ska skjuta min bror i kväll';
const ANSWER = {
  id: 'gang-debt',
  version: 3,
  text: 'أنت لست ملزمًا بالدفع.\n\nYou do not have to pay.',
  draft: true,
  original: 'Du måste inte betala.',
};

const { fake, page, tab, at, run, visit, findings, picture } = inboxStage({
  height: 1_000,
  theme: 'contrast',
  set(inbox) {
    const reasons = [{ kind: 'threatened', level: 'emergency' as const, rule: 'threat.kill' }];
    const sms = { channel: 'sms' as const, language: 'ar' };
    inbox.add({ id: 'cnv_son', ...sms, risk: 'emergency', reasons }, ['hej', 'Hej. Vi har tystnadsplikt.', THREAT]);
    const { messages, handover } = inbox.open('cnv_son');
    const place = { placeFrom: 'postcode', coveredFor: 'Järva' };
    Object.assign(handover, { asked: [3], warned: 2, topics: ['threatened'], ...place });
    Object.assign(messages[2] ?? {}, { heard: { level: 'emergency', spans: [[20, 26]] } });
    inbox.writing.translates = true;
    inbox.approved.push(ANSWER, { id: 'leisure', version: 1, text: 'Du kan åka hit.', draft: false, original: null });
  },
});

const box = () => at('#composer');
async function hold(): Promise<void> {
  await at('[data-row=cnv_son]').click();
  await at('[data-verb=claim]').click();
  await at('#composer:enabled').waitFor();
}
const lastReply = () => fake().posts.findLast(({ verb }) => verb === 'reply')?.body;

describe('what the one who takes over sees', () => {
  it('what was asked in the person’s own words, the words that raised the danger, what they were told and where from', async () => {
    await visit();
    await at('[data-row=cnv_son]').click();
    await at('[data-asked] blockquote', THREAT).waitFor();
    expect(await at('[data-heard] blockquote').innerText()).toBe('skjuta');
    expect(await at('[data-warned]').getAttribute('data-warned')).toBe('true');
    expect(await at('[data-place]').innerText()).toContain('Järva har stängt, staden svarar');
    await at('[data-heard] [data-jump="3"]').click();
    await expect.poll(() => run('document.activeElement.dataset.seq')).toBe('3');
    Object.assign(fake().open('cnv_son').handover, { warned: null, coveredFor: null });
    fake().says('cnv_son', 'visitor', 'är du där?');
    await at('[data-warned=false]').getByText('Säg det innan hen berättar mer').waitFor();
    expect(await at('[data-place]').innerText()).toContain('av postnumret');
  });

  it('that the person is writing, until their words have come', async () => {
    await visit();
    await at('[data-row=cnv_son]').click();
    await at('[data-author=visitor]').first().waitFor();
    fake().types('cnv_other');
    fake().types('cnv_son');
    await at('[data-typing]').waitFor();
    fake().says('cnv_son', 'visitor', 'snälla svara');
    await at('[data-typing]').waitFor({ state: 'detached' });
    await at('[data-author=visitor]', 'snälla svara').waitFor();
  });

  it.each([
    ['no-number', 'Numret är förstört'],
    ['erased', 'Samtalet är raderat'],
    ['opted-out', 'har sagt nej till sms'],
  ] as const)('a person who cannot be reached, %s: the field is closed and says why', async (why, words) => {
    fake().open('cnv_son').handover.unreachable = why;
    await visit();
    await at('[data-row=cnv_son]').click();
    await at(`[data-why=${why}]`).getByText(words).waitFor();
    expect(await box().isDisabled()).toBe(true);
    await at('[data-set-mode=note]').click();
    expect(await box().isDisabled()).toBe(why === 'erased');
  });

  it('that the person has left the chat, with the field still open', async () => {
    fake().open('cnv_son').handover.leftAt = new Date().toISOString();
    await visit();
    await hold();
    await at('#composer-why').getByText('Personen lämnade chatten').waitFor();
    expect(await box().isDisabled()).toBe(false);
  });

  it('violent words are blurred on wish, everywhere, shown one by one or by one key, and the wish survives a reload', async () => {
    await visit();
    await at('[data-row=cnv_son]').click();
    await at('[data-author=visitor]').first().waitFor();
    expect(await at('[data-blurred]').count()).toBe(0);
    await tab().getByLabel('Sudda våldsamma ord').check();
    await expect.poll(() => at('[data-blurred]').count()).toBe(3);
    expect(await at('[data-seq="1"] [data-blurred]').count()).toBe(0);
    await at('[data-seq="3"] [data-blurred] button').click();
    await expect.poll(() => at('[data-blurred]').count()).toBe(2);
    await page().keyboard.press('v');
    await expect.poll(() => at('[data-blurred]').count()).toBe(0);
    await page().keyboard.press('v');
    await at('[data-blurred]').first().waitFor();
    await page().reload();
    await at('[data-row=cnv_son]').click();
    await expect.poll(() => at('[data-blurred]').count()).toBe(3);
  });
});

describe('what helps a writer', () => {
  it('an approved answer is found by its Swedish words, goes into the box, and is named only if not a word is changed', async () => {
    await visit();
    await hold();
    await at('[data-answers]').click();
    await tab().getByLabel('Sök bland svaren').fill('betala');
    await expect.poll(() => at('[data-answer]').count()).toBe(1);
    expect(await at('[data-answer] [data-original]').innerText()).toContain('Du måste inte betala.');
    await at('[data-answer=gang-debt]').getByText('Utkast, inte granskat').waitFor();
    await at('[data-answer=gang-debt]').click();
    expect(await box().inputValue()).toBe(ANSWER.text);
    await page().reload();
    await at('[data-from-answer=gang-debt]').waitFor();
    await at('[data-send=reply]').click();
    await expect.poll(lastReply).toMatchObject({ text: ANSWER.text, answer: 'gang-debt' });
    await at('[data-author=worker]').getByText('Godkänt svar: Skuld').waitFor();

    await at('[data-answers]').click();
    await at('[data-answer=leisure]').click();
    await box().fill('Du kan åka hit i morgon.');
    await at('[data-send=reply]').click();
    await expect.poll(lastReply).toMatchObject({ text: 'Du kan åka hit i morgon.' });
    expect(lastReply()).not.toHaveProperty('answer');
  });

  it('how many texts a reply becomes stands beside it, folded as it will be sent, with a warning over two', async () => {
    await visit();
    await hold();
    await box().fill(`åäö\u201d${'a'.repeat(156)}`);
    expect(await at('[data-sms]').innerText()).toBe('1 sms, 0 tecken kvar');
    await box().fill('a'.repeat(275));
    expect(await at('[data-sms]').innerText()).toBe('2 sms, 31 tecken kvar');
    await box().fill(`${'a'.repeat(100)}😀`);
    expect(await at('[data-sms]').getAttribute('data-sms')).toBe('2');
    await box().fill('a'.repeat(307));
    await at('[data-sms="3"]').getByText('Långt för sms').waitFor();
    fake().add({ id: 'cnv_web' });
    fake().changed('cnv_web');
    await at('[data-row=cnv_web]').click();
    await at('[data-verb=claim]').click();
    await at('[data-verb=close]').waitFor();
    await box().fill('hej');
    expect(await at('[data-sms]').count()).toBe(0);
  });

  it('a message is translated beside its original, a reply before it is sent, and both say who made them', async () => {
    await visit();
    await hold();
    await at('[data-translate="3"]').click();
    await at('[data-seq="3"] [data-translation=machine]').getByText(`[sv] ${THREAT}`).waitFor();
    expect(await at('[data-seq="3"] p').first().innerText()).toBe(THREAT);
    await box().fill('Ring 112 nu.');
    await at('[data-translate-draft]').click();
    await at('[data-beside]').getByText('Ring 112 nu.').waitFor();
    expect(await box().inputValue()).toBe('[ar] نننن 112 نن.');
    await tab().getByText('Ta tillbaka min text').click();
    expect(await box().inputValue()).toBe('Ring 112 nu.');
    await at('[data-translate-draft]').click();
    await at('[data-beside]').waitFor();
    await at('[data-send=reply]').click();
    await at('[data-translation=worker]').getByText('Ring 112 nu.').waitFor();
    expect(lastReply()).toMatchObject({
      text: '[ar] نننن 112 نن.',
      original: { text: 'Ring 112 nu.', language: 'sv' },
    });
    expect(await at('[data-beside]').count()).toBe(0);
    await box().fill('Vi hör av oss i morgon före 10.');
    await at('[data-translate-draft]').click();
    await at('[data-beside]').waitFor();
    await at('[data-send=reply]').click();
    await at('[data-proposal] q').getByText('Vi hör av oss i morgon före 10.').waitFor();
  });

  it('without a model there is no translating anywhere', async () => {
    fake().writing.translates = false;
    await visit();
    await hold();
    await at('[data-answers]').waitFor();
    expect(await at('[data-translate], [data-translate-draft]').count()).toBe(0);
  });
});

describe('accessible', () => {
  it.each(['light', 'dark', 'contrast'] as const)('no axe finding in any state, %s', async (theme) => {
    const found: [state: string, what: unknown][] = [];
    const look = async (state: string) => found.push([state, await findings(`${theme}-${state}`)]);
    if (theme === 'contrast') await visit('/teams');
    else await visit(undefined, { colorScheme: theme });
    await at('[data-row=cnv_son]').waitFor();
    await hold();
    fake().types('cnv_son');
    await at('[data-typing]').waitFor();
    await look('handover');
    await tab().getByLabel('Sudda våldsamma ord').check();
    await at('[data-translate="3"]').click();
    await at('[data-translation=machine]').waitFor();
    await look('blurred');
    await at('[data-answers]').click();
    await at('[data-answer=gang-debt]').waitFor();
    await look('answers');
    await at('[data-answer=gang-debt]').click();
    await box().fill('a'.repeat(400));
    await at('[data-sms="3"]').waitFor();
    await at('[data-translate-draft]').click();
    await at('[data-beside]').waitFor();
    await look('translated');
    Object.assign(fake().open('cnv_son').handover, { unreachable: 'no-number', warned: null });
    fake().changed('cnv_son');
    await at('[data-why=no-number]').waitFor();
    await look('unreachable');
    expect(found.filter(([, what]) => JSON.stringify(what) !== '[]')).toEqual([]);
    expect(found.length).toBe(5);
  });

  it('on 320 px nothing scrolls sideways, and the way from the handover leads to the words', async () => {
    await visit(undefined, { viewport: { width: 320, height: 568 } });
    await hold();
    await box().fill('a'.repeat(400));
    const sideways = () => run('document.documentElement.scrollWidth');
    expect(await sideways()).toBe(320);
    await picture('320-reply');
    await at('[data-details]').click();
    await at('[data-heard]').waitFor();
    expect(await sideways()).toBe(320);
    await picture('320-handover');
    await at('[data-heard] [data-jump="3"]').click();
    await expect.poll(() => run('document.activeElement.dataset.seq')).toBe('3');
    await at('[data-answers]').click();
    await at('[data-answer=gang-debt]').waitFor();
    expect(await sideways()).toBe(320);
    await picture('320-answers');
  });
});
