import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it, test } from 'vitest';
import Database from 'better-sqlite3';
import { openProject } from '../../electron/db/index.ts';
import { PROJECTION_SCHEMA } from '../../electron/db/file/schema.ts';
import type { Person, ProjectDb } from '../../electron/db/types.ts';
import { somebody } from '../support/project.ts';
import { seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { fill, smallDisk } from '../support/small-disk.ts';
import { tempFolder } from '../support/temp.ts';

const RUNS = 100;
const OLD = join(import.meta.dirname, '../fixtures/versions');
const VERSIONS = readdirSync(OLD);

function copyOf(version: string, to = join(tempFolder(), 'Old.sourcebook')): string {
  cpSync(join(OLD, version), to, { recursive: true });
  const packed = join(to, 'project.sqlite.gz');
  writeFileSync(join(to, 'project.sqlite'), gunzipSync(readFileSync(packed)));
  rmSync(packed);
  rmSync(join(to, 'project.sbk'));
  return to;
}

/** The rows of its log, whatever its tables are: what a migration never changes. */
function logOf(folder: string): unknown[] {
  const sqlite = new Database(join(folder, 'project.sqlite'), { readonly: true });
  const rows = ['commit_', 'change_'].map((table) => sqlite.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all());
  sqlite.close();
  return rows;
}
const isMigrated = (folder: string): boolean => {
  const sqlite = new Database(join(folder, 'project.sqlite'), { readonly: true });
  const stored = sqlite.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name GLOB 'p_*'").all();
  sqlite.close();
  return stored.length === PROJECTION_SCHEMA.length;
};

/** Kills a program that opens this project some milliseconds after it began to; whether it had opened it. */
async function killed(folder: string, person: Person, ms: number): Promise<boolean> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'migration-child.ts'), folder, JSON.stringify(person)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      resolve();
    });
  });
  await Promise.race([ready, ended]);
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill('SIGKILL');
  expect(await ended).toBeNull();
  return said.includes('open');
}

function isWhole(db: ProjectDb, head: string | null): void {
  expect(db.head()).toBe(head);
  expect(db.verifyLog().failures).toEqual([]);
  if (!db.readOnly) expect(db.rebuild()).toBe(0);
}

it(`is killed ${share(RUNS)} times while it opens a project of an older version, which opens whole the next time`, async () => {
  const person = somebody('Ann');
  const random = seeded(7);
  let before = 0;
  for (let run = 0; run < share(RUNS); run++) {
    const folder = copyOf(VERSIONS[run % VERSIONS.length] ?? '');
    const log = logOf(folder);
    if (!(await killed(folder, person, random.next() * 40))) before += 1;
    const db = openProject({ folder, person });
    isWhole(db, db.head());
    db.close();
    expect(logOf(folder)).toEqual(log);
    expect(isMigrated(folder)).toBe(true);
    // What a killed backup left is gone, and none is half written.
    const backups = readdirSync(join(folder, 'backups'));
    expect(backups).not.toContain('.writing.sqlite');
    for (const name of backups) {
      const backup = new Database(join(folder, 'backups', name), { readonly: true });
      expect(backup.pragma('quick_check', { simple: true })).toBe('ok');
      backup.close();
    }
  }
  expect(before).toBeGreaterThan(0);
});

test.skipIf(process.getuid?.() !== 0)(
  'on a full disk, or one that is read-only, an older project is read, and migrated once it can be',
  () => {
    const person = somebody('Ann');
    for (const version of ['1-first-project-files', '13-claims-masks-dossiers']) {
      const disk = smallDisk(3);
      if (disk === null) return;
      const folder = copyOf(version, join(disk, 'Old.sourcebook'));
      const log = logOf(folder);
      fill(disk);
      const full = openProject({ folder, person });
      expect([full.diskFull, full.readOnly]).toEqual([true, true]);
      const head = full.head();
      isWhole(full, head);
      full.close();
      expect(logOf(folder)).toEqual(log);
      for (const name of readdirSync(disk)) if (name.startsWith('fill-')) rmSync(join(disk, name));

      expect(spawnSync('mount', ['-o', 'remount,ro', disk]).status).toBe(0);
      const closed = openProject({ folder, person });
      expect(closed.readOnly).toBe(true);
      isWhole(closed, head);
      closed.close();
      expect(isMigrated(folder)).toBe(false);
      expect(spawnSync('mount', ['-o', 'remount,rw', disk]).status).toBe(0);

      const again = openProject({ folder, person });
      expect([again.diskFull, again.readOnly]).toEqual([false, false]);
      isWhole(again, head);
      again.close();
      expect([isMigrated(folder), logOf(folder)]).toEqual([true, log]);
    }
  },
);
