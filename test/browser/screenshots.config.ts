import { defineConfig } from 'vitest/config';

/** `npm run screenshots`: the pictures in the README; those of the chat taken of the real service. No part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/browser/screenshots.ts', 'test/browser/screenshots-inbox.ts'],
    globalSetup: ['./test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
