import { expect, it } from 'vitest';
import { Refused } from '../../../src/inbox/tab/api.ts';
import { newsOf } from '../../../src/inbox/tab/news-of.ts';
import { textFor } from '../../../src/inbox/tab/text.ts';
import { whatWentWrong } from '../../../src/inbox/tab/what-went-wrong.ts';
import { Opened, type TrailLine } from '../../../src/inbox/wire.ts';

const AT = '2026-11-22T10:00:00Z';
const line = (kind: TrailLine['kind'], by: string | null): TrailLine => ({
  kind,
  at: AT,
  from: 'Järva 1',
  by,
  district: 'farsta',
  reason: null,
  until: null,
});
const person = { id: 'wrk_1', name: 'Järva 1' };
const about = { channel: 'web', language: 'sv', risk: 'none' };
const offer = {
  ...{ id: 'trf_1', conversation: 'cnv_1', state: 'offered', from: person, to: null, offeredAt: AT, expiresAt: AT },
  ...{ fromDistrict: 'jarva', fromDistrictName: 'Järva', toDistrict: 'farsta', toDistrictName: 'Farsta' },
  ...{ ...about, toMe: false, visitorSaysNo: false },
};

function opened(claim: string | null, owner: string, handover: object = {}, name = 'Järva 1'): Opened {
  const place = { id: 'cnv_1', ...about, district: 'jarva', owner, reasons: [], waitingSince: null };
  const seen = {
    contactNo: null,
    lastVisitorAt: AT,
    worker: { ...person, name },
    unread: 0,
    reminded: null,
    version: 1,
  };
  const rest = { reasons: [], topics: [], previousWorker: null, episode: 1, unreachable: null, field: null };
  const told = { asked: [], warned: null, placeFrom: 'unknown', coveredFor: null, leftAt: null, gate: 'open' };
  const hands = { legalHold: false, outcome: null, offer: null, trail: [], promised: [], ...handover };
  const conversation = { ...place, ...seen };
  return Opened.parse({
    conversation,
    messages: [],
    notes: [],
    handover: { ...rest, ...told, ...hands },
    claim,
    glass: null,
  });
}

it('the holder is told who took over, that silence gave it back, and that an offer bounced and why', () => {
  const held = opened('clm_1', 'worker');
  const offered = opened('clm_1', 'worker', { offer });
  expect(newsOf(held, opened(null, 'worker', {}, 'Samordnare 1'))).toEqual({ kind: 'taken', name: 'Samordnare 1' });
  expect(newsOf(held, opened(null, 'waiting'))).toEqual({ kind: 'returned', name: null });
  const declined = opened('clm_1', 'worker', { trail: [line('declined', 'Farsta 1')] });
  expect(newsOf(offered, declined)).toEqual({ kind: 'declined', name: 'Farsta 1' });
  const expired = opened('clm_1', 'worker', { trail: [line('expired', null)] });
  expect(newsOf(offered, expired)).toEqual({ kind: 'expired', name: null });
});

it('what is no news is not told: nothing changed, one’s own withdrawal, a colleague’s conversation', () => {
  const offered = opened('clm_1', 'worker', { offer });
  expect(newsOf(offered, offered)).toBeNull();
  expect(newsOf(offered, opened('clm_1', 'worker', { trail: [line('withdrawn', 'Järva 1')] }))).toBeNull();
  expect(newsOf(opened(null, 'worker'), opened(null, 'waiting'))).toBeNull();
});

it('every reason the service refuses with has words in both languages, and a way on where there is one', () => {
  const reasons = ['offered', 'no-offer', 'nobody-there', 'newer-open', 'erased', 'yours-already', 'bad-time'];
  for (const reason of reasons) {
    const wrong = whatWentWrong(new Refused(409, null, reason, 'cnv_2'));
    if (!('notice' in wrong)) throw new Error('a refusal is a notice');
    expect(wrong.notice).toMatchObject({ open: 'cnv_2' });
    expect(wrong.notice.kind).not.toBe('changed');
    for (const tag of ['sv', 'en']) expect(textFor(tag).notice[wrong.notice.kind]).toBeTruthy();
  }
});
