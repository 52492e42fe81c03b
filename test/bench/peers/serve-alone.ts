import type { Server } from 'node:http';
import { answerQuestions } from '../answer-questions.ts';

/** Opens a peer on the port given as its first argument, or any free one, and tells the parent where. */
export function serveAlone(server: Server): void {
  server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
    const address = server.address();
    const port = address === null || typeof address === 'string' ? 0 : address.port;
    answerQuestions({ port }, async () => null);
  });
}
