import { describe, expect, test } from 'vitest';
import { type Consent, consentOf } from '../../../src/bot/safety/consent.ts';
import { type Keyword, keywordOf } from '../../../src/bot/safety/keyword.ts';
import { requestOf } from '../../../src/bot/safety/requests.ts';

const heard: ReadonlyArray<readonly [Keyword | null, readonly string[]]> = [
  [
    'stop',
    ['STOP', 'stop', 'Stop.', 'STOPP', 'stopp!', 'Stopp tack', ' STOPP \n', '"STOPP"', 'AVSLUTA', 'Avsluta tack!'],
  ],
  ['stop', ['STOPALL', 'stop all', 'UNSUBSCRIBE', 'END', 'Cancel', 'revoke', 'OPT OUT', 'stop please']],
  [
    'stop',
    ['jooji', 'توقف', 'إيقاف', 'ايقاف', 'لغو', 'ڕاگرە', 'ደው', 'DURDUR', 'İPTAL', 'wypisz', 'alto', 'СТОП', 'lopeta'],
  ],
  ['start', ['START', 'Börja', 'borja', 'UNSTOP', 'starta tack', 'bilow', 'ابدأ', 'شروع', 'دەستپێکردن', 'ጀምር']],
  ['start', ['başlat', 'zacznij', 'empezar', 'старт', 'aloita']],
  ['help', ['HJÄLP', 'hjalp', 'Help!', 'hjälp mig snälla', 'ساعدني', 'i caawi', 'کمک', 'یارمەتی', 'ሓገዝ', 'YARDIM']],
  ['help', ['pomocy', 'AYUDA', 'помогите', 'apua']],
  ['info', ['INFO', 'info?', 'معلومات', 'информация', 'bilgi']],
  [
    'stop?',
    ['sluta', 'SLUTA', 'Sluta!', 'quit', 'QUIT', 'كفى', 'بسه', 'بەسە', 'iska daa', 'ይኣክል', 'yeter', 'dość', 'basta'],
  ],
  ['stop?', ['хватит', 'riittää']],
  [
    'gives-up',
    ['jag vill sluta', 'Jag vill sluta.', 'I want to quit', 'أريد أن أتوقف', 'می‌خواهم تمامش کنم', 'haluan lopettaa'],
  ],
  ['gives-up', ['دەمەوێت واز بهێنم', 'waxaan rabaa inaan joojiyo', 'ከቋርጽ እደሊ', 'bırakmak istiyorum', 'chcę przestać']],
  ['gives-up', ['quiero dejarlo', 'хочу прекратить']],
  ['night', ['NATT', 'skriv när som helst', 'any time', 'gece', 'ليلا', 'habeen', 'شب', 'ночь', 'yö']],
  ['day', ['DAG', 'day', 'نهار', 'DZIEN', 'gunduz', 'päivä']],
  [null, ['i want it to end', 'stoppa våldet', 'STOPP honom nån han är här', 'stop him please', 'end it', '']],
  [null, ['stopp stopp han slår mig', 'det tar aldrig stopp', 'hjälp han är här', 'start over', 'i natt', 'god dag']],
];

describe('a whole text', () => {
  test.each(heard.flatMap(([keyword, texts]) => texts.map((text) => [text, keyword] as const)))(
    '"%s" is heard as %s (F46)',
    (text, keyword) => expect(keywordOf(text)).toBe(keyword),
  );

  test('only STOP and its like silence: what may be distress reaches the dialogue as such', () => {
    for (const text of ['sluta', 'QUIT', 'basta', 'хватит']) expect(requestOf(text)).toBe('stop?');
    for (const text of ['jag vill sluta', 'haluan lopettaa']) expect(requestOf(text)).toBe('gives-up');
    for (const text of ['HJÄLP', 'pomocy', 'ساعدني']) expect(requestOf(text)).toBe('help');
  });
});

const consents: ReadonlyArray<readonly [Consent | null, string, readonly string[]]> = [
  ['yes', 'sv', ['ja', 'JA!', 'Ja tack', 'japp', 'ok', '👍', 'Ja, någon får gärna ringa', 'ja det går bra', 'yes']],
  ['yes', 'en', ['Yes', 'YES.', 'yeah', 'yes that is fine', 'Ok. My son is not home']],
  ['yes', 'ar', ['نعم', 'نعم، يمكن']],
  ['yes', 'so', ['haa', 'Haa waa hagaag']],
  ['yes', 'fa', ['بله', 'آره']],
  ['yes', 'ckb', ['بەڵێ']],
  ['yes', 'ti', ['እወ']],
  ['yes', 'tr', ['EVET', 'evet olur']],
  ['yes', 'pl', ['TAK', 'Tak, proszę']],
  ['yes', 'es', ['SI', 'sí']],
  ['yes', 'ru', ['Да', 'да конечно']],
  ['yes', 'fi', ['KYLLÄ', 'joo']],
  ['no', 'sv', ['nej', 'Nej tack', 'inte nu', 'لا', 'maya', 'نه', 'نەخێر', 'ኣይፋል', 'HAYIR', 'nie', 'no', 'нет', 'ei']],
  [
    null,
    'sv',
    ['vad är detta', 'jag vet inte om han ser', 'min son', '?', 'nej han slår mig', 'jaga mig inte', 'javisst inte'],
  ],
  [null, 'pl', ['ja nie wiem']],
];

test.each(consents.flatMap(([consent, language, texts]) => texts.map((text) => [text, language, consent] as const)))(
  '"%s" in %s answers "may we write here?" with %s',
  (text, language, consent) => expect(consentOf(text, language)).toBe(consent),
);

const numbers: Readonly<Record<'first' | 'second' | 'third' | 'fourth', readonly string[]>> = {
  first: [
    '1',
    '1.',
    'ett',
    'ettan',
    '1:an',
    'den första',
    'one',
    'واحد',
    'kow',
    'یک',
    'یەک',
    'ሓደ',
    'bir',
    'jeden',
    'uno',
    'один',
  ],
  second: [
    '2',
    '2.',
    '2)',
    '(2)',
    'två',
    'tvåan',
    'nr 2',
    'Nr. 2',
    'svar 2',
    'nummer två',
    'den andra',
    'two',
    'the second one',
  ],
  third: ['3', 'trean', 'three', 'ثلاثة', 'saddex', 'سه', 'سێ', 'ሰለስተ', 'üç', 'trzy', 'tres', 'три', 'kolme', '٣', '፫'],
  fourth: [
    '4',
    'fyran',
    'four',
    'أربعة',
    'afar',
    'چهار',
    'چوار',
    'አርባዕተ',
    'dört',
    'cztery',
    'cuatro',
    'четыре',
    'neljä',
  ],
};
const more: readonly string[] = [
  '٢',
  '۲',
  '፪',
  'اثنان',
  'laba',
  'دو',
  'دوو',
  'ክልተ',
  'iki',
  'dwa',
  'dos',
  'второй',
  'kaksi',
];

test('a numbered choice is understood in twelve languages, and a number inside a sentence is none', () => {
  for (const [ordinal, texts] of Object.entries(numbers))
    for (const text of texts) expect([text, requestOf(text)]).toEqual([text, ordinal]);
  for (const text of more) expect([text, requestOf(text)]).toEqual([text, 'second']);
  for (const text of ['2 av dem är här', 'jag är nr 2 i kön', '22', 'ett barn'])
    expect(requestOf(text)).not.toBe('second');
});
