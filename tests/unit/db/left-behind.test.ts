import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { holdClosedProject, openProject, restoreBackup } from '../../../electron/db/index.ts';
import { addFile, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

/** A closed project with one source. */
async function closed() {
  const { engine, folder, person } = await testProject();
  await addFile(engine, 'report.txt', '流转土地4.8万亩\n');
  await engine.close();
  return { folder, person, file: join(folder, 'project.sqlite') };
}

/** A database that is being written to: its write-ahead log, or its journal, is beside it. */
function writing(mode: 'WAL' | 'DELETE'): { file: string; close: () => void } {
  const file = join(tempFolder(), 'other.sqlite');
  const other = new Database(file);
  other.pragma(`journal_mode = ${mode}`);
  other.pragma('cache_size = 1');
  other.pragma('cache_spill = 1');
  other.exec('CREATE TABLE t(a)');
  const fill = (): void => {
    for (let row = 0; row < 500; row++) other.prepare('INSERT INTO t VALUES(?)').run('x'.repeat(2000));
  };
  fill();
  other.exec('BEGIN');
  fill();
  other.exec(mode === 'WAL' ? 'COMMIT' : 'UPDATE t SET a = a || 1');
  return { file, close: () => other.close() };
}

it.each([
  ['write-ahead log', '-wal', 'WAL'],
  ['journal', '-journal', 'DELETE'],
] as const)('the %s of another database is not written over the project', async (_what, suffix, mode) => {
  const { folder, person, file } = await closed();
  const before = readFileSync(file);
  const other = writing(mode);
  copyFileSync(other.file + suffix, file + suffix);
  other.close();
  const left = readFileSync(file + suffix);
  expect(left.length).toBeGreaterThan(0);
  for (const work of [() => openProject({ folder, person }), () => holdClosedProject(folder)]) {
    expect(work).toThrow(`“project.sqlite${suffix}” in its folder is not of its database. Nothing was changed.`);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readFileSync(file + suffix).equals(left)).toBe(true);
  }
  rmSync(file + suffix);
  openProject({ folder, person }).close();
});

it('what a killed program left in its own log is taken', async () => {
  const { folder, person, file } = await closed();
  const db = openProject({ folder, person });
  db.setLocal('kept', 7);
  const log = readFileSync(`${file}-wal`);
  const bytes = readFileSync(file);
  db.close();
  writeFileSync(file, bytes);
  writeFileSync(`${file}-wal`, log);
  const again = openProject({ folder, person });
  expect(again.local('kept')).toBe(7);
  again.close();
});

it('a backup is restored beside another database’s log, and the project as it was is kept', async () => {
  const { folder, person, file } = await closed();
  const db = openProject({ folder, person });
  const name = db.backup('asked');
  db.close();
  const before = readFileSync(file);
  const other = writing('WAL');
  copyFileSync(`${other.file}-wal`, `${file}-wal`);
  other.close();
  const kept = restoreBackup({ folder, name });
  expect(existsSync(`${file}-wal`)).toBe(false);
  expect(readFileSync(join(folder, 'backups', kept, 'project.sqlite')).equals(before)).toBe(true);
  openProject({ folder, person }).close();
});
