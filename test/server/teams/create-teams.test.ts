import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { conversation } from '../../../db/schema/conversation.ts';
import { createVault } from '../../../db/vault.ts';
import { createHandler } from '../../../src/bot/handler.ts';
import { claim } from '../../../src/inbox/queue/claim.ts';
import type { Actor } from '../../../src/inbox/queue/desk.ts';
import { createDoor } from '../../../src/server/auth/door.ts';
import { createTeams, type Teams } from '../../../src/server/channels/teams/create-teams.ts';
import { createStaffPort } from '../../../src/server/channels/teams/staff-port.ts';
import { addWaiting, clicked, clock, message, openCity, post, startHouse, TENANT } from './teams-house.ts';

test('from install to claim: koppla, a card for the one who waits, taken over from the card by the inbox’s own claim', async () => {
  const city = await openCity();
  const house = await startHouse(null);
  const { db } = city;
  const { log, settings, fake } = house;
  const vault = createVault([{ id: 'm', key: Buffer.alloc(32, 1) }]);
  const publicUrl = 'https://utvag.example';
  const owed: string[] = [];
  let aheadMs = 0;
  const later = () => new Date(Date.now() + aheadMs);
  const card = async (_: unknown, id: string) => void owed.push(id);
  const line = () => ({ text: 'rad', ref: { id: 'rad', version: 1 } });
  const desk = {
    db,
    vault,
    clock,
    jobs: { card, sms: async () => {}, alert: async () => {} },
    line,
    approved: async () => [],
    translator: null,
    announce: () => {},
  };
  const repair = async (id: string) => void owed.push(id);
  const mend = async () => {};
  const take = (actor: Actor, id: string) => claim(desk, actor, id);
  const staff = createStaffPort({ db, claim: take, repair, mend, log, clock, publicUrl });
  const bot = createHandler({ decide: () => Promise.reject(new Error('no visitor here')), staff });
  const teams: Teams = createTeams(settings, {
    db,
    bot,
    log,
    clock: later,
    publicUrl,
    delay: (ms) => delay(ms),
    random: Math.random,
    jobs: { alert: async () => {}, wake: () => {} },
  });
  const app = new Hono();
  const pass = async (_: unknown, next: () => Promise<void>) => next();
  const guards = { public: pass, visitor: pass, staff: pass, provider: pass, teams: pass, operator: pass, dev: pass };
  teams.routes(createDoor(app, guards));
  const work = async () => {
    for (const id of owed.splice(0)) await teams.syncCard(id, false);
  };
  try {
    const { wrappedKey, masterKeyId } = vault.newKey();
    const id = await addWaiting(city, { wrappedKey, masterKeyId });
    await post({ ...house, app }, message(fake, 'koppla järva'));
    await work();
    const posted = [...fake.shown.entries()].find(([, activity]) => JSON.stringify(activity).includes(id));
    expect(JSON.stringify(posted?.[1])).toContain('Nytt ärende i kön');

    const who = { from: { id: '29:x', aadObjectId: 'alva' }, channelData: { tenant: { id: TENANT } } };
    const answer = await post({ ...house, app }, clicked(fake, { conversation: id, version: 0 }, who));
    expect(await answer.text()).toContain('Järva 1 har tagit över');
    aheadMs = 6_000;
    await work();
    expect(JSON.stringify(fake.shown.get(posted?.[0] ?? ''))).toContain('Järva 1 har tagit över');
    const [row] = await db.select().from(conversation).where(eq(conversation.id, id));
    expect(row?.owner).toBe('worker');
  } finally {
    await fake.stop();
    await city.close();
  }
});
