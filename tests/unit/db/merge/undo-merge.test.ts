import { describe, expect, it } from 'vitest';
import { ann, bo, cai, codeOf, copyOf, rows, sound, source, take, titleOf } from './support.ts';
import { edits, newId, project, steadyClock } from '../support.ts';

describe('undoing a merge', () => {
  it('restores each field the merge won, leaves what was changed or built on since, and can be undone and redone', () => {
    const [won, since, made, based] = [newId(), newId(), newId(), newId()];
    const a = project({ person: ann });
    source(a, won, { title: 'before' });
    source(a, since, { title: 'before' });
    const b = copyOf(a, bo);
    source(b, won, { title: 'theirs' });
    source(b, since, { title: 'theirs' });
    source(b, made, { title: 'made' });
    source(b, based, { title: 'based' });
    const { merge: done } = take(a, b);
    const id = done?.id ?? '';
    source(a, since, { title: 'since' });
    a.write.commit('Highlight', edits('passage', newId(), { source: based }));

    const { commit, left } = a.merges.undoMerge(id);
    expect(commit?.label).toBe('Undo merge from theirs.sbk');
    expect(left.map(({ id: record, why }) => [record, why])).toEqual([
      [since, 'changed since'],
      [based, 'built upon'],
    ]);
    expect([won, since].map((one) => titleOf(a, one))).toEqual(['before', 'since']);
    expect(rows(a, `SELECT id FROM p_source WHERE deleted = 1`)).toEqual([{ id: made }]);
    expect(a.merges.merges()[0]?.undoneBy).toBe(commit?.hash);
    expect(codeOf(() => a.merges.undoMerge(id))).toBe('NOT_ALLOWED');

    a.undo();
    expect([titleOf(a, won), a.merges.merges()[0]?.undoneBy]).toEqual(['theirs', null]);
    a.redo();
    expect([titleOf(a, won), a.merges.merges()[0]?.undoneBy]).toEqual(['before', commit?.hash]);

    const restored = a.merges.restoreMerge(id);
    expect(restored.commit?.label).toBe('Restore merge from theirs.sbk');
    expect([titleOf(a, won), a.merges.merges()[0]?.undoneBy]).toEqual(['theirs', null]);
    expect(rows(a, `SELECT id FROM p_source WHERE deleted = 1`)).toEqual([]);
    expect(codeOf(() => a.merges.restoreMerge(id))).toBe('NOT_ALLOWED');
    a.undo();
    expect(a.merges.merges()[0]?.undoneBy).toBe(commit?.hash);
    a.redo();
    a.merges.undoMerge(id);
    expect([titleOf(a, won), titleOf(a, since)]).toEqual(['before', 'since']);
    expect(codeOf(() => a.merges.undoMerge('none'))).toBe('NOT_FOUND');
    sound(a);
    [a, b].forEach((db) => db.close());
  });

  it('does not name fields that the merge never won', () => {
    const id = newId();
    const a = project({ person: ann, now: steadyClock(Date.UTC(2027, 0, 1)) });
    source(a, id, { title: 'one' });
    // Bo's clock is behind: what he writes loses to what Ann writes, not knowing of it.
    const b = copyOf(a, bo, Date.UTC(2026, 0, 1));
    source(b, id, { title: 'older', author: 'Li' });
    source(a, id, { title: 'mine' });
    take(a, b);
    const { left } = a.merges.undoMerge(a.merges.merges()[0]?.id ?? '');
    expect(left).toEqual([]);
    expect(rows(a, `SELECT title, author FROM p_source WHERE id = '${id}'`)).toEqual([{ title: 'mine', author: null }]);
    [a, b].forEach((db) => db.close());
  });

  it('is remembered in this folder only', () => {
    const a = project({ person: ann });
    source(a, newId(), { title: 'one' });
    const b = copyOf(a, bo);
    source(b, newId(), { title: 'two' });
    take(a, b);
    const c = copyOf(a, cai);
    expect([a.merges.merges().length, c.merges.merges()]).toEqual([1, []]);
    [a, b, c].forEach((db) => db.close());
  });
});
