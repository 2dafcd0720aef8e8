import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../electron/start/set-up.mjs';
import { runVitest } from './step.ts';
import { closingLine, sum, type Tally } from './tally.ts';

const WHOLE = { SOURCEBOOK_LONG: '1' };

/** `npm run test:long`: the long suites whole, and every other test file that takes a share of its cases. */
async function main(): Promise<Tally> {
  const long = await runVitest('the long suites, whole', ['--project=long'], WHOLE);
  const sharing = globSync('tests/{unit,e2e,migrations}/**/*.test.{ts,tsx}', { cwd: root }).filter((file) =>
    /\/support\/share\.ts'/.test(readFileSync(join(root, file), 'utf8')),
  );
  if (sharing.length === 0) return long;
  return sum([long, await runVitest('other tests, whole', ['--project=unit', '--project=e2e', ...sharing], WHOLE)]);
}

const tally = await main();
console.log(closingLine(tally));
process.exitCode = tally.failed === 0 ? 0 : 1;
