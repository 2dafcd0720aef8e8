import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { tempFolder } from '../support/temp.ts';
import { electronBinary } from './support/hosts.ts';

const root = resolve(import.meta.dirname, '../..');
const INPUTS = [
  'electron',
  'renderer',
  'shared',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

it('two builds of the same sources, in folders with other names, are equal byte for byte', () => {
  const folder = tempFolder();
  const [first, second] = ['one', 'another'].map((name) => builtIn(join(folder, name)));
  expect(first?.size).toBeGreaterThan(100);
  expect(second).toEqual(first);
});

it('the built program says its version, without a window and without reading the person’s data', () => {
  const home = join(tempFolder(), 'home');
  const env = { ...process.env, SOURCEBOOK_HOME: home };
  const said = spawnSync(electronBinary(), [root, '--version'], { cwd: root, env, encoding: 'utf8' });
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  expect([said.status, said.stdout.trim()]).toEqual([0, version]);
  expect(existsSync(home)).toBe(false);
});

/** Copies what a build reads into `folder` and builds there. Returns the SHA-256 of each file of `out/`, by its path. */
function builtIn(folder: string): Map<string, string> {
  mkdirSync(folder);
  for (const name of INPUTS) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const build = spawnSync(process.execPath, ['electron/start/build.ts', '--force'], { cwd: folder, encoding: 'utf8' });
  expect([build.status, build.stderr]).toEqual([0, '']);
  const files = globSync('out/**', { cwd: folder }).filter((path) => statSync(join(folder, path)).isFile());
  return new Map(
    files
      .toSorted((one, two) => (one < two ? -1 : 1))
      .map((path) => [
        path,
        createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex'),
      ]),
  );
}
