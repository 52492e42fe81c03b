import type { Reading } from './normalise.ts';

const SWEDISH = new Set(
  'jag ja och att det är e som på en ett för inte med till av om har hade ska min mitt mina vill han hon hen de dom den vi ni du mig dig sig så var när nu kan måste från eller hur vad vart nån något nåt bara skulle blir blev vet ar pa fran hej tack men o å va ut in'.split(
    ' ',
  ),
);
const ENGLISH = new Set(
  'the a an and to of is are was were i im ive my me you your he she they we it its that this with for on at in his her them have has had be been not dont do does what how when where will would can just so if or who from about all there'.split(
    ' ',
  ),
);
const SHARED = new Set([
  'i',
  'in',
  'so',
  'den',
  'man',
  'all',
  'at',
  'an',
  'a',
  'me',
  'is',
  'has',
  'am',
  'om',
  'men',
  'do',
  'her',
  'de',
  'var',
]);
const OTHER_SCRIPTS = ['ar', 'fa', 'ckb', 'ti', 'ru'];

/** Which languages' signals to listen for: the ones the text shows signs of, both Swedish and English when unsure. */
export function languagesOf(reading: Reading, detected: string): ReadonlySet<string> {
  let swedish = 0;
  let english = 0;
  for (const sentence of reading.sentences)
    for (const { word } of sentence) {
      if (SHARED.has(word)) continue;
      if (SWEDISH.has(word)) swedish += 1;
      if (ENGLISH.has(word)) english += 1;
    }
  const languages = new Set([...OTHER_SCRIPTS, detected]);
  const foreign = detected !== 'sv' && detected !== 'en';
  if (swedish * 5 >= english && (!foreign || swedish >= 2)) languages.add('sv');
  if (english * 5 >= swedish && (!foreign || english >= 2)) languages.add('en');
  return languages;
}
