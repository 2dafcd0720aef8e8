import { describe, expect, it } from 'vitest';
import { openProject } from '../../../electron/db/index.ts';
import { query, type ProjectDb } from '../../../electron/db/types.ts';
import { newIdBytes } from '../../../electron/db/ids.ts';
import type { CommitRow } from '../../../electron/db/log/log.ts';
import { edit, newSigner, Replica } from '../../support/logs.ts';
import { edits, newId, project, reopen, somebody, steadyClock } from './support.ts';

const titleOf = (db: ProjectDb, id: string): string | null | undefined =>
  db.read.get(query<{ id: string }, { title: string | null }>('title', 'SELECT title FROM p_source WHERE id = @id'), {
    id,
  })?.title;
const isDeleted = (db: ProjectDb, entity: string, id: string): boolean =>
  db.read.get(
    query<{ id: string }, { deleted: number | null }>('deleted', `SELECT deleted FROM p_${entity} WHERE id = @id`),
    { id },
  )?.deleted === 1;
const count = (db: ProjectDb, table: string): number =>
  db.read.get(query<Record<string, never>, { n: number }>('count', `SELECT count(*) AS n FROM ${table}`), {})?.n ?? 0;

describe('undo, by one person', () => {
  it('goes back through everything done, and forward again', () => {
    const db = project();
    const id = newId();
    db.write.commit('Add', edits('source', id, { title: 'one' }));
    for (const title of ['two', 'three', 'four']) db.write.commit(`To ${title}`, edits('source', id, { title }));
    const seen: unknown[] = [];
    for (let k = 0; k < 3; k++) {
      db.undo();
      seen.push(titleOf(db, id));
    }
    expect(seen).toEqual(['three', 'two', 'one']);
    expect(db.undo()).toMatchObject({ label: 'Add', left: [] });
    expect(isDeleted(db, 'source', id)).toBe(true);
    expect(() => db.undo()).toThrow(/You have nothing to undo here/);
    for (let k = 0; k < 4; k++) db.redo();
    expect([titleOf(db, id), isDeleted(db, 'source', id)]).toEqual(['four', false]);
    expect(() => db.redo()).toThrow(/Nothing to redo/);
    expect(db.verifyLog().failures).toEqual([]);
    db.close();
  });

  it('forgets what could be redone once something else is done', () => {
    const db = project();
    const id = newId();
    db.write.commit('Add', edits('source', id, { title: 'one' }));
    db.write.commit('Rename', edits('source', id, { title: 'two' }));
    db.undo();
    db.write.commit('Rename otherwise', edits('source', id, { title: 'three' }));
    expect(db.undoLabels()).toEqual({ undo: 'Rename otherwise', redo: null });
    db.undo();
    expect(titleOf(db, id)).toBe('one');
    db.close();
  });

  it('restores a removal completely, and removes again with what belonged to it then', () => {
    const db = project();
    const [passage, tag] = [newId(), newId()];
    db.write.commit('Highlight', edits('passage', passage, { person: newId() }));
    db.write.commit('Tag', edits('tag', tag, { passage, category: newId() }));
    db.write.commit('Remove the passage', edits('passage', passage, { deleted: true }));
    expect(db.undo().left).toEqual([]);
    expect(isDeleted(db, 'passage', passage)).toBe(false);
    expect(db.redo().left).toEqual([]);
    expect(isDeleted(db, 'passage', passage)).toBe(true);
    db.undo();
    db.undo();
    db.undo();
    expect([isDeleted(db, 'passage', passage), isDeleted(db, 'tag', tag)]).toEqual([true, true]);
    db.close();
  });

  it('keeps the person and the project, whatever the first action was', () => {
    const db = project();
    db.write.commit('Add', edits('source', newId(), { title: 'a' }));
    expect(db.undo().left).toEqual([]);
    expect(count(db, 'p_person WHERE deleted IS NOT 1')).toBe(1);
    expect(db.history(5)[0]).toMatchObject({ person: 'Ann', label: 'Undo: Add', changes: 1 });
    db.close();
  });

  it('skips values that are as they were, and then commits nothing', () => {
    const db = project();
    const id = newId();
    db.write.commit('Add', edits('source', id, { title: 'a' }));
    const head = db.head();
    expect(db.write.commit('Same', edits('source', id, { title: 'a' }))).toBeNull();
    expect(db.head()).toBe(head);
    expect(db.undoLabels().undo).toBe('Add');
    db.close();
  });
});

describe('undo, with two people in one folder', () => {
  it('undoes one’s own actions only, and lists what the other changed since', () => {
    const [ann, bo] = [somebody('Ann'), somebody('Bo')];
    let db = project({ person: ann });
    const id = newId();
    db.write.commit('Add', edits('source', id, { title: 'a', author: 'x' }));
    db.write.commit('Edit', edits('source', id, { title: 'b', author: 'y' }));
    db = reopen(db, bo);
    expect(db.undoLabels()).toEqual({ undo: null, redo: null });
    db.write.commit('Bo’s edit', edits('source', id, { title: 'c' }));
    db = reopen(db, ann);
    const undone = db.undo();
    expect(undone).toMatchObject({
      label: 'Edit',
      left: [{ entity: 'source', id, field: 'title', why: 'changed since' }],
    });
    expect(titleOf(db, id)).toBe('c');
    expect(db.undo().left).toEqual([{ entity: 'source', id, field: 'title', why: 'changed since' }]);
    expect(isDeleted(db, 'source', id)).toBe(false);
    expect(db.undoLabels().undo).toBeNull();
    db.close();
  });

  it('leaves what the other built on, and continues with earlier actions', () => {
    const [ann, bo] = [somebody('Ann'), somebody('Bo')];
    let db = project({ person: ann });
    const [source, passage] = [newId(), newId()];
    db.write.commit('Add', edits('source', source, { title: 'a' }));
    db.write.commit('Highlight', edits('passage', passage, { source }));
    db = reopen(db, bo);
    db.write.commit('Tag', edits('tag', newId(), { passage, category: newId() }));
    db = reopen(db, ann);
    expect(db.undo()).toMatchObject({
      label: 'Highlight',
      left: [{ entity: 'passage', id: passage, field: 'deleted', why: 'built upon' }],
    });
    expect(isDeleted(db, 'passage', passage)).toBe(false);
    // The passage stays, and so must its source.
    expect(db.undo()).toMatchObject({
      label: 'Add',
      left: [{ entity: 'source', id: source, field: 'deleted', why: 'built upon' }],
    });
    db.close();
  });

  it('has a separate stack for each, also after reopening', () => {
    const [ann, bo] = [somebody('Ann'), somebody('Bo')];
    let db = project({ person: ann });
    db.write.commit('Ann’s', edits('source', newId(), { title: 'a' }));
    db = reopen(db, bo);
    db.write.commit('Bo’s', edits('source', newId(), { title: 'b' }));
    db = reopen(db, ann);
    expect(db.undoLabels().undo).toBe('Ann’s');
    db.undo();
    db = reopen(db, bo);
    expect(db.undoLabels()).toEqual({ undo: 'Bo’s', redo: null });
    db.close();
  });
});

describe('undo, after a merge', () => {
  const must = (row: CommitRow | null): CommitRow => {
    if (row === null) throw new Error('something was committed');
    return row;
  };
  it('leaves what someone changed elsewhere without having seen it', () => {
    const projectId = newIdBytes();
    const [a, b] = [new Replica(projectId, newSigner()), new Replica(projectId, newSigner())];
    const id = newId();
    a.commit('0', [edit('source', id, 'title', '0')]);
    b.take(a.packets());
    const mine = must(a.commit('a', [edit('source', id, 'title', 'a'), edit('source', id, 'author', 'a')]));
    b.commit('b', [edit('source', id, 'title', 'b')]);
    b.commit('b2', [edit('source', id, 'title', 'b2')]);
    a.take(b.packets());
    const winner = a.currentValue('source', id, 'title');
    const undone = a.undo(mine);
    expect(a.currentValue('source', id, 'author')).toBe('null');
    if (winner === '"a"') expect(a.currentValue('source', id, 'title')).toBe('"0"');
    else expect(undone.left).toMatchObject([{ field: 'title', why: 'changed since' }]);
    [a, b].forEach((one) => one.close());
  });

  it('does not delete a source with a passage from elsewhere', () => {
    const projectId = newIdBytes();
    const [a, b] = [new Replica(projectId, newSigner()), new Replica(projectId, newSigner())];
    const [source, passage] = [newId(), newId()];
    const added = must(a.commit('add', [edit('source', source, 'title', 't')]));
    b.take(a.packets());
    b.commit('highlight', [edit('passage', passage, 'source', source)]);
    a.take(b.packets());
    expect(a.undo(added).left).toMatchObject([{ field: 'deleted', why: 'built upon' }]);
    [a, b].forEach((one) => one.close());
  });

  it('starts empty on another replica: an imported project has nothing to undo', () => {
    const ann = somebody('Ann');
    const db = project({ person: ann });
    db.write.commit('Add', edits('source', newId(), { title: 'a' }));
    db.close();
    const elsewhere = openProject({
      folder: db.folder,
      person: ann,
      installation: 'another machine',
      now: steadyClock(),
    });
    expect(elsewhere.undoLabels()).toEqual({ undo: null, redo: null });
    expect(() => elsewhere.undo()).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'NOTHING_TO_UNDO' }) }),
    );
    elsewhere.close();
  });
});
