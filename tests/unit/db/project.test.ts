import { describe, expect, it } from 'vitest';
import { createProject, openProject } from '../../../electron/db/index.ts';
import { query } from '../../../electron/db/types.ts';
import type { CommitHash } from '../../../shared/model/index.ts';
import { edits, newFolder, newId, project, reopen, somebody, steadyClock } from './support.ts';

const title = query<{ id: string }, { title: string; createdAt: number }>(
  'title',
  'SELECT title, createdAt FROM p_source WHERE id = @id',
);
const deleted = query<{ id: string }, { deleted: number | null }>(
  'deleted',
  'SELECT deleted FROM p_source WHERE id = @id',
);
const people = query<Record<string, never>, { name: string; key: string }>(
  'people',
  'SELECT name, "key" FROM p_person',
);

describe('a project', () => {
  it('keeps commits and their authors when closed and reopened', () => {
    const ann = somebody('Ann');
    const made = project({ person: ann });
    const id = newId();
    const done = made.write.commit('Add a source', edits('source', id, { title: '报告', bytes: 3 }));
    expect(done?.entities).toEqual(['source', 'person']);
    const again = reopen(made, ann);
    expect(again.read.get(title, { id })?.title).toBe('报告');
    expect(again.read.all(people, {}).map((row) => row.name)).toEqual(['Ann']);
    expect(again.head()).toBe(done?.hash);
    expect(again.history(10)).toMatchObject([
      { id: done?.hash, person: 'Ann', personId: ann.id, label: 'Add a source' },
    ]);
    again.close();
  });

  it('undoes and redoes after reopening', () => {
    const ann = somebody('Ann');
    let db = createProject({
      folder: newFolder(),
      person: ann,
      now: steadyClock(),
      begin: { label: 'New project', edits: (id) => edits('project', id, { title: 'Study' }) },
    });
    expect(db.undoLabels()).toEqual({ undo: null, redo: null });
    const id = newId();
    db.write.commit('Add a source', edits('source', id, { title: 'a' }));
    db.write.commit('Rename it', edits('source', id, { title: 'b' }));
    db = reopen(db, ann);
    expect(db.undoLabels().undo).toBe('Rename it');
    expect(db.undo()).toMatchObject({ label: 'Rename it', left: [] });
    expect(db.read.get(title, { id })?.title).toBe('a');
    db = reopen(db, ann);
    expect(db.undoLabels()).toEqual({ undo: 'Add a source', redo: 'Rename it' });
    db.undo();
    db.redo();
    expect(db.undoLabels()).toEqual({ undo: 'Add a source', redo: 'Rename it' });
    db.redo();
    expect(db.read.get(title, { id })?.title).toBe('b');
    expect(db.undoLabels()).toEqual({ undo: 'Rename it', redo: null });
    db.close();
  });

  it('undoes an action of several commits as one, also after reopening', () => {
    const ann = somebody('Ann');
    let db = project({ person: ann });
    const files = [newId(), newId(), newId(), newId()];
    const titles = () => files.map((id) => db.read.get(title, { id })?.title ?? null);
    const removed = () => files.map((id) => db.read.get(deleted, { id })?.deleted === 1);
    const add = (at: number, first: CommitHash | null) =>
      db.write.commit(
        `Import ${String(at)}`,
        edits('source', files[at] ?? '', { title: String(at), deleted: false }),
        first,
      )?.hash ?? null;
    const first = add(0, null);
    add(1, first);
    add(2, first);
    expect(db.undoLabels().undo).toBe('Import 0 and 2 more');
    db = reopen(db, ann);
    expect(db.undoLabels().undo).toBe('Import 0 and 2 more');
    expect(db.undo()).toMatchObject({ label: 'Import 0 and 2 more', left: [] });
    expect(removed()).toEqual([true, true, true, false]);
    db = reopen(db, ann);
    expect(db.undoLabels()).toMatchObject({ redo: 'Import 0 and 2 more' });
    expect(db.redo()).toMatchObject({ label: 'Import 0 and 2 more' });
    expect(removed()).toEqual([false, false, false, false]);
    expect(titles()).toEqual(['0', '1', '2', null]);
    // What was done in between is an action of its own.
    db.write.commit('Rename it', edits('source', files[0] ?? '', { title: 'b' }));
    add(3, first);
    expect(db.undo()).toMatchObject({ label: 'Import 3' });
    expect(db.undo()).toMatchObject({ label: 'Rename it' });
    expect(db.undo()).toMatchObject({ label: 'Import 0 and 2 more' });
    expect(removed()).toEqual([true, true, true, true]);
    expect(db.verifyLog().failures).toEqual([]);
    db.close();
  });

  it('cannot be opened twice', () => {
    const db = project();
    expect(() => openProject({ folder: db.folder, person: somebody('Bo') })).toThrow(/open in another window/);
    db.close();
  });
});
