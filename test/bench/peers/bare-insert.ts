import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import postgres from 'postgres';
import { serveAlone } from './serve-alone.ts';

/** The least a webhook that loses nothing can do: the form is one row, committed before the answer. */
const options: postgres.Options<Record<string, never>> = JSON.parse(process.argv[3] ?? '{}');
const sql = postgres({ ...options, max: 12, onnotice: () => {} });
await sql`create table if not exists bench_form (form text)`;
const app = new Hono();
app.post('/sms/twilio', async (c) => {
  const form = await c.req.text();
  await sql`insert into bench_form values (${form})`;
  return c.body(null, 204);
});
serveAlone(createServer(getRequestListener(app.fetch)));
