import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { serveAlone } from './serve-alone.ts';

/** A webhook that does nothing: the form is read and thrown away. */
const app = new Hono();
app.post('/sms/twilio', async (c) => {
  await c.req.text();
  return c.body(null, 204);
});
serveAlone(createServer(getRequestListener(app.fetch)));
