import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openProject } from '../../../electron/db/index.ts';
import { Store } from '../../../electron/db/file/store.ts';
import { Log } from '../../../electron/db/log/log.ts';
import { commitHash, headerBytes } from '../../../electron/db/log/packet.ts';
import { readPacket } from '../../../electron/db/log/packets.ts';
import { query, type ProjectDb } from '../../../electron/db/types.ts';
import { edits, newId, project, somebody } from './support.ts';
import { verifyCommits } from '../../../electron/db/log/verify-log.ts';
import { newIdBytes } from '../../../electron/db/ids.ts';
import { withoutGuards } from '../../support/alter-log.ts';
import { dropTriggers, edit, newSigner, Replica } from '../../support/logs.ts';

const ann = somebody('Ann');

/** A closed project of six commits: two sources, a passage, a tag, an edit, a memo. */
function sample(): { folder: string; ids: Record<'source' | 'passage' | 'tag', string>; hashes: string[] } {
  const db = project({ person: ann });
  const ids = { source: newId(), passage: newId(), tag: newId() };
  db.write.commit('Add', edits('source', ids.source, { title: 'a' }));
  db.write.commit('Add', edits('source', newId(), { title: 'b' }));
  db.write.commit(
    'Highlight',
    edits('passage', ids.passage, { source: ids.source, anchor: { start: 3, exact: '就业' } }),
  );
  db.write.commit('Tag', edits('tag', ids.tag, { passage: ids.passage, category: newId() }));
  db.write.commit('Rename', edits('source', ids.source, { title: 'c' }));
  db.write.commit('Memo', edits('memo', newId(), { target: ids.passage, text: 'check this' }));
  const hashes = db
    .history(10)
    .map((one) => one.id)
    .reverse();
  db.close();
  return { folder: db.folder, ids, hashes };
}
/** Alters the closed database behind the program's back. */
function tamper(folder: string, ...statements: string[]): void {
  const sqlite = new Database(join(folder, 'project.sqlite'));
  withoutGuards(sqlite, () => {
    for (const sql of statements) sqlite.exec(sql);
  });
  sqlite.close();
}
const opened = (folder: string): ProjectDb => openProject({ folder, person: ann });
/** What verification finds, in one thread and in two. */
async function failuresOf(folder: string): Promise<{ kind: string; id: string }[]> {
  const db = opened(folder);
  const { failures } = db.verifyLog();
  expect((await db.verifyLogInThreads()).failures).toEqual(failures);
  db.close();
  return failures.map(({ kind, id }) => ({ kind, id }));
}

describe('verification', () => {
  it('names an edit whose date is none, as an earlier version took in', () => {
    const replica = new Replica(newIdBytes(), newSigner());
    replica.commit('Add', [edit('source', newId(), 'title', 'a')]);
    const bytes = headerBytes({ ...readPacket(replica.log, 1).header, wall: 8.64e15 + 1 });
    const sig = replica.signer.sign(bytes);
    dropTriggers(replica.log.store);
    replica.log.store.run('UPDATE commit_ SET wall = ?, sig = ?, hash = ?', 8.64e15 + 1, sig, commitHash(bytes, sig));
    expect(verifyCommits(replica.log).failures.map(({ message }) => message)).toEqual([
      'Its date is none that a calendar has. Rebuild the project from its history, without this edit.',
    ]);
    replica.close();
  });

  it('finds nothing in an undamaged project, and counts what it read', async () => {
    const { folder } = sample();
    const db = opened(folder);
    expect(db.verifyLog()).toEqual({ commits: 6, changes: 11, failures: [] });
    expect(await db.verifyLogInThreads()).toEqual(db.verifyLog());
    db.close();
  });

  it('finds nothing where an old record is changed after many new ones, by someone who had seen little', () => {
    const [ann, bo] = [new Replica(newIdBytes(), newSigner()), newSigner()];
    const ids = Array.from({ length: 700 }, () => newId());
    ann.commit('Add', [edit('source', ids[0] ?? '', 'title', 'a')]);
    const other = new Replica(ann.log.project, bo);
    other.take(ann.packets());
    ann.commit(
      'Add',
      ids.slice(1, 400).map((id) => edit('tag', id, 'category', id)),
    );
    for (const id of ids.slice(400)) ann.commit('Add', [edit('memo', id, 'text', id)]);
    other.commit('Rename', [edit('source', ids[0] ?? '', 'title', 'b'), edit('source', ids[0] ?? '', 'author', 'c')]);
    ann.take(other.packets());
    ann.commit('Edit', [edit('tag', ids[7] ?? '', 'category', newId()), edit('memo', ids[650] ?? '', 'text', 'd')]);
    expect(verifyCommits(ann.log)).toMatchObject({ commits: 304, changes: 704, failures: [] });
    for (const replica of [ann, other]) replica.close();
  });

  it.each<[string, string, (s: ReturnType<typeof sample>) => { kind: string; id: string }]>([
    [
      'a change’s value',
      `UPDATE change_ SET value = '"x"' WHERE c = 1 AND i = 1`,
      (s) => ({ kind: 'commit', id: s.hashes[0] ?? '' }),
    ],
    [
      'a change taken away',
      'DELETE FROM change_ WHERE c = 4 AND i = 1',
      (s) => ({ kind: 'commit', id: s.hashes[3] ?? '' }),
    ],
    [
      'a change slipped in',
      `INSERT INTO change_ SELECT 3, 9, ent, field, '"x"' FROM change_ WHERE c = 1 AND i = 1`,
      (s) => ({ kind: 'commit', id: s.hashes[2] ?? '' }),
    ],
    ['a label', `UPDATE commit_ SET label = '"Other"' WHERE c = 2`, (s) => ({ kind: 'commit', id: s.hashes[1] ?? '' })],
    ['a time', 'UPDATE commit_ SET wall = wall - 1 WHERE c = 2', (s) => ({ kind: 'commit', id: s.hashes[1] ?? '' })],
    [
      'a signature',
      'UPDATE commit_ SET sig = zeroblob(64) WHERE c = 6',
      (s) => ({ kind: 'commit', id: s.hashes[5] ?? '' }),
    ],
    ['a commit taken away', 'DELETE FROM commit_ WHERE c = 3', () => ({ kind: 'commit', id: 'commit 3' })],
    [
      'a projection',
      `UPDATE p_source SET title = 'x' WHERE title = 'c'`,
      (s) => ({ kind: 'projection', id: s.ids.source }),
    ],
    ['a projection taken away', 'DELETE FROM p_tag', (s) => ({ kind: 'projection', id: s.ids.tag })],
    [
      'a projection under another id',
      `UPDATE p_tag SET id = '00000000-0000-7000-8000-000000000001'`,
      (s) => ({ kind: 'projection', id: s.ids.tag }),
    ],
    [
      'a projection nobody made',
      `INSERT INTO p_tag(id) VALUES('00000000-0000-7000-8000-000000000001')`,
      () => ({ kind: 'projection', id: '00000000-0000-7000-8000-000000000001' }),
    ],
    [
      'when a record was made',
      `UPDATE p_passage SET "createdAt" = 1`,
      (s) => ({ kind: 'projection', id: s.ids.passage }),
    ],
    ['the project’s id', 'UPDATE project_ SET id = randomblob(16)', () => ({ kind: 'database', id: 'project_' })],
  ])('names %s, once', async (_what, sql, expected) => {
    const made = sample();
    tamper(made.folder, sql);
    expect(await failuresOf(made.folder)).toEqual([expected(made)]);
  });

  it('reports a commit whose stored hash was altered, and not its children', async () => {
    const { folder } = sample();
    tamper(folder, "UPDATE commit_ SET hash = x'" + 'ab'.repeat(32) + "' WHERE c = 2");
    expect(await failuresOf(folder)).toEqual([{ kind: 'commit', id: 'ab'.repeat(32) }]);
  });

  it('reports each of several damaged items once', async () => {
    const { folder, hashes, ids } = sample();
    tamper(
      folder,
      `UPDATE change_ SET value = '"x"' WHERE c = 2 AND i = 1`,
      `UPDATE p_source SET title = 'x' WHERE title = 'c'`,
      `UPDATE p_passage SET anchor = NULL`,
      'UPDATE commit_ SET sig = zeroblob(64) WHERE c = 6',
    );
    const found = await failuresOf(folder);
    expect(found).toHaveLength(4);
    expect(new Set(found.map((one) => one.id))).toEqual(new Set([hashes[1], hashes[5], ids.source, ids.passage]));
  });

  it('reports a database file with a damaged page, however the damage is found', async () => {
    const { folder } = sample();
    const file = join(folder, 'project.sqlite');
    const size = statSync(file).size;
    for (let page = 5; page < size / 4096; page += 3) {
      const copy = readFileSync(file);
      const fd = openSync(file, 'r+');
      writeSync(fd, Buffer.alloc(64, 0xa5), 0, 64, page * 4096);
      closeSync(fd);
      let outcome = 'opened';
      try {
        const db = opened(folder);
        const { failures } = db.verifyLog();
        outcome = failures.length > 0 ? 'reported' : 'overlooked';
        expect((await db.verifyLogInThreads()).failures, `page ${page}`).toEqual(failures);
        db.close();
      } catch (thrown) {
        outcome = thrown instanceof Error ? thrown.message : 'thrown';
      }
      expect(outcome, `page ${page}`).toMatch(/reported|damaged/);
      const back = openSync(file, 'r+');
      writeSync(back, copy);
      closeSync(back);
    }
  });
});

describe('an altered last commit', () => {
  it('is not used as a parent, so that no later signature covers it', () => {
    const { folder } = sample();
    tamper(folder, `UPDATE change_ SET value = '"bribed"' WHERE c = 6 AND i = 2`);
    const db = opened(folder);
    expect(() => db.write.commit('More', edits('source', newId(), { title: 'z' }))).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'DAMAGED' }) }),
    );
    expect(db.history(1)[0]?.label).toBe('Memo');
    db.close();
  });

  it('is not used as a parent if its signature and hash were replaced too', () => {
    const { folder } = sample();
    const store = new Store(new Database(join(folder, 'project.sqlite')));
    const { header } = readPacket(new Log(store), 6);
    store.close();
    const sig = Buffer.alloc(64, 7);
    const hash = commitHash(headerBytes(header), sig);
    tamper(folder, `UPDATE commit_ SET sig = x'${sig.toString('hex')}', hash = x'${hash.toString('hex')}' WHERE c = 6`);
    const db = opened(folder);
    expect(() => db.write.commit('More', edits('source', newId(), { title: 'z' }))).toThrow(/damaged/);
    db.close();
  });

  it('is detected if it was altered while the project is open', () => {
    const { folder } = sample();
    const db = opened(folder);
    db.write.commit('More', edits('source', newId(), { title: 'z' }));
    tamper(folder, `UPDATE change_ SET value = '"bribed"' WHERE c = 7 AND i = 1`);
    expect(() => db.write.commit('More', edits('source', newId(), { title: 'y' }))).toThrow(/damaged/);
    db.close();
  });
});

it('opening a project creates the log’s triggers again if they were removed', () => {
  const { folder } = sample();
  tamper(folder, 'SELECT 1');
  opened(folder).close();
  const sqlite = new Database(join(folder, 'project.sqlite'));
  expect(() => sqlite.exec('DELETE FROM change_')).toThrow(/append-only/);
  sqlite.close();
});

describe('rebuilding', () => {
  it('restores the tables from the log, and says how many records differed', () => {
    const { folder } = sample();
    tamper(
      folder,
      `UPDATE p_source SET title = 'x'`,
      'DELETE FROM p_tag',
      `INSERT INTO p_memo(id) VALUES('00000000-0000-7000-8000-000000000001')`,
    );
    const db = opened(folder);
    expect(db.rebuild()).toBe(4);
    expect(db.verifyLog().failures).toEqual([]);
    expect(db.rebuild()).toBe(0);
    const titles = query<Record<string, never>, { title: string }>(
      'titles',
      'SELECT title FROM p_source ORDER BY title',
    );
    expect(db.read.all(titles, {}).map((row) => row.title)).toEqual(['b', 'c']);
    db.close();
  });
});

it.each([
  ['a small project at once', 'check this', 0],
  ['a large one in two threads', 'check this. '.repeat(200_000), 2],
])('verifies %s, and finds the same as in one thread', async (_what, memo, threads) => {
  const { folder, ids } = sample();
  const before = opened(folder);
  before.write.commit('Memo', edits('memo', newId(), { target: ids.passage, text: memo }));
  before.close();
  tamper(folder, `UPDATE change_ SET value = '"bribed"' WHERE c = 3 AND i = 1`, `UPDATE p_tag SET category = NULL`);
  const db = opened(folder);
  let started = 0;
  const count = (): void => void started++;
  process.on('worker', count);
  const report = await db.verifyLogInThreads();
  process.off('worker', count);
  expect(report).toEqual(db.verifyLog());
  expect(report.failures.map(({ kind }) => kind).toSorted()).toEqual(['commit', 'projection']);
  expect(started).toBe(threads);
  db.close();
});
