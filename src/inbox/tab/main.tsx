import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { early } from './early.ts';

/** What comes within this is drawn at once, without an empty list before it. */
const PATIENCE_MS = 25;

// The configuration page shares this file and has a root of its own.
const root = document.getElementById('root');
if (root) {
  const { desk } = await early;
  if (desk) {
    await Promise.race([desk.begun, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    // Before the browser draws the empty page.
    flushSync(() => createRoot(root).render(<App desk={desk} />));
  }
}
