import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, beforeEach, expect } from 'vitest';
import { DIST } from '../../src/server/build.ts';
import { type FakeInbox, startFakeInbox } from '../support/fake-inbox.ts';
import { inboxWindow } from './inbox-window.ts';
import { teamsHost } from './teams-host.ts';

/** The tab as it is built for people; that is done once, before any test runs. */
const TAB = path.join(DIST, 'tab');
/** What Teams says when asked for a token. */
export type TeamsAnswer = [given: boolean, what: string] | null;
export const GIVEN: TeamsAnswer = [true, 'teams-token'];

export const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
export const inMinutes = (minutes: number) => minutesAgo(-minutes);

interface StageOptions extends NonNullable<Parameters<typeof inboxWindow>[0]> {
  /** What the staff API holds when a test begins. */
  set(fake: FakeInbox): void;
  /** The theme that Teams, at `/teams`, begins with. */
  theme?: Parameters<typeof teamsHost>[0];
  /** Further pages by path. */
  pages?: Record<string, string>;
}

/** The built tab in a browser, before a staff API in memory that each test has to itself. */
export function inboxStage({ set, theme, pages, ...size }: StageOptions) {
  const on: { fake?: FakeInbox } = {};
  const teams: { answer: TeamsAnswer } = { answer: GIVEN };
  const fake = () => on.fake ?? expect.fail('the stage is not set');

  beforeEach(async () => {
    on.fake = await startFakeInbox(TAB, { '/teams': teamsHost(theme), ...pages });
    set(on.fake);
    teams.answer = GIVEN;
  });
  afterEach(() => on.fake?.close());
  // Its pages are closed before the server that they read from.
  const { open, ...window } = inboxWindow(size);

  return {
    ...window,
    fake,
    teams,
    /** Opens the tab, signed in as a worker of Järva unless the path says otherwise. */
    visit: (
      where = '/inbox/?worker=jarva-1',
      options: BrowserContextOptions = {},
      before?: (page: Page) => Promise<unknown>,
    ) =>
      open(fake().url + where, options, async (page) => {
        await page.exposeFunction('giveToken', () => teams.answer);
        await before?.(page);
      }),
  };
}
