import { runSteps, runVitest } from './step.ts';
import { BUILD, CHECKS, QUICK } from './steps.ts';
import { closingLine, sum, type Tally } from './tally.ts';

/**
 * `npm test`: the checks, every quick test and the journeys. `npm test -- ARGUMENTS` passes its arguments to vitest instead (a path,
 * `--project unit`, `-t NAME`) and runs only the tests that they select, from any project.
 */
async function main(args: readonly string[]): Promise<Tally> {
  if (args.length > 0) return runVitest('tests', args);
  // The command-line tests run the built program.
  const build = await runSteps([BUILD]);
  // The journeys wait for a browser much of their time, and the checks run meanwhile.
  const [checks, tests] = await Promise.all([runSteps(CHECKS, 1), runVitest('tests', QUICK)]);
  return sum([...build, ...checks, tests]);
}

const tally = await main(process.argv.slice(2));
console.log(closingLine(tally));
process.exitCode = tally.failed === 0 ? 0 : 1;
