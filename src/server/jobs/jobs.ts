import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import { uuidv7 } from 'uuidv7';
import type { ConnectionOptions, Tx } from '../../../db/client.ts';
import { factsOf, type Log } from '../log.ts';

/** Enqueues in the caller's transaction: the job exists exactly when its cause does. Payloads carry ids only. */
export interface Jobs {
  /** Several jobs for one text do no harm: its row says whether it is due. @param afterMs not before that long from now. */
  sms(tx: Tx, deliveryId: string, conversationId: string, afterMs?: number): Promise<void>;
  card(tx: Tx, conversationId: string): Promise<void>;
  /** One row of `alert`: to one member of staff, about one step of one conversation. */
  alert(tx: Tx, alertId: string): Promise<void>;
}

export interface JobHandlers {
  /** @param lastTry when true a further failure must be written down instead of thrown. */
  sms(deliveryId: string, lastTry: boolean): Promise<void>;
  /** @returns after how many ms it wants to be run again, or null: what waits for its turn uses up no try. */
  card(conversationId: string, lastTry: boolean): Promise<number | null>;
  alert(alertId: string, lastTry: boolean): Promise<number | null>;
  /** Timed exits of stuck states (F16); runs every minute on one replica at a time. */
  sweep(): Promise<void>;
  /** Erases what is older than the City's decision allows; runs every night on one replica. */
  eraseOld(): Promise<unknown>;
  /** Tells of districts without hours; every morning on one replica. */
  checkHours(): Promise<void>;
}

export interface JobRunner extends Jobs {
  start(handlers: JobHandlers): Promise<void>;
  /** Looks for work at once instead of at the next poll; called after a commit. */
  wake(): void;
  ready(): boolean;
  stop(): Promise<void>;
}

const RETRIES = 6;
/** Some 25 minutes of a vendor's bad day. */
const TEXT_RETRIES = 12;
const QUEUE = {
  retryLimit: RETRIES,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  heartbeatSeconds: 10,
} as const;

export function createJobs(connection: string | ConnectionOptions, log: Log): JobRunner {
  const boss = new PgBoss({
    ...(typeof connection === 'string' ? { connectionString: connection } : pgOptions(connection)),
    max: 3,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  boss.on('error', (error) => log.error('jobs.error', factsOf(error)));
  const workers: string[] = [];
  let ready = false;

  return {
    sms: (tx, deliveryId, key, afterMs = 0) => send(tx, 'text', { id: deliveryId }, key, afterMs),
    card: (tx, conversationId) => send(tx, 'card', { id: conversationId }, conversationId),
    alert: (tx, alertId) => send(tx, 'alert', { id: alertId }, alertId),
    async start(handlers) {
      await boss.start();
      // Order is kept by the rows; a strict queue would also hold back the confirmation of a STOP, and for ever behind a dead job.
      await boss.createQueue('text', { ...QUEUE, retryLimit: TEXT_RETRIES, expireInSeconds: 60 });
      await boss.createQueue('card', { policy: 'key_strict_fifo', ...QUEUE, expireInSeconds: 60 });
      await boss.createQueue('alert', { policy: 'standard', ...QUEUE, expireInSeconds: 60 });
      await boss.createQueue('sweep', { policy: 'singleton', retryLimit: 0, expireInSeconds: 120 });
      await boss.createQueue('erase-old', { policy: 'singleton', retryLimit: 3, expireInSeconds: 3_600 });
      await boss.createQueue('check-hours', { policy: 'singleton', retryLimit: 3, expireInSeconds: 60 });
      const text: Handle = (id, lastTry) => handlers.sms(id, lastTry).then(() => null);
      await work('text', 8, text, TEXT_RETRIES);
      await work('card', 4, handlers.card, RETRIES);
      await work('alert', 4, handlers.alert, RETRIES);
      await boss.schedule('sweep', '* * * * *');
      await boss.work('sweep', { pollingIntervalSeconds: 10 }, () => handlers.sweep());
      await boss.schedule('erase-old', '17 3 * * *', null, { tz: 'Europe/Stockholm' });
      await boss.work('erase-old', { pollingIntervalSeconds: 60 }, () => handlers.eraseOld());
      await boss.schedule('check-hours', '30 7 * * *', null, { tz: 'Europe/Stockholm' });
      await boss.work('check-hours', { pollingIntervalSeconds: 60 }, () => handlers.checkHours());
      ready = true;
    },
    wake() {
      for (const id of workers) boss.notifyWorker(id);
    },
    ready: () => ready,
    async stop() {
      ready = false;
      await boss.stop({ graceful: true, timeout: 5_000 });
    },
  };

  async function work(name: string, localConcurrency: number, handle: Handle, retries: number) {
    const options = {
      pollingIntervalSeconds: 1,
      batchSize: 1,
      burstWhenBatchFull: true,
      localConcurrency,
      includeMetadata: true,
    } as const;
    const id = await boss.work<{ id: string }, void>(name, options, async (jobs) => {
      for (const { data, retryCount } of jobs) {
        const againInMs = await handle(data.id, retryCount >= retries);
        if (againInMs === null) continue;
        await boss.send(name, data, { startAfter: Math.ceil(againInMs / 1_000), singletonKey: data.id });
      }
    });
    workers.push(id);
  }

  async function send(tx: Tx, name: string, data: { id: string }, singletonKey: string, afterMs = 0): Promise<void> {
    // Jobs of one transaction share their time of creation; ids that rise keep them in order (F27).
    const options = { id: uuidv7(), singletonKey, startAfter: Math.ceil(afterMs / 1_000) };
    await boss.send(name, data, { ...options, db: fromDrizzle(tx, sql) });
  }
}

type Handle = (id: string, lastTry: boolean) => Promise<number | null>;

/** The same options that postgres.js takes, under the names of node-postgres. */
function pgOptions(o: ConnectionOptions) {
  return {
    host: String(o.host),
    port: Number(o.port ?? 5432),
    database: String(o.database),
    user: String(o.username),
    ...(typeof o.password === 'string' ? { password: o.password } : {}),
  };
}
