import { z } from 'zod';
import { drawsAnew, type Files } from './inputs.ts';
import { NOTHING, type FileResult, type Tally } from './tally.ts';

/** What is kept of earlier runs, by test file. A key is a hash over the inputs of the file (inputs.ts). */
export const Earlier = z.object({
  passed: z.record(z.string(), z.object({ key: z.string(), passed: z.number().int(), skipped: z.number().int() })),
  /** The keys on which files failed. One that passes on the same inputs later is not to be relied on, and runs each time. */
  failed: z.record(z.string(), z.string()),
});
export type Earlier = z.infer<typeof Earlier>;

export const NO_EARLIER: Earlier = { passed: {}, failed: {} };

type Keys = ReadonlyMap<string, string>;

/** The test files to run, and the tally of the others, which passed earlier on the same inputs. */
export function chooseTests(files: Files, keys: Keys, earlier: Earlier): { run: string[]; kept: Tally } {
  const stands = (test: string): boolean =>
    earlier.passed[test]?.key === keys.get(test) && !drawsAnew(files.get(test) ?? '');
  const kept = [...keys.keys()].filter(stands).map((test) => earlier.passed[test] ?? NOTHING);
  const count = (of: 'passed' | 'skipped'): number => kept.reduce((sum, one) => sum + one[of], 0);
  const [passed, skipped] = [count('passed'), count('skipped')];
  return {
    run: [...keys.keys()].filter((test) => !stands(test)),
    kept: { ...NOTHING, passed, skipped, earlier: passed + skipped },
  };
}

/** A run of test files: what their inputs were when it began and when it ended. */
export interface TestRun {
  readonly before: Keys;
  readonly after: Keys;
  /** By their paths from the root. */
  readonly results: ReadonlyMap<string, FileResult>;
  /** Whether a file that passed is to be relied on: the files ran whole, and no error belonged to no test. */
  readonly canPass: boolean;
}

/** What is kept after a run: files that passed on the inputs they still have, and no file that failed. */
export function noteRun(earlier: Earlier, { before, after, results, canPass }: TestRun): Earlier {
  const passed = Object.entries(earlier.passed).filter(([test]) => after.has(test) && !results.has(test));
  const failed = Object.entries(earlier.failed).filter(([test, key]) => after.get(test) === key && before.has(test));
  for (const [test, result] of results) {
    const [key, later] = [before.get(test), after.get(test)];
    if (key === undefined) continue;
    if (result.hasFailed) failed.push([test, key]);
    else if (result.hasPassed && canPass && later === key && earlier.failed[test] !== key)
      passed.push([test, { key, passed: result.passed, skipped: result.skipped }]);
  }
  return { passed: Object.fromEntries(passed), failed: Object.fromEntries(failed) };
}
