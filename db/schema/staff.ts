import { sql } from 'drizzle-orm';
import { boolean, check, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns.ts';
import { ofDistrict, type TeamsReference } from './place.ts';

export const WORKER_ROLES = ['worker', 'coordinator', 'editor', 'admin'] as const;
export type WorkerRole = (typeof WORKER_ROLES)[number];

/** Which alerts a worker wants in their own Teams chat: a choice, and only while on duty (F35). */
export const ALERTS = ['none', 'red', 'all'] as const;
export type Alerts = (typeof ALERTS)[number];
/** What the last alert to a worker met (F32). */
export const ALERT_HEALTH = ['unknown', 'ok', 'blocked', 'missing'] as const;
export type AlertHealth = (typeof ALERT_HEALTH)[number];

/** A member of staff, known by tenant and object id: nothing a person can change about themselves decides access. */
export const worker = pgTable(
  'worker',
  {
    id: text('id').primaryKey(),
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    /** First name or alias: what help-seekers and colleagues see. */
    name: text('name').notNull(),
    role: text('role').$type<WorkerRole>().notNull(),
    active: boolean('active').notNull().default(true),
    /** Their personal chat with the bot, once the app is installed for them. */
    teams: jsonb('teams').$type<TeamsReference>(),
    alerts: text('alerts').$type<Alerts>().notNull().default('none'),
    alertHealth: text('alert_health').$type<AlertHealth>().notNull().default('unknown'),
    onDutyUntil: instant('on_duty_until'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('worker_identity').on(t.tenantId, t.objectId),
    check('worker_alerts', sql`${t.alerts} in ('none', 'red', 'all')`),
    check('worker_alert_health', sql`${t.alertHealth} in ('unknown', 'ok', 'blocked', 'missing')`),
    check('worker_role', sql`${t.role} in ('worker', 'coordinator', 'editor', 'admin')`),
  ],
);

/** Whose it is. */
export const ofWorker = (name = 'worker_id') =>
  text(name)
    .notNull()
    .references(() => worker.id);

export const workerDistrict = pgTable(
  'worker_district',
  {
    workerId: ofWorker(),
    district: ofDistrict(),
  },
  (t) => [primaryKey({ columns: [t.workerId, t.district] })],
);
