import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../electron/start/set-up.mjs';
import { runAloneAgain } from './alone.ts';
import { runSteps, runVitest, type Step } from './step.ts';
import { BUILD } from './steps.ts';
import { closingLine, sum, type Tally } from './tally.ts';

/** A bench that does not run is a defect; its figures at this size mean nothing. */
const BENCHES: Step = { name: 'every bench, at its smallest', run: ['tests/bench/run.ts', '--smallest'] };

const WHOLE = { SOURCEBOOK_LONG: '1' };

/** `npm run test:long`: the long suites whole, every other test file that runs a share of its cases, and each bench once. */
async function main(): Promise<Tally> {
  const long = await runAloneAgain(await runVitest('the long suites, whole', ['--project=long'], WHOLE), WHOLE);
  const benches = await runSteps([BUILD, BENCHES], 1);
  const sharing = globSync('tests/{unit,e2e,migrations}/**/*.test.{ts,tsx}', { cwd: root }).filter((file) =>
    /\/support\/share\.ts'/.test(readFileSync(join(root, file), 'utf8')),
  );
  if (sharing.length === 0) return sum([long, ...benches]);
  const others = await runVitest('other tests, whole', ['--project=unit', '--project=e2e', ...sharing], WHOLE);
  return sum([long, ...benches, await runAloneAgain(others, WHOLE)]);
}

const tally = await main();
console.log(closingLine(tally));
process.exitCode = tally.failed === 0 ? 0 : 1;
