import { describe, expect, test } from 'vitest';
import { createHandler, type StaffPort, TURN_INPUT, TURN_OUTCOME } from '../../../src/bot/handler.ts';
import type { Outcome, TurnInput } from '../../../src/bot/outcome.ts';
import { turnOf } from '../../bot/model/turn-deps.ts';

const input = turnOf('KANARIE');
const outcome: Outcome = {
  reply: {
    text: 'Hej.\n\nVill du prata med någon?',
    answers: [{ id: 'welcome', version: 2 }],
    choices: [{ id: 'human', title: 'Prata med en människa' }],
  },
  state: {},
  language: 'sv',
  district: null,
  triage: { risk: 'none', kinds: [], reasons: [], wantsHuman: false },
  handoff: null,
  topics: [],
};
const noStaff: StaffPort = {
  installed: () => Promise.reject(new Error('staff port reached')),
  command: () => Promise.reject(new Error('staff port reached')),
  action: () => Promise.reject(new Error('staff port reached')),
};

/** Runs the handler on a turn context of the few parts it reads. */
async function turn(channelId: string, decided: Outcome, staff: StaffPort | null = noStaff) {
  const sent: unknown[] = [];
  const asked: TurnInput[] = [];
  const turnState = new Map<unknown, unknown>([[TURN_INPUT, input]]);
  const activity = { type: 'message', channelId, text: 'KANARIE', conversation: { id: 'c' }, serviceUrl: '' };
  const context = { activity, turnState, sendActivity: async (a: unknown) => void sent.push(a) };
  const decide = async (given: TurnInput) => {
    asked.push(given);
    return decided;
  };
  await createHandler({ decide, staff }).run(Object(context));
  return { sent, asked, outcome: turnState.get(TURN_OUTCOME) };
}

describe('the handler of every channel', () => {
  test.each(['webchat', 'sms'])(
    '%s: one turn, its outcome kept, one message with its choices as buttons',
    async (channel) => {
      const { sent, asked, outcome: kept } = await turn(channel, outcome);
      expect(asked).toEqual([input]);
      expect(kept).toBe(outcome);
      const title = 'Prata med en människa';
      expect(sent).toEqual([
        {
          type: 'message',
          text: outcome.reply?.text,
          locale: 'sv',
          suggestedActions: { actions: [{ type: 'imBack', title, value: title }], to: [] },
          channelData: { utvag: { author: 'bot', answers: [{ id: 'welcome', version: 2 }], language: 'sv' } },
        },
      ]);
    },
  );

  test('an outcome without a reply says nothing', async () => {
    const { sent, outcome: kept } = await turn('webchat', { ...outcome, reply: null });
    expect(sent).toEqual([]);
    expect(kept).toMatchObject({ reply: null });
  });

  test('a message in Teams never reaches the bot’s turn, and what was written is not echoed', async () => {
    const staff = { ...noStaff, command: async () => 'Hjälp.' };
    const { sent, asked } = await turn('msteams', outcome, staff);
    expect(asked).toEqual([]);
    expect(JSON.stringify(sent)).not.toContain('KANARIE');
    expect((await turn('msteams', outcome, null)).sent).toEqual([]);
  });

  test('another channel meets nobody', async () => {
    const { sent, asked } = await turn('emulator', outcome);
    expect([...sent, ...asked]).toEqual([]);
  });
});
