import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../electron/start/set-up.mjs';
import { runSteps, runVitest } from './step.ts';
import { BENCHES, BUILD, CHECKS, QUICK, THOROUGH } from './steps.ts';
import { closingLine, sum, type Tally } from './tally.ts';

const WHOLE = { SOURCEBOOK_LONG: '1' };

/** The quick test files that run only a share of their cases in `npm test` (tests/support/share.ts). */
const sharing = (): string[] =>
  globSync('tests/{unit,integration,migrations,journeys}/**/*.test.{ts,tsx}', { cwd: root }).filter((file) =>
    /\/support\/share\.ts'/.test(readFileSync(join(root, file), 'utf8')),
  );

/** What `npm test` leaves out: the thorough tests, all cases of the quick tests that share theirs, and each bench once. */
async function rest(): Promise<Tally[]> {
  const build = await runSteps([BUILD]);
  const thorough = await runVitest('thorough tests', THOROUGH, WHOLE);
  const shared = sharing();
  const others = shared.length === 0 ? [] : [await runVitest('shared cases, all', [...QUICK, ...shared], WHOLE)];
  return [...build, thorough, ...others, ...(await runSteps([BENCHES]))];
}

/** `npm run test:all`: every check, test and bench. `--after-test` leaves out what `npm test` runs. */
async function main(args: readonly string[]): Promise<Tally> {
  if (args.includes('--after-test')) return sum(await rest());
  const checks = await runSteps([BUILD, ...CHECKS], 1);
  return sum([...checks, await runVitest('tests', QUICK), ...(await rest())]);
}

const tally = await main(process.argv.slice(2));
console.log(closingLine(tally));
process.exitCode = tally.failed === 0 ? 0 : 1;
