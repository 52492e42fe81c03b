import { defineConfig } from 'vitest/config';

const pool = { maxWorkers: 2, testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    reporters: ['default', './test/support/counts-reporter.ts'],
    ...pool,
    projects: [
      { test: { ...pool, name: 'house', include: ['test/house/**/*.test.ts'] } },
      {
        test: {
          ...pool,
          name: 'all',
          include: ['test/**/*.test.ts'],
          exclude: ['test/house/**', '**/node_modules/**'],
          globalSetup: ['./test/support/global-setup.ts'],
        },
      },
    ],
  },
});
