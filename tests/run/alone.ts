import { relative, sep } from 'node:path';
import { root } from '../../electron/start/set-up.mjs';
import { runVitest, type Run } from './step.ts';
import { sum, type FileResult, type Tally } from './tally.ts';

/** More than these are not the machine’s doing. */
const MOST_AGAIN = 6;

/** Whether tests run for a landing (continuous integration), and not at a desk. */
export const isForLanding = (process.env['CI'] ?? '') !== '';

/**
 * The files to run a second time, alone: end-to-end files that failed, if nothing else did and they are few. Of some 640
 * end-to-end tests, one to four in a whole run waited for something that a busy machine showed in another order, each time others.
 */
export function filesToRunAgain({ files, unhandled }: Run): readonly FileResult[] {
  const failed = files.filter(({ hasFailed }) => hasFailed);
  const are = failed.every(({ path }) => pathOf(path).startsWith('tests/e2e/'));
  return unhandled === 0 && are && failed.length <= MOST_AGAIN ? failed : [];
}

/** The tally of a run in which these files count as they ended the second time. */
export function tallyAfter(first: Tally, files: readonly FileResult[], second: Tally): Tally {
  const before = files.map(({ passed, failed, skipped }) => ({
    passed: -passed,
    failed: -failed,
    skipped: -skipped,
    earlier: 0,
  }));
  return sum([first, ...before, second]);
}

/**
 * For a landing: runs end-to-end files that failed once more, one at a time with nothing beside them, and names those that passed
 * then. At a desk a test that fails has failed.
 */
export async function runAloneAgain(run: Run, env: NodeJS.ProcessEnv = {}): Promise<Tally> {
  const files = isForLanding ? filesToRunAgain(run) : [];
  if (files.length === 0) return run.tally;
  const paths = files.map(({ path }) => pathOf(path));
  console.log(`Running again, alone, what failed in company:\n${paths.map((path) => `  ${path}\n`).join('')}`);
  const second = await runVitest('end-to-end tests again, alone', ['--project=e2e', '--maxWorkers=1', ...paths], env);
  const passed = second.files.filter(({ hasPassed }) => hasPassed).map(({ path }) => pathOf(path));
  if (passed.length > 0) console.log(`PASSED ONLY THE SECOND TIME, to be mended: ${passed.join(', ')}`);
  return tallyAfter(run.tally, files, second.tally);
}

const pathOf = (path: string): string => relative(root, path).split(sep).join('/');
