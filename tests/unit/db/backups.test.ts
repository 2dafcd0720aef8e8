import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openProject, rebuildProject, restoreBackup } from '../../../electron/db/index.ts';
import { query, type ProjectDb } from '../../../electron/db/types.ts';
import { Fault } from '../../../shared/errors.ts';
import { tempFolder } from '../../support/temp.ts';
import { edits, newId, project, somebody } from './support.ts';

const DAY = 86_400_000;
const ann = somebody('Ann');
const titles = query<Record<string, never>, { title: string }>('titles', 'SELECT title FROM p_source ORDER BY title');
const allTitles = (db: ProjectDb): string[] => db.read.all(titles, {}).map((row) => row.title);
const add = (db: ProjectDb, title: string): void => void db.write.commit('Add', edits('source', newId(), { title }));

function opened(folder: string, at: number): ProjectDb {
  return openProject({ folder, person: ann, now: () => at });
}
function code(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.data.code;
    throw thrown;
  }
  return 'nothing';
}

describe('backups', () => {
  it('are made once a day, and seven are kept', () => {
    const start = Date.UTC(2026, 2, 1, 9);
    const made = project({ person: ann, now: () => start });
    made.close();
    for (let day = 1; day <= 9; day++) {
      for (const hour of [0, 5]) opened(made.folder, start + day * DAY + hour * 3_600_000).close();
    }
    const db = opened(made.folder, start + 9 * DAY + 6 * 3_600_000);
    const list = db.backups();
    expect(list.map((one) => new Date(one.at).getUTCDate())).toEqual([10, 9, 8, 7, 6, 5, 4]);
    expect(list.every((one) => one.reason === 'daily' && one.bytes > 0)).toBe(true);
    expect(db.backupProblem()).toBeNull();
    db.close();
  });

  it('leave other files alone', () => {
    const db = project({ person: ann });
    const mine = join(db.folder, 'backups', 'before-the-audit.sqlite');
    db.backup('asked');
    writeFileSync(mine, 'x');
    for (let k = 0; k < 10; k++) db.backup('daily');
    expect(db.backups().filter((one) => one.reason === 'daily')).toHaveLength(7);
    expect(existsSync(mine)).toBe(true);
    db.close();
  });

  it('made on request are never removed to make room for daily ones', () => {
    const db = project({ person: ann });
    const asked = Array.from({ length: 9 }, () => db.backup('asked'));
    for (let k = 0; k < 9; k++) db.backup('daily');
    expect(db.backups().filter((one) => one.reason === 'asked')).toHaveLength(asked.length);
    db.close();
  });

  it('of a project that stays open are made with the first commit after a day', () => {
    let at = Date.UTC(2026, 2, 1, 9);
    const made = project({ person: ann, now: () => at });
    made.close();
    const db = openProject({ folder: made.folder, person: ann, now: () => at });
    const before = db.backups().length;
    at += DAY - 60_000;
    add(db, 'within the day');
    expect(db.backups()).toHaveLength(before);
    at += 120_000;
    add(db, 'after it');
    add(db, 'soon after');
    expect(db.backups()).toHaveLength(before + 1);
    expect(db.backups()[0]).toMatchObject({ at, reason: 'daily' });
    at += 2 * DAY;
    db.undo();
    add(db, 'days later');
    expect(db.backups()).toHaveLength(before + 2);
    db.close();
  });

  it('that fail stop no commit, are reported, and are tried again', () => {
    let at = Date.UTC(2026, 2, 1, 9);
    const made = project({ person: ann, now: () => at });
    made.close();
    const db = openProject({ folder: made.folder, person: ann, now: () => at });
    const backups = join(made.folder, 'backups');
    const aside = join(made.folder, 'cache-aside');
    renameSync(backups, aside);
    writeFileSync(backups, 'in the way');
    at += 2 * DAY;
    add(db, 'saved all the same');
    expect(allTitles(db)).toEqual(['saved all the same']);
    expect(db.backupProblem()).not.toBeNull();
    rmSync(backups);
    renameSync(aside, backups);
    at += 3_600_001;
    add(db, 'an hour later');
    expect(db.backupProblem()).toBeNull();
    expect(db.backups()[0]).toMatchObject({ at, reason: 'daily' });
    db.close();
  });

  it('are one complete file, including the write-ahead log', () => {
    const db = project({ person: ann });
    add(db, 'a');
    const name = db.backup('asked');
    add(db, 'b');
    db.close();
    restoreBackup({ folder: db.folder, name });
    const restored = opened(db.folder, Date.UTC(2026, 0, 1));
    expect(allTitles(restored)).toEqual(['a']);
    expect(restored.verifyLog().failures).toEqual([]);
    restored.close();
  });

  it('of a large project are made in the background, while work goes on', async () => {
    const start = Date.UTC(2026, 2, 1);
    const made = project({ person: ann, now: () => start });
    made.write.commit(
      'Much',
      Array.from({ length: 20 }, () => edits('source', newId(), { title: 'x'.repeat(1 << 20) })).flat(),
    );
    made.close();
    const db = opened(made.folder, start + 2 * DAY);
    expect(db.backups()).toHaveLength(1);
    add(db, 'meanwhile');
    await vi.waitFor(() => expect(db.backups()).toHaveLength(2), 20_000);
    expect(db.backupProblem()).toBeNull();
    db.close();
    const again = opened(made.folder, start + 5 * DAY);
    again.close();
    expect(readdirSync(join(made.folder, 'backups')).length).toBeLessThanOrEqual(3);
  });
});

describe('restoring', () => {
  it('keeps the state it replaces, and that can be restored in turn', () => {
    const db = project({ person: ann });
    add(db, 'a');
    const name = db.backup('asked');
    add(db, 'b');
    const head = db.head();
    db.close();
    const kept = restoreBackup({ folder: db.folder, name });
    const back = opened(db.folder, Date.UTC(2026, 0, 1));
    expect(allTitles(back)).toEqual(['a']);
    add(back, 'c');
    back.close();
    restoreBackup({ folder: db.folder, name: kept });
    const forward = opened(db.folder, Date.UTC(2026, 0, 1));
    expect([allTitles(forward), forward.head()]).toEqual([['a', 'b'], head]);
    forward.close();
  });

  it('never removes the backup of the replaced state to make room for daily ones', () => {
    const db = project({ person: ann });
    const name = db.backup('asked');
    add(db, 'nowhere else');
    db.close();
    const kept = restoreBackup({ folder: db.folder, name });
    const back = opened(db.folder, Date.UTC(2030, 0, 1));
    for (let day = 0; day < 8; day++) back.backup('daily');
    expect(back.backups().map((one) => one.name)).toContain(kept);
    back.close();
    restoreBackup({ folder: db.folder, name: kept });
    const forward = opened(db.folder, Date.UTC(2030, 0, 1));
    expect(allTitles(forward)).toEqual(['nowhere else']);
    forward.close();
  });

  it('keeps a backup of every replaced state, however many times a backup is restored', () => {
    const db = project({ person: ann });
    const name = db.backup('asked');
    db.close();
    const kept = Array.from({ length: 9 }, (_, k) =>
      restoreBackup({ folder: db.folder, name, now: () => Date.UTC(2027, 0, k + 1) }),
    );
    const back = opened(db.folder, Date.UTC(2030, 0, 1));
    expect(back.backups().map((one) => one.name)).toEqual(expect.arrayContaining(kept));
    expect(new Set(kept).size).toBe(9);
    back.close();
  });

  it('starts a new replica, so that merging the work done since the backup opens no conflict', () => {
    const db = project({ person: ann });
    add(db, 'a');
    const name = db.backup('asked');
    db.close();
    restoreBackup({ folder: db.folder, name });
    const restored = opened(db.folder, Date.UTC(2026, 0, 1));
    expect(restored.undoLabels().undo).toBeNull();
    add(restored, 'b');
    expect(
      restored.read.get(query<Record<string, never>, { n: number }>('n', 'SELECT count(*) AS n FROM replica_'), {})?.n,
    ).toBe(2);
    expect(restored.verifyLog().failures).toEqual([]);
    restored.close();
  });

  it('works for the oldest backup, which the backup made before restoring does not displace', () => {
    const db = project({ person: ann });
    add(db, 'first');
    for (let k = 0; k < 7; k++) db.backup('daily');
    const oldest = db.backups().at(-1)?.name ?? '';
    add(db, 'second');
    db.close();
    restoreBackup({ folder: db.folder, name: oldest });
    const restored = opened(db.folder, Date.UTC(2026, 0, 1));
    expect(allTitles(restored)).toEqual(['first']);
    expect(restored.backups().filter((one) => one.reason === 'daily')).toHaveLength(7);
    restored.close();
  });

  it('works if the database is damaged, and keeps a byte-for-byte copy of it', () => {
    const db = project({ person: ann });
    add(db, 'a');
    const name = db.backup('asked');
    db.close();
    const file = join(db.folder, 'project.sqlite');
    truncateSync(file, statSync(file).size - 8192);
    const damagedBytes = readFileSync(file);
    const kept = restoreBackup({ folder: db.folder, name });
    expect(readFileSync(join(db.folder, 'backups', kept, 'project.sqlite')).equals(damagedBytes)).toBe(true);
    const restored = opened(db.folder, Date.UTC(2026, 0, 1));
    expect(allTitles(restored)).toEqual(['a']);
    expect(restored.verifyLog().failures).toEqual([]);
    restored.close();
  });

  it('rejects a missing or a damaged backup, and an open project, and changes nothing', () => {
    const db = project({ person: ann });
    add(db, 'a');
    const name = db.backup('asked');
    expect(code(() => restoreBackup({ folder: db.folder, name }))).toBe('PROJECT_LOCKED');
    db.close();
    expect(code(() => restoreBackup({ folder: db.folder, name: '../project.sqlite' }))).toBe('NOT_FOUND');
    const backup = join(db.folder, 'backups', name);
    truncateSync(backup, statSync(backup).size - 8192);
    expect(code(() => restoreBackup({ folder: db.folder, name }))).toBe('DAMAGED');
    truncateSync(backup, 0);
    expect(code(() => restoreBackup({ folder: db.folder, name }))).toBe('DAMAGED');
    expect(readdirSync(db.folder).filter((one) => one.startsWith('restoring'))).toEqual([]);
    const same = opened(db.folder, Date.UTC(2026, 0, 1));
    expect(allTitles(same)).toEqual(['a']);
    same.close();
  });
});

describe('a backup that was altered', () => {
  const alter = (file: string, ...statements: string[]): void => {
    const sqlite = new Database(file);
    for (const sql of statements) sqlite.exec(sql);
    sqlite.close();
  };
  const withBackup = (): { folder: string; name: string; file: string } => {
    const db = project({ person: ann });
    add(db, '4.8');
    const name = db.backup('asked');
    db.close();
    return { folder: db.folder, name, file: join(db.folder, 'backups', name) };
  };

  it('in a signed change is not restored', () => {
    const { folder, name, file } = withBackup();
    const guard = "SELECT sql FROM sqlite_schema WHERE name = 'change_no_update'";
    const sqlite = new Database(file);
    const sql = sqlite.prepare(guard).pluck().get();
    sqlite.exec(
      `DROP TRIGGER change_no_update; UPDATE change_ SET value = '"9.9"' WHERE value = '"4.8"'; ${String(sql)}`,
    );
    sqlite.close();
    expect(code(() => restoreBackup({ folder, name }))).toBe('DAMAGED');
    const db = opened(folder, Date.UTC(2026, 0, 1));
    expect(allTitles(db)).toEqual(['4.8']);
    db.close();
  });

  it('in a row made from its history has that row rebuilt', () => {
    const { folder, name, file } = withBackup();
    alter(file, "UPDATE p_source SET title = '9.9'");
    restoreBackup({ folder, name });
    const db = opened(folder, Date.UTC(2026, 0, 1));
    expect(allTitles(db)).toEqual(['4.8']);
    expect(db.verifyLog().failures).toEqual([]);
    db.close();
  });
});

describe('verification of backups', () => {
  const failuresOf = async (
    folder: string,
    own: { readonly replacements?: string } = {},
  ): Promise<{ kind: string; id: string; message: string }[]> => {
    const db = openProject({ folder, person: ann, now: () => Date.UTC(2026, 0, 1), ...own });
    const found = await db.verifyBackups();
    db.close();
    return found;
  };
  const withTwo = (title = '4.8'): { folder: string; first: string; second: string } => {
    const db = project({ person: ann });
    add(db, title);
    const first = db.backup('asked');
    add(db, 'later');
    const second = db.backup('asked');
    db.close();
    return { folder: db.folder, first, second };
  };
  const alter = (file: string, sql: string): void => {
    const sqlite = new Database(file);
    sqlite.exec(sql);
    sqlite.close();
  };

  it('finds nothing in those of an undamaged project', async () => {
    expect(await failuresOf(withTwo().folder)).toEqual([]);
  });

  it.each([
    ['a trigger', 'CREATE TRIGGER quiet BEFORE INSERT ON change_ BEGIN SELECT RAISE(IGNORE); END'],
    ['a change', `DROP TRIGGER change_no_update; UPDATE change_ SET value = '"9.9"' WHERE value = '"4.8"'`],
    ['a label', `DROP TRIGGER commit_no_update; UPDATE commit_ SET label = '"Other"'`],
  ])('names one with %s of its own', async (_what, sql) => {
    const { folder, first } = withTwo();
    alter(join(folder, 'backups', first), sql);
    expect(await failuresOf(folder)).toMatchObject([{ kind: 'backup', id: first }]);
  });

  it('checks large ones in threads of their own, while the project is used', async () => {
    const { folder, first } = withTwo('4.8 '.repeat(500_000));
    alter(join(folder, 'backups', first), `DROP TRIGGER commit_no_update; UPDATE commit_ SET label = '"Other"'`);
    const db = opened(folder, Date.UTC(2026, 0, 1));
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    onTestFinished(() => clearInterval(timer));
    const verifying = db.verifyBackups();
    add(db, 'meanwhile');
    expect(await verifying).toMatchObject([{ kind: 'backup', id: first }]);
    // This thread was free meanwhile.
    expect(turns).toBeGreaterThan(3);
    // Closing the project doesn’t wait for them.
    const stopped = db.verifyBackups();
    db.close();
    await expect(stopped).rejects.toThrow('not open');
  });

  it('reports if the newest edit is gone but is still in a backup', async () => {
    const { folder, first, second } = withTwo();
    const db = opened(folder, Date.UTC(2026, 0, 1));
    const head = db.head();
    db.close();
    copyFileSync(join(folder, 'backups', first), join(folder, 'project.sqlite'));
    const [one, ...others] = await failuresOf(folder);
    expect([one?.kind, one?.id, others]).toEqual(['head', head, []]);
    expect(one?.message).toContain(`Merge backups/${second}`);
  });

  it('reports nothing after an older backup was restored, or the project was rebuilt', async () => {
    const { folder, first } = withTwo();
    const replacements = join(tempFolder(), 'replaced.json');
    restoreBackup({ folder, name: first, replacements });
    expect(await failuresOf(folder, { replacements })).toEqual([]);
    // Somebody else was not told of it.
    expect(await failuresOf(folder)).toMatchObject([{ kind: 'head' }]);
    rebuildProject({ folder, person: ann, replacements });
    expect(await failuresOf(folder, { replacements })).toEqual([]);
  });

  it('reports it, too, where whoever put the older database in its place wrote there that a person did', async () => {
    const { folder, first } = withTwo();
    const file = join(folder, 'project.sqlite');
    copyFileSync(join(folder, 'backups', first), file);
    alter(file, `INSERT OR REPLACE INTO local_view(key, value) VALUES('database replaced', '${Date.UTC(2030, 0, 1)}')`);
    expect(await failuresOf(folder)).toMatchObject([{ kind: 'head' }]);
  });
});
