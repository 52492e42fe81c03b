import { config } from 'zod';

// First of all imports: the page's policy forbids code from strings, and zod would try it once when a schema is made.
config({ jitless: true });
