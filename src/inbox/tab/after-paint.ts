/** A frame that nobody sees is not drawn: then it is not waited for. */
const UNSEEN_MS = 100;

/** Resolves when what is known now has been drawn. */
export const afterPaint = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, UNSEEN_MS);
  });
