import pino from 'pino';

export interface Log {
  info(event: string, facts?: Facts): void;
  warn(event: string, facts?: Facts): void;
  error(event: string, facts?: Facts): void;
}
export type Facts = Record<string, string | number | boolean | null>;

/** One structured line an event, ids and codes only: there is no way to hand it an error's message or an object. */
export function createLog(level: 'silent' | 'info', write?: (line: string) => void): Log {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    write ? { write } : pino.destination(1),
  );
  return {
    info: (event, facts = {}) => logger.info({ event, ...facts }),
    warn: (event, facts = {}) => logger.warn({ event, ...facts }),
    error: (event, facts = {}) => logger.error({ event, ...facts }),
  };
}

/** What may be said of an error: its class, its code and where in our code it arose. Messages can hold people's words (DATA §2). */
export function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  const inner = error.cause instanceof Error ? error.cause : error;
  const code = 'code' in inner ? String(inner.code) : '';
  const at = /\((?:file:\/\/)?(?![^()]*node_modules)[^()]*\/((?:src|db)\/[^()]+)\)/.exec(error.stack ?? '')?.[1] ?? '';
  return { error: inner.name, ...(code ? { code } : {}), ...(at ? { at } : {}) };
}
