import { defineConfig } from 'vitest/config';

const LONG = 'tests/{fuzz,kill,hostile}/**/*.test.{ts,tsx}';
const E2E = 'tests/e2e/**/*.test.{ts,tsx}';

/**
 * Three kinds of tests. `unit`: everything quick, two files at a time. `e2e`: a real browser, one file at a time, over
 * the built program (built when stale). `long`: a seeded tenth in `npm test`, whole in `npm run test:long`.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/**/*.test.{ts,tsx}'], exclude: [LONG, E2E] },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: [E2E],
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: 'tests/support/built.ts',
        },
      },
      {
        extends: true,
        test: { name: 'long', include: [LONG], testTimeout: 1_800_000 },
      },
    ],
  },
});
