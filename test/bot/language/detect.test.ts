import { describe, expect, it } from 'vitest';
import { detectLanguage, direction } from '../../../src/bot/language/detect.ts';

const texts: ReadonlyArray<readonly [string, string]> = [
  ['Hej, jag är orolig för min son', 'sv'],
  ['hej jag ar orolig for min son och vet inte vad jag ska gora', 'sv'],
  ['wallah bror jag vet inte vad jag ska göra', 'sv'],
  ['hi i am worried about my brother', 'en'],
  ['can someone help me please', 'en'],
  ['مرحبا، هل يمكنني التحدث مع شخص؟', 'ar'],
  ['سلام، پسرم با آدم‌های بدی می‌گردد', 'fa'],
  ['من خیلی می ترسم', 'fa'],
  ['سڵاو، کوڕەکەم زۆر گۆڕاوە', 'ckb'],
  ['ሰላም፣ ሓገዝ ይደሊ ኣለኹ', 'ti'],
  ['Здравствуйте, мой сын пропал', 'ru'],
  ['Salaan, waxaan u baahanahay caawimaad', 'so'],
  ['wiilkeyga ma imaan guriga', 'so'],
  ['Merhaba, oğlum için yardım istiyorum', 'tr'],
  ['kardesim icin cok korkuyorum, ne yapmaliyim', 'tr'],
  ['Dzień dobry, boję się o mojego syna', 'pl'],
  ['nie wiem co robic, moj syn ma klopoty', 'pl'],
  ['Hola, necesito ayuda con mi hijo', 'es'],
  ['Hei, olen huolissani pojastani', 'fi'],
  ['voinko puhua jonkun kanssa', 'fi'],
];

describe('detectLanguage', () => {
  it.each(texts)('hears the language of "%s"', (text, language) => {
    expect(detectLanguage(text, 'sv')).toBe(language);
  });
  it.each(['', '2', '👍', '112', '...', 'Husby'])('keeps the previous language for "%s"', (text) => {
    for (const previous of ['sv', 'so', 'ar']) expect(detectLanguage(text, previous)).toBe(previous);
  });
  it('goes over to another language when a sentence is written in it', () => {
    expect(detectLanguage('jag förstår inte vad du menar', 'en')).toBe('sv');
    expect(detectLanguage('i do not understand what you mean', 'ar')).toBe('en');
  });
});

describe('direction', () => {
  it('is right to left for Arabic, Persian, Dari and Sorani only', () => {
    expect(['ar', 'fa', 'fa-AF', 'prs', 'ckb'].map(direction)).toEqual(Array(5).fill('rtl'));
    expect(['sv', 'en', 'so', 'tr', 'pl', 'es', 'ti', 'ru', 'fi'].map(direction)).toEqual(Array(9).fill('ltr'));
  });
});
