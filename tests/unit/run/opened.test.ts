import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { packagedNode, root } from '../../../electron/start/set-up.mjs';
import { readFiles } from '../../run/checkout.ts';
import { inputsOfTests } from '../../run/inputs.ts';
import { unnamed } from '../../support/opened/compare.ts';
import { isLong } from '../../support/share.ts';
import { tempFolder } from '../../support/temp.ts';

const RECORDER = 'tests/support/opened/record.mjs';
/** Tests that open files in different ways: fixtures, a name that is only known at run time, what a process of their own loads. */
const SAMPLE = [
  'tests/unit/shared/places/sentences.test.ts',
  'tests/unit/palette/rank.test.ts',
  'tests/unit/host/home.test.ts',
];

/** What test files open when they run, one process for each. In the long tests of all unit tests. */
async function opened(): Promise<string[]> {
  const log = join(tempFolder(), 'opened');
  const record = pathToFileURL(join(root, RECORDER)).href;
  const which = isLong ? ['--project=unit', '--exclude=tests/unit/run/opened.test.ts'] : SAMPLE;
  const child = spawn(
    packagedNode,
    ['node_modules/vitest/vitest.mjs', 'run', '--isolate', '--maxWorkers=2', ...which],
    {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: `--import=${record}`, OPENED_LOG: log, SOURCEBOOK_LONG: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [said] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(said).toMatch(/Test Files/);
  return (
    readFileSync(log, 'utf8')
      .split('\n')
      // What a process or thread of a test reads of the recorder, no test reads.
      .filter((line) => line !== '' && !line.endsWith(`\t${RECORDER}`))
  );
}

it(
  'whatever a test file opens of the checkout is among its inputs',
  { timeout: isLong ? 3_600_000 : 180_000 },
  async () => {
    const lines = await opened();
    const files = readFiles();
    const inputs = inputsOfTests(files);
    const opening = new Set(lines.map((line) => line.split('\t')[0]));
    expect([...opening]).toEqual(expect.arrayContaining(SAMPLE));
    expect(unnamed(lines, files, inputs)).toEqual([]);
    // Were nothing known of their inputs, each of them would be told.
    const nothing = new Map([...inputs.keys()].map((test) => [test, new Set<string>()]));
    const told = new Set(unnamed(lines, files, nothing).map((line) => line.split('\t')[0]));
    expect([...told]).toEqual(expect.arrayContaining(SAMPLE));
  },
);
