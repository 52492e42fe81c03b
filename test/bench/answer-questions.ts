import { z } from 'zod';

const Asked = z.object({ question: z.unknown() });

/** The other end of `startChild`: says the first word, then answers every question until the parent lets go. */
export function answerQuestions(first: unknown, answer: (question: unknown) => Promise<unknown>): void {
  process.on('message', (message) => {
    answer(Asked.parse(message).question).then(
      (said) => tell({ answer: said ?? null }),
      (error: unknown) => tell({ failure: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit(0));
  tell({ answer: first });
}

const tell = (message: object) => process.send?.(message);
