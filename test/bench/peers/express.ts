import { createServer } from 'node:http';
import express from 'express';
import { serveAlone } from './serve-alone.ts';

/** Express 5 as it comes, with its JSON body parser. */
const app = express();
app.use(express.json());
app.post('/api/messages', (request, response) => {
  const { type }: { type: string } = request.body;
  response.json({ id: type });
});
serveAlone(createServer(app));
