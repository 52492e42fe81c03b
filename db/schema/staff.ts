import { sql } from 'drizzle-orm';
import { boolean, check, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';
import { district } from './place.ts';

export const WORKER_ROLES = ['worker', 'coordinator', 'editor', 'admin'] as const;
export type WorkerRole = (typeof WORKER_ROLES)[number];

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
    createdAt: createdAt(),
  },
  (t) => [
    unique('worker_identity').on(t.tenantId, t.objectId),
    check('worker_role', sql`${t.role} in ('worker', 'coordinator', 'editor', 'admin')`),
  ],
);

export const workerDistrict = pgTable(
  'worker_district',
  {
    workerId: text('worker_id')
      .notNull()
      .references(() => worker.id),
    district: text('district')
      .notNull()
      .references(() => district.slug),
  },
  (t) => [primaryKey({ columns: [t.workerId, t.district] })],
);
