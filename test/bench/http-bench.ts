import { interleave } from './interleave.ts';
import { postText } from './load/connection.ts';
import type { Driven } from './load/drive.ts';
import { type RequestLoader, startRequestLoader } from './load/start-load.ts';
import { activityJson, PEER_PATH, type PeerName, startPeer } from './peers/start-peer.ts';
import type { Report } from './report.ts';
import { mintVisitors, POSTS_A_VISITOR } from './service/mint-visitors.ts';
import type { BenchDatabase } from './service/open-bench-database.ts';
import { freePort, type Service, startService } from './service/start-service.ts';
import { ratiosOf, spreadOf } from './statistics.ts';
import { whileOpen } from './while-open.ts';

const CONNECTIONS = 32;
const [WARM_MS, MEASURE_MS] = [300, 1_500];
/** No request a visitor could be held back for: more visitors than any machine here can use up in one round. */
const VISITORS = 600;
const PEERS = ['bare', 'express', 'echo-bot'] as const satisfies readonly PeerName[];
type Name = (typeof PEERS)[number] | 'ours';

/** SPEED §7 goal 5: what our whole chain costs, and how soon a started process answers. */
export async function httpBench(database: BenchDatabase, rounds: number, say: (line: string) => void): Promise<Report> {
  const under = await requestsUnderLoad(database, rounds, say);
  const starts = await startTimes(database, rounds, say);
  const rate = (name: Name) => under.results[name].map((r) => r.perSecond);
  const times = (name: Name) => ({
    p50: under.results[name].map((r) => r.p50Ms),
    p99: under.results[name].map((r) => r.p99Ms),
  });
  const busiest = Math.max(...under.results.bare.map((r) => r.busy));
  return {
    name: `http: POST, JSON in and out, ${CONNECTIONS} connections`,
    figures: [
      ...([...PEERS, 'ours'] as const).flatMap((name) => [
        { what: LABEL[name], unit: 'requests/s', ...spreadOf(rate(name)) },
        { what: '  half within', unit: 'ms', ...spreadOf(times(name).p50) },
        { what: '  99 % within', unit: 'ms', ...spreadOf(times(name).p99) },
      ]),
      { what: 'start to first 200: echo bot', unit: 'ms', ...spreadOf(starts.bot) },
      { what: 'start to first 200: ours (/readyz)', unit: 'ms', ...spreadOf(starts.ours) },
    ],
    goals: [
      { what: 'ours ÷ bare node:http', atLeast: 0.6, ...ratiosOf(rate('ours'), rate('bare')) },
      { what: 'ours ÷ bare Express', atLeast: 1.5, ...ratiosOf(rate('ours'), rate('express')) },
      { what: 'ours ÷ echo bot', atLeast: 10, ...ratiosOf(rate('ours'), rate('echo-bot')) },
      { what: 'first 200 after start: ours ÷ echo bot', atMost: 0.5, ...ratiosOf(starts.ours, starts.bot) },
    ],
    checks: [],
    notes: [
      'ours is POST …/conversations/{id}/activities with an event that needs no answer: origin, bearer token (HS256), rate limit, body limit, schema, security headers, request id, access log to a file. It writes nothing; the guard reads the token epoch from the database (one query a request), which no peer does. A load stops at the first answer that is not a 200.',
      'echo bot is Express 5 + CloudAdapterBase of botbuilder-core 4.23.3, expectReplies, in memory, no authentication. The package `botbuilder` is not installed: its check of the activity is left out, so this peer is a little faster than the real one.',
      `load: ${under.tool}${Number.isNaN(busiest) ? '' : `; it used up to ${Math.round(busiest * 100)} % of its processor against bare node:http (near 100 % it is the load that limits bare, and our ratio to it is flattered)`}.`,
      'start of ours: the embedded database is initialised and running, the browser bundles are built; /readyz answers 200 once jobs run too.',
    ],
  };
}

const LABEL: Record<Name, string> = {
  bare: 'bare node:http',
  express: 'Express 5 + express.json',
  'echo-bot': 'Express 5 + botbuilder echo bot',
  ours: 'ours, the whole chain',
};

function requestsUnderLoad(database: BenchDatabase, rounds: number, say: (line: string) => void) {
  return whileOpen(async (open) => {
    const service = await open(startService(database.dataDir, await freePort()));
    const loader = await open(startRequestLoader());
    const peer = async (name: PeerName) => {
      const { port } = await open(startPeer(name));
      const requests = [postText(PEER_PATH, activityJson('Hej'))];
      return () => loader.load({ ...SIZE, port, path: PEER_PATH, requests });
    };
    const contenders = {
      bare: await peer('bare'),
      express: await peer('express'),
      'echo-bot': await peer('echo-bot'),
      ours: () => loadOurs(database, service, loader),
    };
    const results = await interleave<Name, Driven>(rounds, contenders, (round) =>
      say(`http: requests, round ${round} of ${rounds}`),
    );
    return { results, tool: loader.tool };
  });
}

const SIZE = { connections: CONNECTIONS, warmMs: WARM_MS, measureMs: MEASURE_MS };

/** Visitors of their own for each round, in turns, so that none of them meets the limit of posts. */
async function loadOurs(database: BenchDatabase, service: Service, loader: RequestLoader): Promise<Driven> {
  const visitors = await mintVisitors(database, VISITORS);
  const event = JSON.stringify({ ...JSON.parse(activityJson('Hej')), type: 'event', name: 'webchat/join' });
  const requests = visitors.map(({ threadId, token }) =>
    postText(`/v3/directline/conversations/${threadId}/activities`, event, [`authorization: Bearer ${token}`]),
  );
  const driven = await loader.load({ ...SIZE, port: service.port, path: '/', requests });
  const sent = (driven.perSecond * (WARM_MS + MEASURE_MS)) / 1_000;
  if (sent > VISITORS * POSTS_A_VISITOR) throw new Error('too few visitors for this machine: raise VISITORS');
  return driven;
}

async function startTimes(database: BenchDatabase, rounds: number, say: (line: string) => void) {
  const ours = async () => {
    const service = await startService(database.dataDir, await freePort());
    await service.stop();
    return service.startedInMs;
  };
  const bot = async () => {
    const began = performance.now();
    const peer = await startPeer('echo-bot');
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`http://127.0.0.1:${peer.port}${PEER_PATH}`, {
      method: 'POST',
      headers,
      body: activityJson('Hej'),
    });
    await answer.body?.cancel();
    const took = performance.now() - began;
    await peer.stop();
    if (answer.status !== 200) throw new Error(`the echo bot answered ${answer.status}`);
    return took;
  };
  return interleave<'ours' | 'bot', number>(rounds, { bot, ours }, (round) =>
    say(`http: starts, round ${round} of ${rounds}`),
  );
}
