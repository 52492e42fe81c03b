import { boolean, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** Where cards of a district go: the parts of a Bot Framework conversation reference that a later post needs. */
export interface TeamsReference {
  serviceUrl: string;
  conversationId: string;
  tenantId: string;
  botId: string;
  boundAt: string;
  /** Why the last post there was refused: `blocked`, `gone` or `refused`; absent while all is well (F32). */
  failing?: string;
}

/**
 * Wall-clock times (Europe/Stockholm) of one day, as pairs `HH:MM`; an empty list is closed. One that ends before it begins runs
 * past midnight.
 */
export type Spans = [from: string, to: string][];
/** When a district's own people answer. */
export interface DistrictHours {
  week: Partial<Record<'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday', Spans>>;
  /** On the calendar's holidays. */
  holidays: Spans;
  /** By date (YYYY-MM-DD); before everything else. */
  exceptions: Record<string, Spans>;
  /** In `staden`'s row: days that are different in every district. */
  cityDays: Record<string, Spans>;
}

/** The 11 districts of the city and the city pool `staden`. Former names live in `aliases` (DOMAIN §1.2). */
export const district = pgTable('district', {
  slug: text('slug').primaryKey(),
  name: text('name').notNull(),
  aliases: text('aliases').array().notNull().default([]),
  teams: jsonb('teams').$type<TeamsReference>(),
  /** Null: nobody has said when, which counts as closed and is alarmed (F52). */
  hours: jsonb('hours').$type<DistrictHours>(),
});

/** Which district it is about. */
export const ofDistrict = (name = 'district') =>
  text(name)
    .notNull()
    .references(() => district.slug);

/** A name that lies in two districts has two rows: the bot asks. */
export const neighbourhood = pgTable(
  'neighbourhood',
  {
    name: text('name').notNull(),
    district: ofDistrict(),
    informal: boolean('informal').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.name, t.district] })],
);

/** First three digits of a postcode; without a district the prefix is split and the bot asks (DOMAIN §1.4). */
export const postcodePrefix = pgTable('postcode_prefix', {
  prefix: text('prefix').primaryKey(),
  district: text('district').references(() => district.slug),
});
