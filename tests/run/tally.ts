import { z } from 'zod';

/** The result of any run. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };

/** The sum of tallies. */
export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    NOTHING,
  );
}

/** The last line of every run. */
export const closingLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** The used part of vitest's JSON report. */
const Report = z.object({
  numPassedTests: z.number().int(),
  numFailedTests: z.number().int(),
  numPendingTests: z.number().int(),
  numTodoTests: z.number().int(),
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

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
  return { passed, failed: silent ? 1 : failed, skipped };
}
