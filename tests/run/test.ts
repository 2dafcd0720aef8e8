import { runSteps, runVitest } from './step.ts';
import { BUILD, CHECKS } from './steps.ts';
import { closingLine, sum, type Tally } from './tally.ts';

/**
 * `npm test`: everything, with a seeded tenth of each long suite. `npm test -- ARGUMENTS` hands them to vitest instead
 * (a path, `--project unit`, `-t NAME`) and runs only what they name.
 */
async function main(args: readonly string[]): Promise<Tally> {
  if (args.length > 0) return runVitest('tests', args);
  const steps = await runSteps([...CHECKS, BUILD]);
  const unit = await runVitest('unit, integration and migration tests', ['--project=unit']);
  const long = await runVitest('a tenth of each long suite', ['--project=long']);
  const e2e = await runVitest('end-to-end and accessibility tests', ['--project=e2e']);
  return sum([...steps, unit, long, e2e]);
}

const tally = await main(process.argv.slice(2));
console.log(closingLine(tally));
process.exitCode = tally.failed === 0 ? 0 : 1;
