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
      name: z.string(),
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

/** A run of vitest: its tally, and the files that failed, by absolute path, with the tests of each. */
export interface VitestRun {
  readonly tally: Tally;
  readonly failed: readonly { readonly path: string; readonly tally: Tally }[];
}

/** A run from its JSON report and its exit code. An error outside any file's tests names no file. */
export function vitestRun(json: unknown, exitCode: number): VitestRun {
  const tally = tallyOfVitest(json, exitCode);
  if (json === null) return { tally, failed: [] };
  const failed = Report.parse(json)
    .testResults.filter(({ status }) => status === 'failed')
    .map(({ name, assertionResults }) => {
      const count = (one: string): number => assertionResults.filter((result) => result.status === one).length;
      const skipped = count('pending') + count('skipped') + count('todo');
      return { path: name, tally: { passed: count('passed'), failed: Math.max(1, count('failed')), skipped } };
    });
  return { tally, failed };
}

/** The tally of a first run in which the files that failed count as they did in the second run. */
export function tallyAfter(first: VitestRun, second: VitestRun): Tally {
  const without = first.failed.map(({ tally: { passed, failed, skipped } }) => ({
    passed: -passed,
    failed: -failed,
    skipped: -skipped,
  }));
  return sum([first.tally, ...without, second.tally]);
}
