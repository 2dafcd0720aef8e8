import { z } from 'zod';

/** The result of any run. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** How many of `passed` and `skipped` were not run, since they passed earlier on the same inputs. */
  readonly earlier: number;
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0, earlier: 0 };

/** The sum of tallies. */
export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
      earlier: all.earlier + one.earlier,
    }),
    NOTHING,
  );
}

const COUNT = new Intl.NumberFormat('en');

/** The last line of every run. It says plainly what was not run again. */
export function closingLine(tally: Tally): string {
  const line = `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`;
  if (tally.earlier === 0) return line;
  const run = tally.passed + tally.failed + tally.skipped - tally.earlier;
  return `${line} (${COUNT.format(tally.earlier)} passed earlier on these same files; ${COUNT.format(run)} run)`;
}

/** The used part of vitest's JSON report. */
const Report = z.object({
  numPassedTests: z.number().int(),
  numFailedTests: z.number().int(),
  numPendingTests: z.number().int(),
  numTodoTests: z.number().int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/** The result of one test file of a run. */
export interface FileResult {
  /** As vitest names it: an absolute path. */
  readonly path: string;
  /** It ended, and every test passed or is skipped. */
  readonly hasPassed: boolean;
  readonly hasFailed: boolean;
  readonly passed: number;
  /** Failed tests; one where the file failed without a failed test. */
  readonly failed: number;
  readonly skipped: number;
}

/** What became of each file of a vitest run, from its JSON report (null where it wrote none). */
export function filesOfVitest(json: unknown): FileResult[] {
  if (json === null) return [];
  return Report.parse(json).testResults.map(({ name, status, assertionResults }) => {
    const count = (one: string): number => assertionResults.filter((result) => result.status === one).length;
    const [passed, skipped] = [count('passed'), count('skipped') + count('todo')];
    const hasPassed = status === 'passed' && passed > 0 && passed + skipped === assertionResults.length;
    const hasFailed = status === 'failed';
    return { path: name, hasPassed, hasFailed, passed, failed: hasFailed ? Math.max(1, count('failed')) : 0, skipped };
  });
}

/**
 * The tally of a vitest run from its JSON report (null where it wrote none) and its exit code. A file that failed
 * without a failed test (it did not load, or a hook threw) counts as one failure, and so does a run that failed without
 * one (an error outside any test), or in which no test ran.
 */
export function tallyOfVitest(json: unknown, exitCode: number): Tally {
  if (json === null) return { ...NOTHING, failed: 1 };
  const report = Report.parse(json);
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  );
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + broken.length;
  const silent = failed === 0 && (exitCode !== 0 || passed === 0);
  const skipped = report.numPendingTests + report.numTodoTests;
  return { ...NOTHING, passed, failed: silent ? 1 : failed, skipped };
}
