import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fetchElectron, type Fetching } from '../../../electron/start/electron.ts';
import { tempFolder } from '../../support/temp.ts';

/** An installer that records each run and then ends as `ends` says. */
function faked(ends: string, env: NodeJS.ProcessEnv = {}): Fetching & { runs: () => number; said: string[] } {
  const folder = tempFolder();
  const [installer, log] = [join(folder, 'install.js'), join(folder, 'log')];
  writeFileSync(installer, `require('node:fs').appendFileSync(${JSON.stringify(log)}, 'x'); ${ends}`);
  const said: string[] = [];
  const runs = (): number => (existsSync(log) ? readFileSync(log, 'utf8').length : 0);
  const marker = join(folder, 'cache', 'failed');
  return { installer, marker, limit: 10_000, env, say: (line) => void said.push(line), runs, said };
}

test('Electron is downloaded by its own installer, and one line says so', async () => {
  const fake = faked('process.exit(0)');
  expect(await fetchElectron(fake)).toBe(true);
  expect(fake.runs()).toBe(1);
  expect(fake.said).toEqual([expect.stringMatching(/^Downloading Electron/)]);
  expect(existsSync(fake.marker)).toBe(false);
});

test('a failed download is not tried again for a day', async () => {
  const fake = faked('process.exit(1)');
  expect(await fetchElectron(fake)).toBe(false);
  expect(await fetchElectron(fake)).toBe(false);
  expect(fake.runs()).toBe(1);
  const yesterday = Date.now() / 1000 - 86_401;
  utimesSync(fake.marker, yesterday, yesterday);
  expect(await fetchElectron(fake)).toBe(false);
  expect(fake.runs()).toBe(2);
});

test('an installer that hangs is stopped', async () => {
  const fake = faked('setInterval(() => undefined, 1000)');
  expect(await fetchElectron({ ...fake, limit: 500 })).toBe(false);
  expect(fake.runs()).toBe(1);
});

test('nothing is downloaded if that is not wanted', async () => {
  const fake = faked('process.exit(0)', { SOURCEBOOK_NO_DOWNLOAD: '1' });
  expect(await fetchElectron(fake)).toBe(false);
  expect([fake.runs(), fake.said]).toEqual([0, []]);
});
