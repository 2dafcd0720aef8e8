import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { PLANT, planting } from './tests/planted/plugin.ts';
import { builtThreads } from './tests/support/built-threads.ts';
import { LongestFirst } from './tests/support/longest-first.ts';
import { memoryDisk } from './tests/support/memory-disk.ts';
import { PATIENCE_MS } from './tests/support/patience.ts';

const LONG = 'tests/{fuzz,kill,hostile}/**/*.test.{ts,tsx}';
const E2E = 'tests/e2e/**/*.test.{ts,tsx}';
const SLOW = 'tests/**/*.slow.test.{ts,tsx}';
const JOURNEYS = 'tests/journeys/**/*.test.{ts,tsx}';
const UNPACKED = 'tests/support/unpacked.ts';
const PROGRAM = 'tests/support/program.ts';

/**
 * What Node compiles is kept for every process and thread of the tests, and for the next run: an engine's thread takes 0.2 s of
 * processor instead of 0.4 then, a reader's 0.1 instead of 0.2. Node keys it by the code itself.
 */
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

process.env['TMPDIR'] ??= memoryDisk() ?? undefined;

/**
 * Five kinds of tests, three files at a time, for many wait most of their time. The files that a worker runs share
 * their modules and one browser, which takes a third less processor time than a process for each file; a file that replaces a
 * module with `vi.mock` loads what it tests anew, and lets go of it (`vi.resetModules`). `unit`: everything quick. `journeys`:
 * the main journeys in a real browser over the built program (built when stale). `npm test` runs these two. `slow`: files named
 * `*.slow.test.ts`, which take more than 8 s each. `e2e`: every other test in a browser. `long`: fuzzing, kills and hostile input. `npm run test:all` runs all five.
 */
export default defineConfig({
  plugins: [process.env[PLANT] === undefined ? builtThreads() : planting()],
  test: {
    pool: 'forks',
    isolate: false,
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // What is waited for comes later on a busy machine; vitest's own second is shorter than a project's opening there.
    expect: { poll: { timeout: PATIENCE_MS } },
    // Every answer of an engine is checked against the contract (electron/engine/contract.ts).
    // Playwright holds every locator while it believes that a navigation is under way. Where a window of Electron's bundles commits
    // its page while Playwright is still attaching to it, it never hears of the end, and held two journeys for ever on a busy machine.
    env: { SOURCEBOOK_CHECK_OUTPUTS: '1', PLAYWRIGHT_SKIP_NAVIGATION_CHECK: '1' },
    // These end a test that hangs; they measure nothing. A busy machine takes five times as long as a quiet one.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [LONG, E2E, JOURNEYS, SLOW],
          globalSetup: [UNPACKED, PROGRAM],
        },
      },
      {
        extends: true,
        test: { name: 'slow', include: [SLOW], globalSetup: [UNPACKED, PROGRAM] },
      },
      ...[
        { name: 'journeys', include: [JOURNEYS] },
        { name: 'e2e', include: [E2E] },
      ].map((browser) => ({
        extends: true as const,
        test: {
          ...browser,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          globalSetup: [UNPACKED, 'tests/support/built.ts', PROGRAM],
        },
      })),
      {
        extends: true,
        test: { name: 'long', include: [LONG], testTimeout: 1_800_000, globalSetup: UNPACKED },
      },
    ],
  },
});
