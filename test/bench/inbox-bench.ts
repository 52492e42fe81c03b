import os from 'node:os';
import type { Browser } from 'playwright-core';
import { ownMasterKeys } from '../../src/server/master-keys.ts';
import { openChromium } from '../support/open-chromium.ts';
import { replayPlans } from '../support/replay-plans.ts';
import { paintRows, signIn } from './inbox/live-rows.ts';
import type { InboxSize } from './inbox/make-inbox.ts';
import { ASKED, claimFirst, type Inbox, openInbox } from './inbox/open-inbox.ts';
import { askBoth, type Round, type Sides } from './inbox/queue-load.ts';
import { type Measured, type PlanOf, reportOf } from './inbox/report-of.ts';
import { ownBytes, startStarter } from './inbox/tab-start.ts';
import { interleave } from './interleave.ts';
import type { Report } from './report.ts';
import type { BenchDatabase } from './service/open-bench-database.ts';
import { freePort, startService } from './service/start-service.ts';
import { whileOpen } from './while-open.ts';
import { type Target, visitPage } from './widget/visit-page.ts';

/** Pages are full in both; a hundredth of the big one is open, which is three in ten of the small one. */
const SMALL: InboxSize = { conversations: 1_000, waiting: 200, held: 150, withBot: 50 };
const BIG: Record<'full' | 'small', InboxSize> = {
  full: { conversations: 1_000_000, waiting: 2_000, held: 3_000, withBot: 5_000 },
  small: { conversations: 20_000, waiting: 400, held: 600, withBot: 1_000 },
};
const UNHURRIED = { slower: 1, network: null };

/** SPEED §7 goal 9: the staff inbox on a thousand times as much, what happens until it is painted, and the tab's own weight. */
export function inboxBench(
  database: BenchDatabase,
  rounds: number,
  say: (line: string) => void,
  size: 'full' | 'small' = 'full',
): Promise<Report> {
  return whileOpen(async (open) => {
    const began = os.loadavg();
    const masters = ownMasterKeys(database.dataDir);
    say(
      `inbox: making ${BIG[size].conversations.toLocaleString('en')} conversations (the full size takes minutes and 7 GB)`,
    );
    const big = await open(openInbox(database.options, BIG[size], masters));
    const small = await open(openInbox(await database.addDatabase('small'), SMALL, masters));
    const queue = await askRounds({ small, big }, rounds, say);
    const plans = await plansOf(big);
    const messages = await Promise.all([small, big].map(messagesIn));
    const browser = await open(launch());
    const { url } = await open(startService(database.dataDir, await freePort()));
    say('inbox: rows painted while 100 streams are open');
    const live = await paintRows(browser.browser, url, rounds);
    const starts = await startsOf(browser.browser, url, rounds, say);
    const weight = await ownBytes();
    const load = [began, os.loadavg()].map(([one = 0]) => one);
    const sizes = { small: SMALL, big: BIG[size] };
    return reportOf({ queue, plans, live, starts, weight, messages, load, sizes } satisfies Measured);
  });
}

async function askRounds(inboxes: Sides<Inbox>, rounds: number, say: (line: string) => void): Promise<Round[]> {
  const { both } = await interleave(rounds, { both: (round) => askBoth(inboxes, round) }, (round) =>
    say(`inbox: queue, round ${round} of ${rounds}`),
  );
  return both;
}

async function plansOf(inbox: Inbox): Promise<PlanOf[]> {
  const plans: PlanOf[] = [];
  for (const { kind, what, ask } of ASKED)
    plans.push({
      what: `${kind}: ${what}`,
      plans: await replayPlans(inbox.options, (db) => ask(inbox, inbox.deskOn(db), 1)),
    });
  plans.push({ what: 'claim', plans: await replayPlans(inbox.options, (db) => claimFirst(inbox, inbox.deskOn(db))) });
  return plans;
}

const messagesIn = async ({ sql }: Inbox): Promise<number> => {
  const [row] = await sql<{ n: number }[]>`select sum(last_seq)::int as n from conversation`;
  return row?.n ?? 0;
};

/** A first visit, nothing cached, with a token as Teams has one: the list is there when its first row is. */
function startsOf(browser: Browser, url: string, rounds: number, say: (line: string) => void) {
  return whileOpen(async (open) => {
    const starter = await open(startStarter());
    const row = { field: '[data-row]', send: '[data-row]' };
    const token = JSON.stringify(await signIn(url, 'bench-2'));
    const before = `sessionStorage.setItem('utvag.token', ${token}); sessionStorage.setItem('utvag.worker', 'bench-2')`;
    const ours: Target = { name: 'ours', url: `${url}/inbox/`, before, ...row };
    const visit = (target: Target) => async () => (await visitPage(browser, target, UNHURRIED)).usableMs;
    return interleave(rounds, { ours: visit(ours), starter: visit(starter) }, (round) =>
      say(`inbox: starts, round ${round} of ${rounds}`),
    );
  });
}

async function launch(): Promise<{ browser: Browser; stop(): Promise<void> }> {
  const browser = await openChromium();
  return { browser, stop: () => browser.close() };
}
