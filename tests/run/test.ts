import { runSteps, runVitest } from './step.ts';
import { BUILD, CHECKS } from './steps.ts';
import { closingLine, sum, type Tally } from './tally.ts';

/**
 * `npm test`: everything, with a seeded tenth of each long suite. `npm test -- ARGUMENTS` passes them to vitest instead (a
 * path, `--project unit`, `-t NAME`) and runs only what they name.
 */
async function main(args: readonly string[]): Promise<Tally> {
  if (args.length > 0) return runVitest('tests', args);
  // The command-line tests run the built program.
  const build = await runSteps([BUILD]);
  // End-to-end tests wait much of their time: the checks and the unit tests beside them fill it.
  const [checks, tests] = await Promise.all([runSteps(CHECKS, 1), runVitest('tests', [])]);
  return sum([...build, ...checks, tests]);
}

const tally = await main(process.argv.slice(2));
console.log(closingLine(tally));
process.exitCode = tally.failed === 0 ? 0 : 1;
