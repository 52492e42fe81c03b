import type * as wire from '../../src/inbox/wire.ts';

/** The worker who reads. */
export const ME = { id: 'wrk_1', name: 'Järva 1' };

export const makeOffer = ({ id, channel, language, risk }: wire.Item, change: Partial<wire.Offer>): wire.Offer => ({
  id: `trf_${id}`,
  conversation: id,
  state: 'offered',
  fromDistrict: 'farsta',
  fromDistrictName: 'Farsta',
  toDistrict: 'jarva',
  toDistrictName: 'Järva',
  from: ME,
  to: null,
  channel,
  language,
  risk,
  offeredAt: new Date().toISOString(),
  expiresAt: new Date(Date.now() + 900_000).toISOString(),
  toMe: false,
  ...change,
});

export function makeItem(change: Partial<wire.Item> & { id: string }): wire.Item {
  const now = new Date().toISOString();
  return {
    contactNo: null,
    channel: 'web',
    language: 'sv',
    district: 'jarva',
    owner: 'waiting',
    risk: 'none',
    reasons: [],
    waitingSince: now,
    lastVisitorAt: now,
    worker: null,
    unread: 0,
    reminded: null,
    version: 1,
    ...change,
  };
}

export function makeOpened(conversation: wire.Item, change: Partial<wire.Opened> = {}): wire.Opened {
  const handover = {
    reasons: conversation.reasons,
    topics: [],
    previousWorker: null,
    episode: 1,
    gate: 'open' as const,
    unreachable: null,
    asked: [],
    warned: null,
    placeFrom: 'unknown' as const,
    coveredFor: null,
    leftAt: null,
    field: null,
    legalHold: false,
    outcome: null,
    offer: null,
    trail: [],
    promised: [],
  };
  return { conversation, messages: [], notes: [], handover, claim: null, glass: null, ...change };
}
