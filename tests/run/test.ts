import { relative, sep } from 'node:path';
import { root } from '../../electron/start/set-up.mjs';
import { isForLanding, runAloneAgain } from './alone.ts';
import { store, stored } from './cache.ts';
import { readFiles, readOutside } from './checkout.ts';
import { chooseTests, Earlier, NO_EARLIER, noteRun } from './earlier.ts';
import { keysOfTests } from './inputs.ts';
import { runSteps, runVitest, type Run } from './step.ts';
import { BUILD, CHECKS } from './steps.ts';
import { closingLine, NOTHING, sum, type Tally } from './tally.ts';

/** A command line is no longer than 32,000 characters on Windows. With more files, all run. */
const MOST_NAMED = 300;
const STORE = 'tests';

const keys = (): Map<string, string> => keysOfTests(readFiles(), readOutside);
const earlierRuns = (): Earlier => stored(STORE, Earlier) ?? NO_EARLIER;

/**
 * `npm test`: everything, with a seeded tenth of each long suite. Test files that passed earlier on the same inputs are not run
 * again, except with `--all`, or on a server for continuous integration (the variable CI). `npm test -- ARGUMENTS` passes them to
 * vitest instead (a path, `--project unit`, `-t NAME`) and runs only what they name.
 */
async function main(args: readonly string[]): Promise<Tally> {
  const all = args.includes('--all') || isForLanding;
  const named = args.filter((one) => one !== '--all');
  if (named.length > 0) return runNamed(named);
  // The command-line tests run the built program.
  const build = await runSteps([BUILD]);
  // End-to-end tests wait much of their time: the checks and the unit tests beside them fill it.
  const [checks, tests] = await Promise.all([runSteps(CHECKS, 1), runTests(all)]);
  return sum([...build, ...checks, tests]);
}

async function runTests(all: boolean): Promise<Tally> {
  const before = keys();
  const { run, kept } = all
    ? { run: [...before.keys()], kept: NOTHING }
    : chooseTests(readFiles(), before, earlierRuns());
  if (run.length === 0) {
    console.log(`✓ tests (all passed earlier on these same files)`);
    return kept;
  }
  const isWhole = run.length > MOST_NAMED || kept.earlier === 0;
  if (!isWhole)
    console.log(`${run.length} of ${before.size} test files to run: the others passed earlier on these same files`);
  const ran = await runVitest('tests', isWhole ? [] : run);
  note(before, ran, ran.unhandled === 0);
  return sum([isWhole ? NOTHING : kept, await runAloneAgain(ran)]);
}

/** Files that fail are run again by the next `npm test`; that some of their tests passed says nothing of the others. */
async function runNamed(args: readonly string[]): Promise<Tally> {
  const before = keys();
  const ran = await runVitest('tests', args);
  note(before, { ...ran, files: ran.files.filter(({ hasFailed }) => hasFailed) }, false);
  return ran.tally;
}

function note(before: ReadonlyMap<string, string>, { files }: Run, canPass: boolean): void {
  const results = new Map(files.map((file) => [relative(root, file.path).split(sep).join('/'), file]));
  store(STORE, noteRun(earlierRuns(), { before, after: keys(), results, canPass }));
}

const tally = await main(process.argv.slice(2));
console.log(closingLine(tally));
process.exitCode = tally.failed === 0 ? 0 : 1;
