import { isNotNull, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { conversation } from '../../db/schema/conversation.ts';
import type { TestHouse } from '../support/house.ts';
import { youngPerson } from '../support/people.ts';
import { until } from '../support/until.ts';

/** What bad input must leave as it was: the rows of every table, a service that works, a log without surprises. */
export function probe(house: TestHouse) {
  const { db } = house.deps.webchat;
  const counts = async (): Promise<Record<string, number>> => {
    const tables = await db.execute<{ name: string }>(
      sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    );
    const rows: Record<string, number> = {};
    for (const { name } of tables) {
      const [row] = await db.execute<{ n: number }>(sql`select count(*)::int as n from ${sql.identifier(name)}`);
      rows[name] = row?.n ?? -1;
    }
    return rows;
  };
  return {
    counts,
    /** Runs the attack when all turns are done; afterwards every table has the rows it had. */
    async storesNothing(attack: () => Promise<void>): Promise<void> {
      await until(async () => (await db.$count(conversation, isNotNull(conversation.turnDueAt))) === 0);
      const before = await counts();
      await attack();
      expect(await counts()).toEqual(before);
    },
    async stillWorks(): Promise<void> {
      const person = await youngPerson(house);
      expect(await person.says('hej')).toContain('112');
    },
    /** Log lines of level error: something was thrown that nobody expected. */
    surprises: () => house.logs.filter((line) => JSON.parse(line).level >= 50),
  };
}

const INTERNALS = /node_modules|\.ts\b|\.js:|drizzle|postgres|select |insert |stack|SyntaxError|TypeError|zod/i;

/** RFC 9457 and nothing of our insides. */
export function expectProblem(answer: { status: number; type: string | null; text: string }, status: number): void {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.type).toBe('application/problem+json');
  expect(JSON.parse(answer.text)).toMatchObject({ status, title: expect.any(String), type: expect.any(String) });
  expect(answer.text).not.toMatch(INTERNALS);
}

export const ask = async (url: string, init: RequestInit = {}) =>
  answerOf(await fetch(url, { redirect: 'manual', ...init }));

export async function answerOf(response: Response) {
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}
