import { describe, expect, it } from 'vitest';
import { keywordOf } from '../../../src/bot/safety/keyword.ts';
import { requestOf } from '../../../src/bot/safety/requests.ts';

const keywords: ReadonlyArray<readonly [string, 'stop' | 'start' | 'help' | null]> = [
  ['STOP', 'stop'],
  ['stop', 'stop'],
  ['Stop.', 'stop'],
  ['STOPP', 'stop'],
  ['stopp!', 'stop'],
  ['Stopp tack', 'stop'],
  [' STOPP \n', 'stop'],
  ['"STOPP"', 'stop'],
  ['AVSLUTA', 'stop'],
  ['Avsluta tack!', 'stop'],
  ['STOPALL', 'stop'],
  ['stop all', 'stop'],
  ['UNSUBSCRIBE', 'stop'],
  ['END', 'stop'],
  ['Cancel', 'stop'],
  ['revoke', 'stop'],
  ['jooji', 'stop'],
  ['توقف', 'stop'],
  ['START', 'start'],
  ['Börja', 'start'],
  ['borja', 'start'],
  ['UNSTOP', 'start'],
  ['HJÄLP', 'help'],
  ['hjalp', 'help'],
  ['Help!', 'help'],
  ['ساعدني', 'help'],
  ['i caawi', 'help'],
  ['sluta', null],
  ['SLUTA', null],
  ['quit', null],
  ['jag vill sluta', null],
  ['I want to quit', null],
  ['i want it to end', null],
  ['stoppa våldet', null],
  ['STOPP honom nån han är här', null],
  ['stop him please', null],
  ['stopp stopp han slår mig', null],
  ['det tar aldrig stopp', null],
  ['end it', null],
  ['hjälp han är här', null],
  ['start over', null],
  ['', null],
];

describe('keywordOf', () => {
  it.each(keywords)('hears "%s" as %s', (text, keyword) => {
    expect(keywordOf(text)).toBe(keyword);
  });
  it('asks what is meant when the whole message is a word of giving up', () => {
    for (const text of ['sluta', 'Sluta!', 'QUIT', 'jag vill sluta']) expect(requestOf(text)).toBe('stop?');
  });
});
