import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openIncomingLog, openProject } from '../../../../electron/db/index.ts';
import { logTriggers } from '../../../../electron/db/migrations.ts';
import { query, type ProjectDb } from '../../../../electron/db/types.ts';
import { addCommits } from '../../../support/large-logs.ts';
import { tempFolder } from '../../../support/temp.ts';
import {
  ann,
  bo,
  cai,
  codeOf,
  copyOf,
  counts,
  everything,
  merge,
  quiet,
  rows,
  sound,
  source,
  take,
  titleOf,
  written,
} from './support.ts';
import { edits, newId, project } from '../support.ts';

describe('a merge', () => {
  it('adds what the other wrote, names what it changes, and changes nothing the second time', () => {
    const [kept, gone, made] = [newId(), newId(), newId()];
    const a = project({ person: ann });
    source(a, kept, { title: 'one' });
    source(a, gone, { title: 'two' });
    const b = copyOf(a, bo);
    source(b, kept, { author: 'Li' }, 'Bo’s author');
    source(b, gone, { deleted: true });
    source(b, made, { title: 'new' });
    const { result, merge: done } = merge(a, written(b), (changes) => ({
      ...counts(changes),
      commits: changes.read.all(
        query<Record<string, never>, Record<string, unknown>>(
          'c',
          'SELECT person, "key", label, changes FROM incoming_commit ORDER BY clock',
        ),
        {},
      ),
      records: changes.read.all(
        query<Record<string, never>, Record<string, unknown>>(
          'r',
          `SELECT id, how FROM incoming_record WHERE entity = 'source' ORDER BY how`,
        ),
        {},
      ),
    }));
    expect(result).toMatchObject({ added: 3, known: 2, supplied: 0, rejected: [] });
    expect(result.commits.map((one) => one['label'])).toEqual(['Bo’s author', 'Edit', 'Edit']);
    expect(result.records).toEqual([
      { id: made, how: 'added' },
      { id: kept, how: 'changed' },
      { id: gone, how: 'removed' },
    ]);
    expect(done).toMatchObject({ from: 'theirs.sbk', commits: 3, undoneBy: null });
    expect(a.merges.merges()).toEqual([done]);
    expect(rows(a, 'SELECT name FROM temp.sqlite_schema')).toEqual([]);
    const before = everything(a);
    expect(take(a, b)).toEqual({ result: { added: 0, known: 5, supplied: 0, rejected: [] }, merge: null });
    expect(everything(a)).toEqual(before);
    sound(a, b);
    [a, b].forEach((db) => db.close());
  });

  it('shows a new record as its last commit left it', () => {
    const a = project({ person: ann });
    const b = copyOf(a, bo);
    const id = newId();
    source(b, id, { title: 'one' });
    source(b, id, { title: 'two' });
    take(a, b);
    expect(titleOf(a, id)).toBe('two');
    [a, b].forEach((db) => db.close());
  });

  it('keeps every value of new records of one commit whose fields come in turn, and of later ones with other fields', () => {
    const a = project({ person: ann });
    const b = copyOf(a, bo);
    const ids = [newId(), newId(), newId()].sort();
    const [one = '', two = '', three = ''] = ids;
    b.write.commit('In turn', [
      ...edits('source', one, { title: 'one' }),
      ...edits('source', two, { title: 'two', author: 'Li' }),
      ...edits('source', one, { publisher: 'Press' }),
    ]);
    source(b, three, { title: 'three', language: 'zh' });
    take(a, b);
    expect(rows(a, 'SELECT title, author, publisher, language FROM p_source ORDER BY id')).toEqual([
      { title: 'one', author: null, publisher: 'Press', language: null },
      { title: 'two', author: 'Li', publisher: null, language: null },
      { title: 'three', author: null, publisher: null, language: 'zh' },
    ]);
    sound(a, b);
    [a, b].forEach((db) => db.close());
  });

  it('counts the changes of each commit as they are in the log, without the step of one that undoes another', () => {
    const a = project({ person: ann });
    const b = copyOf(a, bo);
    const id = newId();
    source(b, id, { title: 'one', author: 'Li' });
    source(b, id, { title: 'two' });
    b.undo();
    const { result } = merge(a, written(b), ({ read }) =>
      read.all(
        query<Record<string, never>, Record<string, number>>(
          'n',
          `SELECT i.changes, (SELECT count(*) FROM change_ h WHERE h.c = i.c) AS "all" FROM incoming_commit i ORDER BY i.c`,
        ),
        {},
      ),
    );
    expect(result).toEqual([
      { changes: 4, all: 4 },
      { changes: 1, all: 1 },
      { changes: 1, all: 2 },
    ]);
    [a, b].forEach((db) => db.close());
  });

  it('rejects words that were altered after they were signed', () => {
    const a = project({ person: ann });
    const b = copyOf(a, bo);
    const id = newId();
    source(b, id, { title: 'signed' });
    const file = written(b);
    const sqlite = new Database(file);
    for (const name of logTriggers().keys()) sqlite.exec(`DROP TRIGGER IF EXISTS ${name}`);
    expect(sqlite.prepare(`UPDATE change_ SET value = '"altered"' WHERE value = '"signed"'`).run().changes).toBe(1);
    sqlite.close();
    const { result } = merge(a, file, counts);
    expect(result).toMatchObject({ added: 0, rejected: [{ why: 'it doesn’t match what was signed' }] });
    expect(titleOf(a, id)).toBeUndefined();
    [a, b].forEach((db) => db.close());
  });

  it('gives both sides the same, whoever merges first, with the same open conflicts', () => {
    const id = newId();
    const a = project({ person: ann });
    source(a, id, { title: 'one' });
    const b = copyOf(a, bo);
    source(a, id, { title: 'Ann’s' });
    source(b, id, { title: 'Bo’s' });
    const fromA = written(a);
    const opened = merge(a, written(b), (changes) => changes.conflicts).result;
    merge(b, fromA, counts);
    const [mine, theirs] = [a.merges.conflicts(), b.merges.conflicts()];
    expect(mine.map((one) => [one.id, one.entity, one.record, one.field])).toEqual([
      [opened[0], 'source', id, 'title'],
    ]);
    expect(mine[0]?.changes.map(({ value, here }) => [value, here]).toSorted()).toEqual([
      ['Ann’s', true],
      ['Bo’s', false],
    ]);
    expect(theirs.map((one) => one.id)).toEqual(opened);
    expect(theirs[0]?.changes.map((one) => one.commit)).toEqual(mine[0]?.changes.map((one) => one.commit));
    expect(titleOf(a, id)).toBe(titleOf(b, id));
    source(a, id, { title: 'agreed' });
    expect(take(b, a).merge).not.toBeNull();
    expect([a.merges.conflicts(), b.merges.conflicts()]).toEqual([[], []]);
    sound(a, b);
    [a, b].forEach((db) => db.close());
  });

  it('that is a preview, is stopped, or fails, leaves every row as it was', () => {
    const a = project({ person: ann });
    source(a, newId(), { title: 'one' });
    const b = copyOf(a, bo);
    for (let k = 0; k < 5; k++) source(b, newId(), { title: `t${k}` });
    const file = written(b);
    const before = everything(a);
    const seen = merge(
      a,
      file,
      ({ read }) =>
        read.all(query<Record<string, never>, { n: number }>('n', 'SELECT count(*) AS n FROM p_source'), {}),
      {
        dryRun: true,
      },
    );
    expect(seen).toEqual({ result: [{ n: 6 }], merge: null });
    expect(everything(a)).toEqual(before);
    for (const phase of ['commits', 'records'] as const) {
      let at = '';
      const watch = { progress: (now: string) => void (at = now), cancelled: () => at === phase };
      source(b, newId(), { title: 'more' });
      expect(codeOf(() => merge(a, written(b), counts, { watch }))).toBe(phase === 'commits' ? 'CANCELLED' : 'nothing');
      if (phase === 'commits') expect(everything(a)).toEqual(before);
    }
    const now = everything(a);
    source(b, newId(), { title: 'and more' });
    expect(() =>
      merge(a, written(b), () => {
        throw new Error('judged');
      }),
    ).toThrow('judged');
    expect(everything(a)).toEqual(now);
    source(a, newId(), { title: 'goes on' });
    sound(a);
    [a, b].forEach((db) => db.close());
  });

  it('of another project, or into a read-only project, is rejected', () => {
    const [a, b] = [project({ person: ann }), project({ person: bo })];
    source(a, newId(), { title: 'one' });
    source(b, newId(), { title: 'two' });
    expect(codeOf(() => take(a, b))).toBe('NOT_ALLOWED');
    const c = copyOf(a, cai);
    source(c, newId(), { title: 'three' });
    a.close();
    const reading = openProject({ folder: a.folder, person: ann, readOnly: true });
    expect(codeOf(() => take(reading, c))).toBe('PROJECT_READ_ONLY');
    [reading, b, c].forEach((db) => db.close());
  });

  it('on a full disk changes nothing, and succeeds when there is room', () => {
    const a = project({ person: ann });
    source(a, newId(), { title: 'one' });
    const b = copyOf(a, bo);
    for (let k = 0; k < 20; k++) source(b, newId(), { title: 'x'.repeat(50_000) });
    const file = written(b);
    const before = everything(a);
    const pages = Number(rows(a, 'PRAGMA page_count')[0]?.['page_count']);
    rows(a, `PRAGMA max_page_count = ${pages}`);
    expect(codeOf(() => merge(a, file, counts))).toBe('DISK_FULL');
    expect(everything(a)).toEqual(before);
    rows(a, `PRAGMA max_page_count = ${pages + 10_000}`);
    expect(merge(a, file, counts).result.added).toBe(20);
    sound(a);
    [a, b].forEach((db) => db.close());
  });

  it('rejects what builds on missing commits, and adds it once they come', () => {
    const a = project({ person: ann });
    source(a, newId(), { title: 'one' });
    const b = copyOf(a, bo);
    source(b, newId(), { title: 'two' });
    const c = copyOf(b, cai);
    source(c, newId(), { title: 'three' });
    const whole = written(c);
    const holed = join(tempFolder(), 'holed.sqlite');
    copyFileSync(whole, holed);
    const sqlite = new Database(holed);
    for (const name of logTriggers().keys()) sqlite.exec(`DROP TRIGGER ${name}`);
    // Bo's first commit is the parent of Cai's. Without it hers cannot be added.
    const lost = sqlite.prepare<[], number>('SELECT max(c) - 1 FROM commit_').pluck().get() ?? 0;
    sqlite.exec(`DELETE FROM change_ WHERE c = ${lost}; DELETE FROM commit_ WHERE c = ${lost}`);
    sqlite.close();
    const first = merge(a, holed, counts).result;
    expect(first).toMatchObject({ added: 0, known: 1, rejected: [{ why: 'an edit it depends on is missing' }] });
    expect(a.merges.merges()).toEqual([]);
    expect(merge(a, whole, counts).result).toMatchObject({ added: 2, known: 1, rejected: [] });
    sound(a);
    [a, b, c].forEach((db) => db.close());
  });

  it('reads a project folder that someone has open, and does not change it', () => {
    const a = project({ person: ann });
    source(a, newId(), { title: 'one' });
    const b = copyOf(a, bo);
    source(b, newId(), { title: 'two' });
    const incoming = openIncomingLog(join(b.folder, 'project.sqlite'));
    expect(a.merges.merge(incoming, { from: 'b', dryRun: false, watch: quiet, judge: counts }).result.added).toBe(1);
    incoming.close();
    source(b, newId(), { title: 'three' });
    sound(a, b);
    [a, b].forEach((db) => db.close());
  });

  it('starts a new replica if incoming commits have this one’s id but were not written here', () => {
    const a = project({ person: ann });
    source(a, newId(), { title: 'one' });
    const b = copyOf(a, bo);
    // Bo's folder is read on another machine as it was, goes on there under its id, and comes back.
    source(b, newId(), { title: 'b' });
    const twin = copyOf(b, bo);
    const id = b.replica();
    source(b, newId(), { title: 'only here' });
    take(b, twin);
    expect(b.replica()).toBe(id);
    [a, b, twin].forEach((db) => db.close());
  });

  it('starts a new replica if a restored copy receives the commits it lacks, under its own id', () => {
    const a = project({ person: ann });
    const file = join(a.folder, 'project.sqlite');
    const [old, here, lost] = [newId(), newId(), newId()];
    source(a, old, { title: 'before' });
    a.close();
    const before = readFileSync(file);
    const whole = openProject({ folder: a.folder, person: ann });
    const id = whole.replica();
    source(whole, lost, { title: 'lost by the restore' });
    const elsewhere = written(whole);
    whole.close();
    // Some backup program writes the bytes of before into the very same file.
    writeFileSync(file, before);
    const restored = openProject({ folder: a.folder, person: ann });
    expect(restored.replica()).toBe(id);
    source(restored, here, { title: 'written since' });
    expect(merge(restored, elsewhere, counts).result).toMatchObject({ added: 1, rejected: [] });
    const next = restored.replica();
    expect(next).not.toBe(id);
    source(restored, newId(), { title: 'after the merge' });
    expect([titleOf(restored, lost), titleOf(restored, here)]).toEqual(['lost by the restore', 'written since']);
    expect(merge(restored, elsewhere, counts).result.added).toBe(0);
    expect(restored.replica()).toBe(next);
    expect(restored.verifyLog().failures).toEqual([]);
    restored.close();
  });
});

describe('a large merge, checked by a worker while it is read', () => {
  /** Bo's copy of Ann's project with 700 commits more, as a file. */
  function large(): { a: ProjectDb; file: string } {
    const a = project({ person: ann });
    source(a, newId(), { title: 'one' });
    const b = copyOf(a, bo);
    b.close();
    addCommits(b.folder, bo, 700, []);
    const again = openProject({ folder: b.folder, person: bo });
    const file = written(again);
    again.close();
    return { a, file };
  }
  const bent = (file: string, sql: string): void => {
    const sqlite = new Database(file);
    for (const name of logTriggers().keys()) sqlite.exec(`DROP TRIGGER ${name}`);
    sqlite.exec(sql);
    sqlite.close();
  };

  it('equals a rebuild', () => {
    const { a, file } = large();
    expect(merge(a, file, counts).result).toEqual({ added: 700, known: 1, supplied: 0, rejected: [] });
    sound(a);
    expect(merge(a, file, counts).merge).toBeNull();
    a.close();
  });

  it.each<[string, string, RegExp, number]>([
    [
      'whose signature is none is refused with what builds on it, and the rest comes',
      'UPDATE commit_ SET sig = randomblob(64) WHERE c = 600',
      /signature|depends on is missing/,
      598,
    ],
    [
      'that was altered is refused, and what does not build on it comes',
      `UPDATE change_ SET value = '"x"' WHERE c = 701 AND i = 1`,
      /doesn’t match what was signed/,
      699,
    ],
  ])('in which a commit %s', (_what, sql, why, added) => {
    const { a, file } = large();
    bent(file, sql);
    const { result } = merge(a, file, counts);
    expect(result.added).toBe(added);
    expect(result.rejected.length).toBe(700 - added);
    for (const one of result.rejected) expect(one.why).toMatch(why);
    sound(a);
    a.close();
  });
});
