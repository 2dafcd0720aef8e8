/**
 * `npm run planted`: plants one error after another in the code that evidence rests on, and runs the tests that must notice
 * it. The run fails if no test notices an error. `npm run planted -- log` plants those of the log, `npm run planted -- log 3
 * 7 merge 5` these three. At the end the tests run without an error: one that fails then as well notices nothing.
 */
import { join } from 'node:path';
import { createVitest } from 'vitest/node';
import { root } from '../../electron/start/set-up.mjs';
import { PLANTED, plantedError } from './planted.ts';
import { PLANT } from './plugin.ts';

const names = wanted(process.argv.slice(2));
const started = performance.now();
process.env[PLANT] = '';
// One for all errors, so that unchanged modules are compiled once. The time is for a busy machine.
const vitest = await createVitest('test', {
  project: ['unit'],
  watch: false,
  fsModuleCache: false,
  testTimeout: 240_000,
  reporters: [{}],
});
await vitest.standalone();

const survivors: string[] = [];
for (const name of names) {
  const from = performance.now();
  const { file, why, tests } = plantedError(name);
  process.env[PLANT] = name;
  vitest.invalidateFile(join(root, file));
  const outcome = await outcomeOf(tests);
  process.env[PLANT] = '';
  vitest.invalidateFile(join(root, file));
  const said = { failed: '✓ noticed', passed: '✗ survived', 'not run': '✗ did not run' }[outcome];
  console.log(`${said} (${((performance.now() - from) / 1000).toFixed(1)} s) ${name}: ${why}`);
  if (outcome !== 'failed') survivors.push(name);
}
const sound = await outcomeOf([...new Set(names.flatMap((name) => plantedError(name).tests))]);
await vitest.close();

const took = ((performance.now() - started) / 1000).toFixed(0);
console.log(`${names.length - survivors.length} of ${names.length} planted errors were noticed, in ${took} s.`);
if (survivors.length > 0) console.log(`Not noticed: ${survivors.join(', ')}`);
if (sound !== 'passed') console.log('The tests fail without a planted error too.');
process.exitCode = survivors.length === 0 && sound === 'passed' ? 0 : 1;

/** The errors named by the arguments: all, those of a part, or single ones. */
function wanted(args: readonly string[]): string[] {
  const namesOf = (part: string): string[] => (PLANTED[part] ?? []).map((_, at) => `${part} ${at + 1}`);
  if (args.length === 0) return Object.keys(PLANTED).flatMap(namesOf);
  return args.flatMap((one, at): string[] => {
    if (Object.hasOwn(PLANTED, one)) return /^\d+$/.test(args[at + 1] ?? '') ? [] : namesOf(one);
    const name = `${args.slice(0, at).findLast((other) => Object.hasOwn(PLANTED, other)) ?? ''} ${one}`;
    plantedError(name);
    return [name];
  });
}

/** `not run`: no test failed, but not all passed, as with a planted error that is no valid TypeScript. */
async function outcomeOf(tests: readonly string[]): Promise<'passed' | 'failed' | 'not run'> {
  const paths = new Set(tests.map((test) => join(root, test)));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(
    await vitest.globTestSpecifications([...paths]),
  );
  // Vitest also returns those of earlier runs.
  const own = testModules.filter(({ moduleId }) => paths.has(moduleId));
  if (own.some(({ children }) => children.allTests('failed').next().done === false)) return 'failed';
  const isPassed = own.length === paths.size && own.every((one) => one.state() === 'passed');
  return isPassed && unhandledErrors.length === 0 ? 'passed' : 'not run';
}
