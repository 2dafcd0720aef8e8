import { chmodSync, chownSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProject, openProject } from '../../../electron/db/index.ts';
import { tempFolder } from '../../support/temp.ts';
import { somebody } from './support.ts';

const person = somebody('Ann');
const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8);

function wideProject(mode = 0o755): string {
  const folder = join(tempFolder(), 'county.sourcebook');
  createProject({ folder, person }).close();
  mkdirSync(join(folder, 'originals'), { recursive: true });
  chmodSync(join(folder, 'originals'), 0o755);
  chmodSync(join(folder, 'project.sqlite'), 0o644);
  chmodSync(folder, mode);
  return folder;
}

test.skipIf(process.platform === 'win32')('a project that others can read is closed to them when it is opened', () => {
  for (const mode of [0o755, 0o775]) {
    const folder = wideProject(mode);
    openProject({ folder, person }).close();
    expect(modeOf(folder)).toBe('700');
    expect(modeOf(join(folder, 'project.sqlite'))).toBe('600');
    expect(modeOf(join(folder, 'originals'))).toBe('700');
  }
});

test.skipIf(process.platform === 'win32')('opening for reading changes no mode, and no link is followed', () => {
  const folder = wideProject();
  openProject({ folder, person, readOnly: true }).close();
  expect(modeOf(folder)).toBe('755');

  const outside = join(tempFolder(), 'outside');
  writeFileSync(outside, '');
  chmodSync(outside, 0o644);
  symlinkSync(outside, join(folder, 'link'));
  openProject({ folder, person }).close();
  expect(modeOf(outside)).toBe('644');
});

test.skipIf(process.platform === 'win32')('a folder that a group shares on purpose stays as it is', () => {
  const folder = wideProject(0o2775);
  openProject({ folder, person }).close();
  expect(modeOf(folder)).toBe('2775');
  expect(modeOf(join(folder, 'project.sqlite'))).toBe('644');

  // Only root may give a folder to another group here.
  if (process.getuid?.() !== 0) return;
  const given = wideProject(0o775);
  chownSync(given, 0, 12_345);
  chmodSync(given, 0o775);
  openProject({ folder: given, person }).close();
  expect(modeOf(given)).toBe('775');
  expect(existsSync(join(given, 'project.sqlite'))).toBe(true);
});
