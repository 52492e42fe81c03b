import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { App } from './app.tsx';
import { openMemory } from './memory.ts';
import { openHost } from './open-host.ts';

// The page's content security policy forbids code from strings; without this zod would try it once and be reported.
config({ jitless: true });

const root = document.getElementById('root');
if (root) {
  const host = await openHost(window);
  createRoot(root).render(<App host={host} memory={openMemory(window)} />);
}
