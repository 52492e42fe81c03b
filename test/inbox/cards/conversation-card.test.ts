import { describe, expect, test } from 'vitest';
import {
  alertCard,
  alertSummaryOf,
  type CardFacts,
  conversationCard,
  inboxLink,
  summaryOf,
} from '../../../src/inbox/cards/conversation-card.ts';
import { noticeCard } from '../../../src/inbox/cards/notice-card.ts';

const facts: CardFacts = {
  conversation: 'cnv_0193',
  version: 4,
  district: 'Järva',
  owner: 'waiting',
  risk: 'emergency',
  channel: 'web',
  waitingSince: new Date('2026-11-22T13:05:00Z'),
  holder: null,
  again: false,
  link: inboxLink({ publicUrl: 'https://utvag.example/' }, 'cnv_0193'),
};

describe('the card of a conversation', () => {
  test('waiting: district, urgency, channel, waiting since in Stockholm’s time, take over and a link, and nothing else', () => {
    const data = { verb: 'claim', conversation: 'cnv_0193', version: 4 };
    expect(conversationCard(facts)).toEqual({
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.5',
      body: [
        {
          type: 'TextBlock',
          text: 'Nytt ärende i kön',
          wrap: true,
          weight: 'Bolder',
          size: 'Medium',
          style: 'heading',
          color: 'Attention',
        },
        {
          type: 'FactSet',
          facts: [
            { title: 'Stadsdel', value: 'Järva' },
            { title: 'Läge', value: 'Fara nu' },
            { title: 'Kanal', value: 'Webbchatt' },
            { title: 'Väntat sedan', value: '22 nov. 14:05' },
          ],
        },
      ],
      actions: [
        {
          type: 'Action.Execute',
          title: 'Ta över',
          verb: 'claim',
          data,
          style: 'positive',
          fallback: { type: 'Action.Submit', title: 'Ta över', data },
        },
        {
          type: 'Action.OpenUrl',
          title: 'Öppna i inkorgen',
          url: 'https://utvag.example/inbox/#cnv_0193',
        },
      ],
    });
    expect(summaryOf(facts)).toBe('Nytt ärende i kön: Järva, fara nu');
  });

  test.each([
    [{ owner: 'waiting', again: true }, 'Tillbaka i kön', true],
    [{ owner: 'worker', holder: 'Järva 1' }, 'Järva 1 har tagit över', false],
    [{ owner: 'worker', holder: null }, 'En kollega har tagit över', false],
    [{ owner: 'bot', holder: null }, 'Lämnat tillbaka till chattboten', false],
    [{ owner: 'closed', holder: 'Järva 1' }, 'Avslutat', false],
  ] as const)('%j is called “%s”; take over only while somebody waits', (change, title, takeOver) => {
    const json = JSON.stringify(conversationCard({ ...facts, ...change }));
    expect(json).toContain(title);
    expect(json.includes('Action.Execute')).toBe(takeOver);
    expect(json.includes('Väntat sedan')).toBe(takeOver);
  });

  test('an alert asks to look: the same facts and a link, no name, no button that changes anything', () => {
    const held = { ...facts, owner: 'worker' as const, holder: 'Järva 1', again: true };
    const json = JSON.stringify(alertCard(held));
    for (const part of ['Titta i inkorgen', 'Järva"', 'Fara nu', 'Webbchatt', '#cnv_0193'])
      expect(json).toContain(part);
    expect(json).not.toMatch(/Järva 1|Execute|Submit/);
    expect(JSON.stringify(alertCard(facts))).toContain('22 nov. 14:05');
    expect(alertSummaryOf(held)).toBe('Titta i inkorgen: Järva, fara nu');
  });

  test('with the app known in Teams the link opens its tab there, the id as its sub-entity', () => {
    const link = new URL(inboxLink({ publicUrl: 'https://utvag.example', teamsAppId: 'a-b' }, 'cnv_1&x=2'));
    expect(link.origin + link.pathname).toBe('https://teams.microsoft.com/l/entity/a-b/inbox');
    expect(JSON.parse(link.searchParams.get('context') ?? '')).toEqual({ subEntityId: 'cnv_1&x=2' });
    expect(link.searchParams.get('webUrl')).toBe('https://utvag.example/inbox/#cnv_1%26x%3D2');
  });

  test('a notice tells nothing about any conversation', () => {
    for (const notice of ['absent', 'stranger', 'moved', 'newer', 'unreadable'] as const) {
      expect(JSON.stringify(noticeCard(notice))).not.toMatch(/actions|cnv_|Järva/);
    }
  });
});
