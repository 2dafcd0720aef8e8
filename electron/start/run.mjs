/**
 * Entry of the scripts of package.json: sets up, then runs the task on Node 24. npm runs no pre- and post-scripts here
 * (.npmrc says ignore-scripts), so each script sets up by itself.
 */
import { root, runOnPackagedNode, setUp } from './set-up.mjs';

const TASKS = {
  start: 'electron/start/open.ts',
  build: 'electron/start/build.ts',
  dist: 'electron/start/dist.ts',
  licences: 'electron/start/licences.ts',
  sample: 'electron/sample/make.ts',
  'sample:print': 'tests/support/sample/print.ts',
  test: 'tests/run/test.ts',
  'test:all': 'tests/run/all.ts',
  check: 'tests/run/check.ts',
  bench: 'tests/bench/run.ts',
  measure: 'tests/run/measure.ts',
  planted: 'tests/planted/run.ts',
};

const [task = '', ...args] = process.argv.slice(2);
try {
  if (!Object.hasOwn(TASKS, task))
    throw new Error(`Unknown task “${task}”. Use one of: ${Object.keys(TASKS).join(', ')}.`);
  await setUp();
  process.chdir(root);
  process.exitCode = await runOnPackagedNode(TASKS[task], args);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
