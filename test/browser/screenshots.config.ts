import { defineConfig } from 'vitest/config';

/** `npm run screenshots`: the pictures in the README, taken of the real service. No part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/browser/screenshots.ts'],
    globalSetup: ['./test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
