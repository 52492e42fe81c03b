import './jitless.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { openMemory } from './memory.ts';
import { openHost } from './open-host.ts';

const root = document.getElementById('root');
if (root) {
  const host = await openHost(window);
  createRoot(root).render(<App host={host} memory={openMemory(window)} />);
}
