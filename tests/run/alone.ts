import { relative, sep } from 'node:path';
import { root } from '../../electron/start/set-up.mjs';
import { runVitest, type Run } from './step.ts';
import { sum, type FileResult, type Tally } from './tally.ts';

/** More than these are not the machine’s doing. */
const MOST_AGAIN = 6;

/** Whether tests run for a landing (continuous integration), and not at a desk. */
export const isForLanding = (process.env['CI'] ?? '') !== '';

/**
 * The files to run a second time, alone: those that failed, if they are few and every error belongs to a test. Of some 7,900 tests,
 * one to four in a whole run met an order of events that a busy machine rarely shows, each time others.
 */
export function filesToRunAgain({ files, unhandled }: Run): readonly FileResult[] {
  const failed = files.filter(({ hasFailed }) => hasFailed);
  return unhandled === 0 && failed.length <= MOST_AGAIN ? failed : [];
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
 * For a landing: runs files that failed once more, one at a time with nothing beside them, and names those that passed then. At a
 * desk a test that fails has failed.
 */
export async function runAloneAgain(run: Run, env: NodeJS.ProcessEnv = {}): Promise<Tally> {
  const files = isForLanding ? filesToRunAgain(run) : [];
  if (files.length === 0) return run.tally;
  const paths = files.map(({ path }) => pathOf(path));
  console.log(`Running again, alone, what failed in company:\n${paths.map((path) => `  ${path}\n`).join('')}`);
  const second = await runVitest('tests again, alone', ['--maxWorkers=1', ...paths], env);
  const passed = second.files.filter(({ hasPassed }) => hasPassed).map(({ path }) => pathOf(path));
  if (passed.length > 0) console.log(`PASSED ONLY THE SECOND TIME, to be mended: ${passed.join(', ')}`);
  return tallyAfter(run.tally, files, second.tally);
}

const pathOf = (path: string): string => relative(root, path).split(sep).join('/');
