import { get } from 'node:http';
import type { Browser } from 'playwright-core';
import { openChromium } from '../support/open-chromium.ts';
import { type Contenders, interleave } from './interleave.ts';
import type { Report } from './report.ts';
import type { BenchDatabase } from './service/open-bench-database.ts';
import { freePort, startService } from './service/start-service.ts';
import { whileOpen } from './while-open.ts';
import { PROFILES, reportOf, TYPING } from './widget/report-of.ts';
import { type Peer, startPeers, type Weight } from './widget/start-peers.ts';
import { typedInOurs, typedInWebChat, typeInto } from './widget/type-into.ts';
import { type Visited, visitPage } from './widget/visit-page.ts';

const TYPED_A_ROUND = 10;
/** Widgets that ask somebody else for something get no answer. */
const AT_HOME = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1';

/** SPEED §7 goals 1 to 3: weight, start and typing of the chat page beside other people's widgets and a bare form. */
export function widgetBench(database: BenchDatabase, rounds: number, say: (line: string) => void): Promise<Report> {
  return whileOpen(async (open) => {
    const service = await open(startService(database.dataDir, await freePort()));
    say('widget: packing the other widgets');
    const { peers } = await open(startPeers());
    const { browser } = await open(launch());
    const url = `${service.url}/chat`;
    const ours: Peer = {
      ...{ name: 'ours', url, field: 'textarea', send: 'button[type=submit]', weight: await weigh(url) },
      // The server has drawn both; the app is here when it hears what is written.
      alive: 'field.oninput !== null',
    };
    const pages = [ours, ...peers];
    const visits = await interleave(rounds, visitsOf(browser, pages), (round) =>
      say(`widget: visits, round ${round} of ${rounds}`),
    );
    const typed = await interleave(rounds, typingOf(browser, pages), (round) =>
      say(`widget: typing, round ${round} of ${rounds}`),
    );
    return reportOf({ pages, visits, typed });
  });
}

function visitsOf(browser: Browser, pages: readonly Peer[]): Contenders<string, Visited> {
  const all = Object.entries(PROFILES).flatMap(([profile, { conditions }]) =>
    pages.map((page) => [`${page.name} ${profile}`, () => visitPage(browser, page, conditions)] as const),
  );
  return Object.fromEntries(all);
}

function typingOf(browser: Browser, pages: readonly Peer[]): Contenders<string, number[]> {
  const all = TYPING.map(({ name, messages }) => {
    const url = pages.find((page) => page.name === name)?.url ?? '';
    const typed = name === 'ours' ? typedInOurs(url) : typedInWebChat(url);
    return [`${name} ${messages}`, () => typeInto(browser, typed, messages, TYPED_A_ROUND)] as const;
  });
  return Object.fromEntries(all);
}

async function launch(): Promise<{ browser: Browser; stop(): Promise<void> }> {
  const browser = await openChromium(AT_HOME);
  return { browser, stop: () => browser.close() };
}

const weigh = async (url: string): Promise<Weight> => ({
  raw: await bytesOf(url, 'identity'),
  gzip: await bytesOf(url, 'gzip'),
  brotli: await bytesOf(url, 'br'),
});

/** As it comes, not unpacked. */
const bytesOf = (url: string, encoding: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': encoding, 'accept-language': 'sv' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      answer.on('end', () => resolve(bytes));
    }).on('error', reject);
  });
