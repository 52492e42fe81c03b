import { appendAudit } from '../../../db/audit.ts';
import type { Db } from '../../../db/client.ts';
import type { Timetable } from '../hours/timetable.ts';
import type { Log } from '../log.ts';

/** Says once a day which districts nobody has given hours: they count as closed, and somebody must hear of it (F52). */
export function createCheckHours(deps: {
  db: Db;
  log: Log;
  clock(): Date;
  timetable: Pick<Timetable, 'missing'>;
}): () => Promise<void> {
  return async () => {
    const missing = deps.timetable.missing();
    if (missing.length === 0) return;
    const districts = missing.join(',');
    deps.log.warn('hours.missing', { districts });
    const entry = { actor: 'system', action: 'hours-missing', conversationId: null, detail: { districts } };
    await deps.db.transaction((tx) => appendAudit(tx, entry, deps.clock()));
  };
}
