import { expect, it } from 'vitest';
import { Refused } from '../../../src/inbox/tab/api.ts';
import { newsOf } from '../../../src/inbox/tab/news-of.ts';
import { textFor } from '../../../src/inbox/tab/text.ts';
import { whatWentWrong } from '../../../src/inbox/tab/what-went-wrong.ts';
import type { Item, Opened, TrailLine } from '../../../src/inbox/wire.ts';
import { ME, makeItem, makeOffer, makeOpened } from '../../support/fake-conversation.ts';

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
const toFarsta = { toDistrict: 'farsta', toDistrictName: 'Farsta' };
const offer = { ...makeOffer(makeItem({ id: 'cnv_1' }), toFarsta), visitorSaysNo: false };

function opened(
  claim: string | null,
  owner: Item['owner'],
  handover: Partial<Opened['handover']> = {},
  name = 'Järva 1',
): Opened {
  const made = makeOpened(makeItem({ id: 'cnv_1', owner, worker: { ...ME, name } }), { claim });
  return { ...made, handover: { ...made.handover, ...handover } };
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
