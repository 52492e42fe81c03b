import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findPlace } from '../../../src/bot/knowledge/places/find-place.ts';
import heardSpellings from '../../../src/bot/knowledge/places/heard-spellings.json' with { type: 'json' };
import otherScripts from '../../../src/bot/knowledge/places/other-scripts.json' with { type: 'json' };
import { readPlaces } from '../../../src/bot/knowledge/places/places.ts';

const places = readPlaces();
const districtOf = (text: string) => findPlace(text)?.district;

describe('places', () => {
  it('hold 11 districts and the city pool, and every code used is one of them', () => {
    const codes = places.districts.map((district) => district.code);
    expect(codes).toHaveLength(12);
    expect(codes).toContain('staden');
    for (const { districts } of [...places.neighbourhoods, ...places.postcodes])
      for (const code of districts) expect(codes).toContain(code);
  });

  it.each([
    ['Bromma', 'bromma'],
    ['Enskede-Årsta-Vantör', 'enskede-arsta-vantor'],
    ['Farsta', 'farsta'],
    ['Hägersten-Liljeholmen', 'hagersten-alvsjo'],
    ['Hässelby-Vällingby', 'hasselby-vallingby'],
    ['Kungsholmen', 'kungsholmen'],
    ['Norrmalm', 'norra-innerstaden'],
    ['Rinkeby-Kista', 'jarva'],
    ['Skarpnäck', 'skarpnack'],
    ['Skärholmen', 'skarholmen'],
    ['Spånga-Tensta', 'jarva'],
    ['Södermalm', 'sodermalm'],
    ['Älvsjö', 'hagersten-alvsjo'],
    ['Östermalm', 'norra-innerstaden'],
  ])('the former district %s resolves to %s', (name, code) => {
    expect(districtOf(name)).toBe(code);
    expect(districtOf(`vi bor i ${name.toUpperCase()} nu`)).toBe(code);
    expect(districtOf(`${name}s centrum`)).toBe(code);
  });

  it('every neighbourhood and municipality in the data finds its own district', () => {
    for (const { name, districts } of places.neighbourhoods)
      expect([name, districtOf(name)]).toEqual([name, districts.length === 1 ? districts[0] : null]);
    for (const { name, neighbourhoods } of places.municipalities)
      for (const known of [name, ...neighbourhoods])
        expect(findPlace(`jag bor i ${known}`)).toMatchObject({ district: 'outside', municipality: name });
  });

  it.each([
    ['jag bor i Hammarby sjöstad', 'sodermalm'],
    ['sköndal', 'farsta'],
    ['Gröndal', 'hagersten-alvsjo'],
    ['Norra Ängby', 'bromma'],
    ['Vårby gård', 'outside'],
    ['vårby', 'outside'],
    ['Vårberg', 'skarholmen'],
    ['varberg', 'skarholmen'],
    ['Fittja', 'outside'],
    ['i rinkebys centrum', 'jarva'],
    ['han går på Tenstaskolan', 'jarva'],
    ['jag bor i Hägerstn', 'hagersten-alvsjo'],
    ['Skärhomlen', 'skarholmen'],
    ['which office is for Karrtorp?', 'skarpnack'],
    ['har flyttat från Tensta till Sköndal', 'farsta'],
    ['we moved from Solna to Kista', 'jarva'],
    ['inte i Solna längre utan från Tensta till Sköndal', 'farsta'],
    ['from Tensta to Farsta', 'farsta'],
    ['flyttade till Bagis från Huddinge', 'skarpnack'],
    ['jag kommer från Husby', 'jarva'],
    ['Farsta strand', 'farsta'],
  ])('"%s" is %s', (text, code) => expect(districtOf(text)).toBe(code));

  it.each([
    'min farsa är arg',
    'jag vill flytta',
    'vilken skandal',
    'ring 114 14',
    'Bris 116 111',
    'ring 112 nu',
    'jag vill testa',
    'Sofia är snäll',
    'är du klara',
    'i handen',
    '',
  ])('"%s" is no place', (text) => expect(findPlace(text)).toBeNull());

  it('only the three first digits of a postcode count, and a split prefix asks', () => {
    expect(findPlace('163 74')).toEqual({ district: 'jarva', place: '163' });
    expect(findPlace('mitt postnummer är 12345')).toEqual({ district: 'farsta', place: '123' });
    expect(findPlace('14550')).toEqual({ district: 'outside', place: '145' });
    expect(findPlace('117 61')).toEqual({
      district: null,
      place: '117',
      ambiguous: ['sodermalm', 'hagersten-alvsjo'],
    });
    for (const prefix of ['111', '117', '120', '121', '122', '128'])
      expect(places.postcodes.find((row) => row.prefix === prefix)?.status).toBe('ask');
    expect(findPlace('070-174 06 05')).toBeNull();
  });

  it('two homes in two districts are asked about', () => {
    expect(findPlace('Farsta eller Husby')).toMatchObject({ district: null, ambiguous: ['farsta', 'jarva'] });
    expect(findPlace('Kista eller Husby')?.district).toBe('jarva');
  });

  it('at least 97 of 100 mentions in eleven languages and four scripts find their district, harmless words none', () => {
    const mentions = readFileSync(new URL('./place-mentions.txt', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const wrong = mentions.filter((line) => {
      const [district, text = ''] = line.split('|');
      return (findPlace(text)?.district ?? 'none') !== district;
    });
    const right = 1 - wrong.length / mentions.length;
    process.stdout.write(`places right: ${right.toFixed(4)} of ${mentions.length} mentions\n`);
    expect(mentions.length).toBeGreaterThanOrEqual(500);
    expect(right, wrong.join('; ')).toBeGreaterThanOrEqual(0.97);
  });

  it.each([
    ['jag bodde i Tensta men vi flyttade till Midsommarkransen', 'Midsommarkransen'],
    ['jag bodde i Tensta', 'Tensta'],
    ['كنا نسكن في رينكبي والآن نسكن في فارستا', 'Farsta'],
    ["Tensta'da oturuyorduk, şimdi Farsta'da oturuyoruz", 'Farsta'],
    ['min kusin bor i Malmö men jag bor i Husby', 'Husby'],
  ])('"%s" is about %s', (text, place) => expect(findPlace(text)).toMatchObject({ place }));

  it('a name that is an ordinary word is a place only where it is used as one', () => {
    expect(findPlace('jag bor i bro')?.municipality).toBe('Upplands-Bro');
    expect(findPlace('bor i handen')?.municipality).toBe('Haninge');
    expect(findPlace('Handen')?.municipality).toBe('Haninge');
    for (const said of [
      'en kniv i handen',
      'bro lyssna',
      'salem aleikum',
      'kistan var tung',
      'de ska nacka mig',
      'på altan',
    ])
      expect([said, findPlace(said)]).toEqual([said, null]);
  });

  it('every other spelling belongs to a place we know and finds its district', () => {
    for (const { name, names } of [...otherScripts, ...heardSpellings])
      for (const known of names)
        expect([known, districtOf(`jag bor i ${known}`)]).toEqual([known, districtOf(`jag bor i ${name}`)]);
  });
});
