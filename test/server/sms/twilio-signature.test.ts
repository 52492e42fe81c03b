import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { isSignedByTwilio } from '../../../src/server/channels/sms/twilio/twilio-signature.ts';

const FORM = 'application/x-www-form-urlencoded; charset=utf-8';
const URL = 'https://mycompany.com/myapp.php?foo=1&bar=2';
const form = (fields: [string, string][]) => Buffer.from(new URLSearchParams(fields).toString());
const call = (from: string) =>
  form([
    ['To', '+18005551212'],
    ['Digits', '1234'],
    ['CallSid', 'CA1234567890ABCDE'],
    ['Caller', from],
    ['From', from],
  ]);

test.each([
  ['+14158675309', 'RSOYDt4T1cUTdK1PDd93/VVr8B8='],
  ['+12349013030', '0/KCTR6DLpKmkAf8muzZqo1nDgQ='],
])("Twilio's published vector for a form is reproduced (%#)", (from, signature) => {
  const request = { url: URL, signature, contentType: FORM, body: call(from) };
  expect(isSignedByTwilio('12345', request)).toBe(true);
  expect(isSignedByTwilio('12346', request)).toBe(false);
  expect(isSignedByTwilio('12345', { ...request, url: `${URL}&x=1` })).toBe(false);
  expect(isSignedByTwilio('12345', { ...request, body: call('+14158675300') })).toBe(false);
  expect(isSignedByTwilio('12345', { ...request, body: Buffer.concat([request.body, Buffer.from('&More=1')]) })).toBe(
    false,
  );
  expect(isSignedByTwilio('12345', { ...request, signature: '' })).toBe(false);
  expect(isSignedByTwilio('12345', { ...request, signature: `${signature.slice(0, -2)}A=` })).toBe(false);
});

const sign = (data: string) => createHmac('sha1', 'k').update(data, 'utf8').digest('base64');

test('several values of one name are all signed, sorted, equal ones once; case decides the order of names', () => {
  const body = form([
    ['b', '2'],
    ['a', 'y'],
    ['a', 'x'],
    ['B', '1'],
    ['a', 'y'],
    ['å', ' 1 '],
  ]);
  const url = 'https://x.se/s';
  expect(isSignedByTwilio('k', { url, signature: sign(`${url}B1axayb2å 1 `), contentType: FORM, body })).toBe(true);
});

test.each(['https://x.se/s?a=1', 'https://x.se:443/s?a=1'])(
  'the URL is accepted as signed with or without its port: %s',
  (signed) => {
    for (const url of ['https://x.se/s?a=1', 'https://x.se:443/s?a=1']) {
      const request = { url, signature: sign(`${signed}b2`), contentType: FORM, body: form([['b', '2']]) };
      expect(isSignedByTwilio('k', request)).toBe(true);
    }
  },
);

test('a JSON body is bound by bodySHA256 in the signed URL', () => {
  // The hash is that of Twilio's own sample (DOMAIN 6.2).
  const body = Buffer.from('{"CallSid":"CA1234567890ABCDE","Caller":"+12349013030"}');
  const url = 'https://example.com/myapp?bodySHA256=5ccde7145dfb8f56479710896586cb9d5911809d83afbe34627818790db0aec9';
  const request = { url, signature: sign(url), contentType: 'application/json', body };
  expect(createHash('sha256').update(body).digest('hex')).toBe(url.slice(-64));
  expect(isSignedByTwilio('k', request)).toBe(true);
  expect(isSignedByTwilio('k', { ...request, body: Buffer.from('{"CallSid":"CA0"}') })).toBe(false);
  const bare = 'https://example.com/myapp';
  expect(isSignedByTwilio('k', { ...request, url: bare, signature: sign(bare) })).toBe(false);
});
