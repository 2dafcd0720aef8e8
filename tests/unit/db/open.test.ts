import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { heldBy } from '../../../electron/db/file/lock.ts';
import { createProject, openProject } from '../../../electron/db/index.ts';
import { query, type ProjectDb } from '../../../electron/db/types.ts';
import { Fault, type ErrorCode } from '../../../shared/errors.ts';
import { smallDisk } from '../../support/small-disk.ts';
import { removeFolder, tempFolder } from '../../support/temp.ts';
import { edits, newFolder, newId, project, somebody } from './support.ts';

const titles = query<Record<string, never>, { title: string }>('titles', 'SELECT title FROM p_source ORDER BY title');
const allTitles = (db: ProjectDb): string[] => db.read.all(titles, {}).map((row) => row.title);

function codeOf(work: () => unknown): ErrorCode | 'nothing' {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.data.code;
    throw thrown;
  }
  return 'nothing';
}
/** A closed project with one source in it. */
function closedProject(): string {
  const db = project();
  db.write.commit('Add', edits('source', newId(), { title: 'kept' }));
  db.close();
  return db.folder;
}
/** Names, sizes, times and bytes of everything in a folder. */
const snapshot = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const stat = statSync(join(folder, name));
      return `${name} ${stat.size} ${stat.mtimeMs} ${stat.isFile() ? readFileSync(join(folder, name)).toString('base64') : ''}`;
    })
    .join('\n');

describe('opening an open project', () => {
  it('is rejected in another process, until the first process ends', () => {
    const folder = closedProject();
    const script = `
      import { takeLock } from ${JSON.stringify(join(import.meta.dirname, '../../../electron/db/file/lock.ts'))};
      try { takeLock(process.argv[1]); process.stdout.write('taken'); }
      catch (thrown) { process.stdout.write(thrown.data.code); }
      process.kill(process.pid, 'SIGKILL');`;
    const other = (): string =>
      spawnSync(process.execPath, ['--input-type=module', '-e', script, folder], { encoding: 'utf8' }).stdout;
    const db = openProject({ folder, person: somebody('Ann') });
    expect(other()).toBe('PROJECT_LOCKED');
    db.close();
    expect(other()).toBe('taken');
    const again = openProject({ folder, person: somebody('Ann') });
    expect(allTitles(again)).toEqual(['kept']);
    again.close();
  });

  it('whose lock was removed: whoever opens it then may write, and the first is refused; alone, the first takes it again', () => {
    const folder = closedProject();
    const add = (title: string) => edits('source', newId(), { title });
    const first = openProject({ folder, person: somebody('Ann') });
    rmSync(join(folder, 'lock.sqlite'));
    first.write.commit('Add', add('alone'));
    expect(codeOf(() => openProject({ folder, person: somebody('Bo') }))).toBe('PROJECT_LOCKED');
    rmSync(join(folder, 'lock.sqlite'));
    const second = openProject({ folder, person: somebody('Bo') });
    second.write.commit('Add', add('second'));
    expect(first).toMatchObject({ readOnly: false, holder: null });
    expect(codeOf(() => first.write.commit('Add', add('first')))).toBe('PROJECT_LOCKED');
    expect(first).toMatchObject({ readOnly: true, holder: { name: 'Bo', tookOver: true } });
    first.close();
    // Whoever took it has still left their name.
    expect(heldBy(folder)).toMatchObject({ name: 'Bo' });
    second.write.commit('Add', add('second again'));
    expect(second.verifyLog().failures).toEqual([]);
    expect(allTitles(second).toSorted()).toEqual(['alone', 'kept', 'second', 'second again']);
    second.close();
  });

  it('whose lock was lost stays read-only when it is free again, since others may have written; one that looks before that takes it again', () => {
    const folder = closedProject();
    const add = (title: string) => edits('source', newId(), { title });
    const first = openProject({ folder, person: somebody('Ann') });
    rmSync(join(folder, 'lock.sqlite'));
    const second = openProject({ folder, person: somebody('Bo') });
    expect(codeOf(() => first.keepLock())).toBe('PROJECT_LOCKED');
    second.write.commit('Add', add('second'));
    second.close();
    expect(codeOf(() => first.write.commit('Add', add('first')))).toBe('PROJECT_LOCKED');
    expect(codeOf(() => first.backup('asked'))).toBe('PROJECT_LOCKED');
    first.close();
    const third = openProject({ folder, person: somebody('Ann') });
    rmSync(join(folder, 'lock.sqlite'));
    third.keepLock();
    expect(() => openProject({ folder, person: somebody('Bo') })).toThrow(/^Ann has this project open/);
    third.write.commit('Add', add('third'));
    expect(allTitles(third)).toEqual(['kept', 'second', 'third']);
    third.close();
  });

  it('names the person who has it open, and not one whose process was killed', () => {
    const folder = closedProject();
    const db = openProject({ folder, person: somebody('Ann'), now: () => 7 });
    const reader = openProject({ folder, person: somebody('Bo'), whenLocked: 'read' });
    expect(reader).toMatchObject({ readOnly: true, holder: { name: 'Ann', since: 7 } });
    expect(allTitles(reader)).toEqual(['kept']);
    expect(codeOf(() => reader.write.commit('x', []))).toBe('PROJECT_LOCKED');
    reader.close();
    // A reader that closes leaves the holder's note alone.
    expect(() => openProject({ folder, person: somebody('Bo') })).toThrow(/^Ann has this project open/);
    // Whoever can write to the folder can write any name there.
    writeFileSync(join(folder, 'holder.json'), JSON.stringify({ name: `A\u202en${'n'.repeat(90)}`, since: 1 }));
    expect(() => openProject({ folder, person: somebody('Bo') })).toThrow(/^A⟨U\+202E⟩n{51}… has this project open/);
    db.close();
    writeFileSync(join(folder, 'holder.json'), JSON.stringify({ name: 'Killed', since: 1 }));
    const after = openProject({ folder, person: somebody('Bo'), whenLocked: 'read' });
    expect(after).toMatchObject({ readOnly: false, holder: null });
    after.close();
    expect(existsSync(join(folder, 'holder.json'))).toBe(false);
  });

  it('is rejected for reading too, and for restoring', () => {
    const folder = closedProject();
    const db = openProject({ folder, person: somebody('Ann') });
    expect(codeOf(() => openProject({ folder, person: somebody('Bo'), readOnly: true }))).toBe('PROJECT_LOCKED');
    db.close();
  });
});

describe('a folder that is not a project of ours', () => {
  it('is rejected: missing, empty, or with another program’s database', () => {
    const person = somebody('Ann');
    expect(codeOf(() => openProject({ folder: join(tempFolder(), 'none'), person }))).toBe('NOT_A_PROJECT');
    expect(codeOf(() => openProject({ folder: tempFolder(), person }))).toBe('NOT_A_PROJECT');
    const folder = tempFolder();
    const other = new Database(join(folder, 'project.sqlite'));
    other.exec('CREATE TABLE t(x)');
    other.close();
    const before = snapshot(folder);
    expect(codeOf(() => openProject({ folder, person }))).toBe('NOT_A_PROJECT');
    expect(snapshot(folder)).toBe(before);
  });

  it('is not overwritten by a new project', () => {
    const folder = closedProject();
    const before = readFileSync(join(folder, 'project.sqlite'));
    expect(codeOf(() => createProject({ folder, person: somebody('Ann') }))).toBe('EXISTS');
    expect(readFileSync(join(folder, 'project.sqlite')).equals(before)).toBe(true);
    const full = tempFolder();
    writeFileSync(join(full, 'thesis.docx'), 'x');
    expect(codeOf(() => createProject({ folder: full, person: somebody('Ann') }))).toBe('EXISTS');
  });

  it('can be created beside files that an importer put there first', () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'originals'));
    const db = createProject({ folder, person: somebody('Ann') });
    expect(existsSync(join(folder, 'project.sqlite'))).toBe(true);
    db.close();
  });
});

describe('a project from a newer version', () => {
  it('is rejected, and nothing in its folder changes', () => {
    const folder = closedProject();
    const sqlite = new Database(join(folder, 'project.sqlite'));
    sqlite.pragma('user_version = 999');
    sqlite.close();
    const before = snapshot(folder);
    expect(codeOf(() => openProject({ folder, person: somebody('Ann') }))).toBe('PROJECT_NEWER');
    expect(snapshot(folder)).toBe(before);
  });

  it('is rejected too while its version is still in the write-ahead log', () => {
    const folder = closedProject();
    const file = join(folder, 'project.sqlite');
    const sqlite = new Database(file);
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    sqlite.pragma('user_version = 999');
    const copy = join(tempFolder(), 'copy.sourcebook');
    mkdirSync(copy);
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, join(copy, `project.sqlite${suffix}`));
    sqlite.close();
    expect(codeOf(() => openProject({ folder: copy, person: somebody('Ann') }))).toBe('PROJECT_NEWER');
  });
});

describe('a damaged database', () => {
  it.each<[string, (file: string) => void]>([
    ['emptied', (file) => truncateSync(file, 0)],
    ['overwritten', (file) => writeFileSync(file, Buffer.alloc(100_000, 7))],
    ['cut short', (file) => truncateSync(file, 8192)],
  ])('that was %s is said to be damaged, and left as it is', (_how, damage) => {
    const folder = closedProject();
    const file = join(folder, 'project.sqlite');
    damage(file);
    const before = readFileSync(file);
    expect(codeOf(() => openProject({ folder, person: somebody('Ann') }))).toBe('DAMAGED');
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('a read-only folder', () => {
  it('opens for reading, including commits in the write-ahead log, and rejects writing', () => {
    const source = project();
    source.write.commit('Add', edits('source', newId(), { title: 'in the log' }));
    const folder = join(tempFolder(), 'Read only.sourcebook');
    mkdirSync(folder);
    for (const suffix of ['', '-wal'])
      copyFileSync(join(source.folder, `project.sqlite${suffix}`), join(folder, `project.sqlite${suffix}`));
    source.close();
    const sealed = seal(folder);
    const before = snapshot(sealed);
    const db = openProject({ folder: sealed, person: somebody('Ann') });
    expect(db.readOnly).toBe(true);
    expect(allTitles(db)).toEqual(['in the log']);
    expect(db.verifyLog().failures).toEqual([]);
    const writes: (() => unknown)[] = [
      () => db.write.commit('x', edits('source', newId(), { title: 'y' })),
      () => db.undo(),
      () => db.setLocal('k', 1),
      () => db.rebuild(),
      () => db.backup('asked'),
    ];
    expect(writes.map(codeOf)).toEqual(writes.map(() => 'PROJECT_READ_ONLY'));
    db.close();
    expect(snapshot(sealed)).toBe(before);
    expect(codeOf(() => createProject({ folder: join(sealed, 'New.sourcebook'), person: somebody('Ann') }))).toBe(
      'PROJECT_READ_ONLY',
    );
  });

  it('behaves the same if opened for reading: nothing is written', () => {
    const folder = closedProject();
    const before = readFileSync(join(folder, 'project.sqlite'));
    const db = openProject({ folder, person: somebody('Ann'), readOnly: true });
    expect(allTitles(db)).toEqual(['kept']);
    expect(codeOf(() => db.write.commit('x', edits('source', newId(), { title: 'y' })))).toBe('PROJECT_READ_ONLY');
    db.close();
    expect(readFileSync(join(folder, 'project.sqlite')).equals(before)).toBe(true);
  });
});

/**
 * A folder that refuses writing. Root passes over permission bits, so as root it is a read-only mount; where root may not
 * mount either, the immutable attribute.
 */
function seal(folder: string): string {
  if (process.getuid?.() !== 0) {
    chmodSync(folder, 0o500);
    return folder;
  }
  const mount = join(tempFolder(), 'sealed');
  mkdirSync(mount);
  const run = (...args: string[]): boolean => spawnSync(args[0] ?? '', args.slice(1)).status === 0;
  if (run('mount', '--bind', folder, mount) && run('mount', '-o', 'remount,bind,ro', mount)) {
    onTestFinished(() => void execFileSync('umount', [mount]));
    return mount;
  }
  execFileSync('chattr', ['-R', '+i', folder]);
  onTestFinished(() => void execFileSync('chattr', ['-R', '-i', folder]));
  return folder;
}

describe('a full disk', () => {
  it('rejects the commit, keeps what was there, and continues when there is room', () => {
    const ann = somebody('Ann');
    const db = project({ person: ann });
    db.write.commit('Add', edits('source', newId(), { title: 'before' }));
    db.close();
    const again = openProject({ folder: db.folder, person: ann });
    const pages = limitPages(again, 0);
    const huge = edits('source', newId(), { title: 'x'.repeat(1 << 20) });
    expect(codeOf(() => again.write.commit('Too much', huge))).toBe('DISK_FULL');
    expect(allTitles(again)).toEqual(['before']);
    expect(again.verifyLog().failures).toEqual([]);
    expect(again.undoLabels().undo).toBe('Add');
    limitPages(again, pages + 10_000);
    expect(again.write.commit('Now it fits', huge)).not.toBeNull();
    expect(again.verifyLog().failures).toEqual([]);
    again.close();
  });

  it('is handled in the same way on a real disk that is full (a small memory disk)', () => {
    const disk = smallDisk(2);
    if (disk === null) return;
    const ann = somebody('Ann');
    const folder = join(disk, 'Full.sourcebook');
    const db = createProject({ folder, person: ann });
    const kept: string[] = [];
    let code: ErrorCode | 'nothing' = 'nothing';
    for (let k = 0; k < 1000 && code === 'nothing'; k++) {
      const title = `${k} ${'x'.repeat(20_000)}`;
      code = codeOf(() => db.write.commit('Add', edits('source', newId(), { title })));
      if (code === 'nothing') kept.push(title);
    }
    expect(code).toBe('DISK_FULL');
    expect(kept.length).toBeGreaterThan(5);
    expect(allTitles(db)).toEqual(kept.toSorted());
    expect(codeOf(() => db.backup('asked'))).toBe('DISK_FULL');
    expect(readdirSync(join(folder, 'backups')).filter((name) => name.startsWith('.'))).toEqual([]);
    db.close();
    const again = openProject({ folder, person: ann });
    expect(allTitles(again)).toEqual(kept.toSorted());
    expect(again.verifyLog().failures).toEqual([]);
    again.close();
  });
});

/** SQLite's own limit, as near to a full disk as a test gets everywhere. Returns the pages in use. */
function limitPages(db: ProjectDb, limit: number): number {
  const pragma = (name: string): number =>
    Number(
      db.read.get(query<Record<string, never>, Record<string, number>>(name, `PRAGMA ${name}`), {})?.[
        name.split(' ')[0] ?? ''
      ] ?? 0,
    );
  const used = pragma('page_count');
  pragma(`max_page_count = ${limit === 0 ? used : limit}`);
  return used;
}

describe('a replica belongs to one folder on one installation', () => {
  const replicas = query<Record<string, never>, { n: number }>('replicas', 'SELECT count(*) AS n FROM replica_');
  const replicaCount = (folder: string, installation = ''): number => {
    const db = openProject({ folder, person, installation });
    db.write.commit('Add', edits('source', newId(), { title: 'a' }));
    const n = db.read.get(replicas, {})?.n ?? 0;
    db.close();
    return n;
  };
  const person = somebody('Ann');

  it('continues when the folder is reopened or moved', () => {
    const folder = closedProject();
    const [first, second] = [replicaCount(folder), replicaCount(folder)];
    const moved = join(tempFolder(), 'Moved.sourcebook');
    renameSync(folder, moved);
    expect([second, replicaCount(moved)]).toEqual([first, first]);
  });

  it('is a new one in a copied folder and on another machine', () => {
    const folder = closedProject();
    const first = replicaCount(folder);
    const copy = join(tempFolder(), 'Copy.sourcebook');
    cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
    expect(replicaCount(copy)).toBe(first + 1);
    expect(replicaCount(folder)).toBe(first);
    expect(replicaCount(folder, 'another machine')).toBe(first + 1);
  });
});

it('creates a project completely or not at all: a failure leaves no database behind', () => {
  const folder = newFolder();
  expect(() =>
    createProject({
      folder,
      person: somebody('Ann'),
      begin: { label: 'x', edits: () => edits('source', 'no id', { title: 'a' }) },
    }),
  ).toThrow(/UUID/);
  expect(readdirSync(folder).filter((name) => name.includes('.sqlite') && name !== 'lock.sqlite')).toEqual([]);
  const db = createProject({ folder, person: somebody('Ann') });
  expect(db.history(1)).toEqual([]);
  db.close();
  removeFolder(folder);
});
