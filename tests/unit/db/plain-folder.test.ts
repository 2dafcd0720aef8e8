import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openProject, rebuildProject } from '../../../electron/db/index.ts';
import { openOriginals } from '../../../electron/project/files/originals.ts';
import { addFile, codeOf, openFor, somebody, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

/** A closed project with one text file. */
async function closed() {
  const { engine, folder, person } = await testProject();
  const source = await addFile(engine, 'report.txt', '流转土地4.8万亩\n');
  await engine.close();
  return { folder, person, source };
}
const pipe = (path: string): void => void execFileSync('mkfifo', [path]);

it.skipIf(process.platform === 'win32')(
  'a folder with a link, pipe or device in it is not opened, and nothing is written through a link',
  async () => {
    const { folder, person } = await closed();
    const outside = join(tempFolder(), 'precious.txt');
    writeFileSync(outside, 'precious');
    const attempt = (name: string, make: (path: string) => void) => {
      const path = join(folder, name);
      const aside = join(tempFolder(), 'aside');
      if (existsSync(path)) renameSync(path, aside);
      make(path);
      for (const work of [() => openProject({ folder, person }), () => rebuildProject({ folder, person })])
        expect(work, name).toThrow(/“.+” in its folder is a link, pipe or device/);
      rmSync(path);
      if (existsSync(aside)) renameSync(aside, path);
    };
    const link = (path: string): void => symlinkSync(outside, path);
    attempt('holder.json', link);
    attempt('lock.sqlite', pipe);
    attempt('project.sqlite-wal', pipe);
    attempt('project.sqlite', pipe);
    mkdirSync(join(folder, 'cache'), { recursive: true });
    attempt('cache/archives', link);
    mkdirSync(join(folder, 'cache/archives/4f'), { recursive: true });
    attempt('cache/archives/4f/ab.unpacked-0', link);
    attempt('backups/2026-11-28T174246.784Z-daily.sqlite', pipe);
    attempt('originals/ab', link);
    expect(readFileSync(outside, 'utf8')).toBe('precious');
    openProject({ folder, person }).close();
  },
);

it.skipIf(process.platform === 'win32').each([
  ['a pipe', pipe],
  ['a device', (path: string) => symlinkSync('/dev/zero', path)],
  [
    'a file of eight terabytes',
    (path: string) => {
      writeFileSync(path, '');
      truncateSync(path, 8 * 2 ** 40);
    },
  ],
])('an original or layer that is %s is named by verifying, and not read', async (_what, make) => {
  const { folder, source } = await closed();
  const files = openOriginals(folder);
  const path = files.originalPath(source.sha256);
  rmSync(path);
  make(path);
  const engine = await openFor(folder, somebody('Ben'));
  const { failures } = await engine.call('project.verify', {});
  expect(failures).toMatchObject([{ kind: 'original', id: source.sha256 }]);
  expect(failures[0]?.message).toMatch(/is missing|can’t be read/);
  if (source.layer === null) throw new Error('It has text');
  const { sha256 } = await engine.call('layers.get', { id: source.layer });
  const layer = openOriginals(folder).layerPath(sha256);
  await engine.close();
  rmSync(layer);
  make(layer);
  const again = await openFor(folder, somebody('Ben'));
  expect((await again.call('project.verify', {})).failures.map(({ kind }) => kind).toSorted()).toEqual([
    'layer',
    'original',
  ]);
  expect(await codeOf(again.call('layers.get', { id: source.layer }))).toBe('DAMAGED');
});

it('a folder in place of a file, or a file in place of a folder, is named', async () => {
  const { folder, person } = await closed();
  for (const [name, make, is] of [
    ['lock.sqlite', mkdirSync, 'a folder, not a file'],
    ['project.sqlite-wal', mkdirSync, 'a folder, not a file'],
    ['project.sqlite-journal', mkdirSync, 'a folder, not a file'],
    ['holder.json', mkdirSync, 'a folder, not a file'],
    ['cache', (path: string) => writeFileSync(path, ''), 'a file, not a folder'],
    ['originals', (path: string) => writeFileSync(path, ''), 'a file, not a folder'],
  ] as const) {
    const path = join(folder, name);
    const aside = join(tempFolder(), 'aside');
    if (existsSync(path)) renameSync(path, aside);
    make(path);
    for (const work of [() => openProject({ folder, person }), () => rebuildProject({ folder, person })])
      expect(work, name).toThrow(`“${name}” in its folder is ${is}. Nothing was changed.`);
    rmSync(path, { recursive: true });
    if (existsSync(aside)) renameSync(aside, path);
  }
  openProject({ folder, person }).close();
});

it('a lock that is no database is named as such, not the project’s database', async () => {
  const { folder, person } = await closed();
  writeFileSync(join(folder, 'lock.sqlite'), 'not a database '.repeat(500));
  expect(() => openProject({ folder, person })).toThrow(/“lock.sqlite” in its folder was altered/);
});
