import { describe, expect, it } from 'vitest';
import { mask, type PersonalData } from '../../src/bot/words/mask.ts';

const personal: ReadonlyArray<readonly [string, string]> = [
  ['19991228-2382', '[personnummer]'],
  ['199912282382', '[personnummer]'],
  ['991228-2382', '[personnummer]'],
  ['9912282382', '[personnummer]'],
  ['19991228 2382', '[personnummer]'],
  ['991228 2382', '[personnummer]'],
  ['991228+2382', '[personnummer]'],
  ['19 991228-2382', '19 [personnummer]'],
  ['1999-12-28-2382', '[personnummer]'],
  ['1999-12-28 2382', '[personnummer]'],
  ['19991228 - 2382', '[personnummer]'],
  ['19991228–2382', '[personnummer]'],
  ['19991228-2389', '[personnummer]'],
  ['991288-2387', '[personnummer]'],
  ['20000102-2391', '[personnummer]'],
  ['000102-2391', '[personnummer]'],
  ['١٩٩٩١٢٢٨-٢٣٨٢', '[personnummer]'],
  ['۱۹۹۹۱۲۲۸۲۳۸۲', '[personnummer]'],
];
const phones = [
  '070-174 06 05',
  '0701740605',
  '070 174 06 05',
  '070-1740605',
  '070/174 06 05',
  '(070) 174 06 05',
  '+46701740605',
  '+46 70 174 06 05',
  '+46 (0)70 174 06 05',
  '+46(0)701740605',
  '0046701740605',
  '0046 70 174 06 05',
  '46701740605',
  '070.174.06.05',
  '076-174 06 05',
  '08-508 25 600',
  '08 508 25 600',
  '031-12 34 56',
  '+44 20 7946 0958',
  '+1 415 555 0132',
  '٠٧٠١٧٤٠٦٠٥',
  '۰۷۰۱۷۴۰۶۰۵',
  '020-50 50 50',
];
const emails = [
  'robin@example.com',
  'a.b-c_d+e@mail.example.co.uk',
  'ÅSA@EXEMPEL.SE',
  'robin @example.com',
  'robin[at]example.com',
];
const addresses = [
  'Storgatan 12',
  'storgatan 12',
  'Granatäppelgränd 4',
  'Norra Bergvägen 7 B',
  'Sankt Paulsgatan 3',
  'Rinkebytorget 1',
  'Lingvägen 201 lgh 1203',
  'Hemmansvägen 5A',
  '221 Baker Street',
];
const names: ReadonlyArray<readonly [string, string]> = [
  ['jag heter Alma', 'jag heter [namn]'],
  ['Jag heter Alma Sundkvist och är 15', 'Jag heter [namn] och är 15'],
  ['jag heter alma', 'jag heter [namn]'],
  ['han heter Elias Provsson', 'han heter [namn]'],
  ['min son heter Elias', 'min son heter [namn]'],
  ['mitt namn är Robin von Exempel', 'mitt namn är [namn]'],
  ['my name is Amina Berglund, can you help', 'my name is [namn], can you help'],
  ["my name's Amina", "my name's [namn]"],
  ["he's called Robin and he is 14", "he's called [namn] and he is 14"],
  ['a boy named Robin', 'a boy named [namn]'],
  ['me llamo Ana', 'me llamo [namn]'],
  ['меня зовут Иван', 'меня зовут [namn]'],
];
const kept = [
  'ring 112 nu',
  'är 114 14 anonymt?',
  'Bris har 116 111',
  '1177 svarar',
  'Självmordslinjen 90101',
  '116 006',
  'han är född 2009',
  'den 12/11 2026 klockan 14.30',
  '2026-11-22',
  '22 november 2026',
  'mellan 08.00 och 16.30',
  '08:00-16:30',
  'kl 18-20 på lördag',
  'det kostar 1 500 kronor',
  'skyldig 80 000 kr',
  'skyldig 150000 till dom',
  '12 500,50 kr',
  'de kräver 1 000 000',
  'år 2023-2026',
  '2023 2024 2025',
  'de är 18-19 år',
  'buss 172 eller 705',
  'postnummer 164',
  'rum 3042',
  '10 min sen',
  '1, 2, 3, 4, 5',
  'version 24.21.0',
  '4% batteri',
  'jag går i 9A',
  'det heter inte så',
  'vad heter du?',
  'måste jag säga vad jag heter',
  'det heter socialtjänsten',
  'soc har nåt som heter SIG',
  'vad heter den',
  'do I have to give my name',
  'what is your name?',
  'my name is not important',
  'jag är Robin Hood i spelet',
  'hela vägen hem',
  'på väg 73 mot skolan',
  'tågplan 3',
  'plan 2',
  'gatan är avstängd',
  'fotbollsplan 2',
  'vi ses på torget kl 3',
  'kommer om 5 minuter @ skolan',
  '1-0 till oss',
  'lägenhet 4',
  'tack!',
  '',
];

describe('mask', () => {
  it.each(personal)('masks the personal number %s', (number, masked) => {
    expect(mask(`hej ${number} tack`)).toMatchObject({ text: `hej ${masked} tack`, found: ['personnummer'] });
  });
  it.each(phones)('masks the phone number %s', (number) => {
    expect(mask(`ring ${number}, tack`)).toMatchObject({ text: 'ring [telefonnummer], tack', found: ['phone'] });
  });
  it.each(emails)('masks the e-mail address %s', (email) => {
    expect(mask(`skriv till ${email} snart`)).toMatchObject({ text: 'skriv till [e-post] snart', found: ['email'] });
  });
  it.each(addresses)('masks the street address %s', (address) => {
    expect(mask(`bor på ${address}.`)).toMatchObject({ text: 'bor på [adress].', found: ['address'] });
  });
  it.each(names)('masks the introduced name in "%s"', (text, masked) => {
    expect(mask(text)).toMatchObject({ text: masked, found: ['name'] });
  });
  it.each(kept)('leaves "%s" as it is', (text) => {
    expect(mask(text)).toMatchObject({ text, found: [] });
  });
  it('finds every kind in one text and masks nothing twice', () => {
    const once = mask('Jag heter Alma Sundkvist 19991228-2382, Storgatan 12, 070-174 06 05 eller alma@example.com');
    expect(once.text).toBe('Jag heter [namn] [personnummer], [adress], [telefonnummer] eller [e-post]');
    expect(once.found).toEqual<PersonalData[]>(['personnummer', 'phone', 'email', 'address', 'name']);
  });
  it('masks two numbers that follow each other', () => {
    expect(mask('070-174 06 05 070-174 06 06').text).toBe('[telefonnummer] [telefonnummer]');
    expect(mask('19991228-2382 070-174 06 05').text).toBe('[personnummer] [telefonnummer]');
  });
  it.each([...personal.map(([n]) => n), ...phones, ...emails, ...addresses, ...names.map(([n]) => n), ...kept])(
    'changes nothing when "%s" is masked a second time',
    (text) => {
      const once = mask(`x ${text} y`).text;
      expect(mask(once)).toMatchObject({ text: once, found: [] });
    },
  );
  it('drops NUL and replaces lone surrogates, so that the text can be stored', () => {
    expect(mask('a\0b\ud83d c 👍').text).toBe('ab\ufffd c 👍');
  });
});

it('masks a name that stands before its number or after the last sentence', () => {
  expect(mask('Skicka allt. Anna Exempel-Test, 19900125-2387').text).toBe('Skicka allt. [namn], [personnummer]');
  expect(mask('I need advice before it is too late. Anna Exempel').text).toBe(
    'I need advice before it is too late. [namn]',
  );
  expect(mask('Jag bor här. Stockholms stad').text).toBe('Jag bor här. Stockholms stad');
});

it('gives the first of each kind as it was written, for what the person may want kept', () => {
  expect(mask('ring 070-174 06 21 eller 070-174 06 22, Storgatan 12').first).toEqual({
    phone: '070-174 06 21',
    address: 'Storgatan 12',
  });
  expect(mask('ring mig').first).toEqual({});
});
