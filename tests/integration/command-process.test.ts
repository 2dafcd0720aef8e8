import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLI, commandLine, commandProcesses } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

/** Most tests run commands in their own process. Here it is shown that a process of its own prints and ends in the same way. */
const folder = makeFolder();
const home = join(folder, 'home');
const inside = commandLine(folder, home);
const program = commandProcesses(folder, home);

beforeAll(async () => {
  writeFileSync(join(folder, 'report.txt'), 'Land was transferred. Workers were trained.\n');
  writeFileSync(join(folder, 'cut.sbk'), 'not a project file');
  await program('new', 'county');
  await program('add', 'county', 'report.txt');
});
afterAll(() => removeFolder(folder));

it.each([
  [0, 'sources county --json'],
  [0, 'search county land'],
  [0, '--help'],
  [0, '--version'],
  [1, 'sources nowhere --json'],
  [2, 'text county x --page 0'],
  [2, ''],
  [3, 'verify cut.sbk --json'],
])('a process ends with %i after “%s”, and prints what the command prints in this process', async (code, line) => {
  const args = line === '' ? [] : line.split(' ');
  const ended = await program(...args);
  expect(ended.code).toBe(code);
  expect(await inside(...args)).toEqual(ended);
});

it('a pipe that is closed early is no error', async () => {
  const env = { ...process.env, SOURCEBOOK_HOME: home };
  const child = spawn(process.execPath, [CLI, 'codebook', 'county', '--json'], { cwd: folder, env, stdio: 'pipe' });
  child.stdout.destroy();
  const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  expect([code, err]).toEqual([0, '']);
});

it('a command in this process leaves its folder, environment and mask of new files as they were', async () => {
  const before = [process.cwd(), process.env['SOURCEBOOK_HOME'], process.umask()];
  expect((await inside('sources', 'county')).code).toBe(0);
  expect([process.cwd(), process.env['SOURCEBOOK_HOME'], process.umask()]).toEqual(before);
});
