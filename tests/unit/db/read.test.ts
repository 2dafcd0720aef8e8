import { describe, expect, it } from 'vitest';
import { query } from '../../../electron/db/types.ts';
import { edits, newId, project } from './support.ts';

type None = Record<string, never>;

describe('reading', () => {
  it('takes named parameters and returns rows', () => {
    const db = project();
    const id = newId();
    db.write.commit('Add', edits('source', id, { title: 'a', bytes: 5, prefilled: { title: 'PDF' } }));
    const one = query<{ id: string; least: number }, { title: string; prefilled: string }>(
      'one',
      'SELECT title, prefilled FROM p_source WHERE id = @id AND bytes >= @least',
    );
    expect(db.read.get(one, { id, least: 5 })).toEqual({ title: 'a', prefilled: '{"title":"PDF"}' });
    expect(db.read.get(one, { id, least: 6 })).toBeUndefined();
    db.close();
  });

  it.each([
    'DELETE FROM p_source',
    'UPDATE p_source SET title = 1 RETURNING id',
    "INSERT INTO local_view VALUES('a', '1') RETURNING key",
  ])('rejects writing: %s', (sql) => {
    const db = project();
    db.write.commit('Add', edits('source', newId(), { title: 'a' }));
    expect(() => db.read.all(query<None, unknown>('write', sql), {})).toThrow(/would write|does not return data/);
    expect(() => db.write.get(query<None, unknown>('write', sql), {})).toThrow(/would write|does not return data/);
    db.close();
  });

  it.each<[string, string, RegExp]>([
    [
      'a category’s passages',
      'SELECT p.id FROM p_tag t JOIN p_passage p ON p.id = t.passage WHERE t.category = @category AND t.deleted IS NOT 1',
      /USING (COVERING )?INDEX p_tag_by_category/,
    ],
    [
      'a source’s passages in reading order',
      'SELECT id FROM p_passage WHERE source = @source ORDER BY page, start',
      /USING (COVERING )?INDEX p_passage_by_source/,
    ],
    [
      'a passage’s tags',
      'SELECT category FROM p_tag WHERE passage = @passage',
      /USING (COVERING )?INDEX p_tag_by_passage/,
    ],
    ['a passage’s settings', 'SELECT value FROM p_setting WHERE passage = @passage', /INDEX p_setting_by_passage/],
    ['what hangs as memos', 'SELECT text FROM p_memo WHERE target = @target', /INDEX p_memo_by_target/],
    ['a source’s layers', 'SELECT id FROM p_layer WHERE source = @source', /INDEX p_layer_by_source/],
    ['a category by its code', 'SELECT id FROM p_category WHERE code = @code', /INDEX p_category_by_code/],
    [
      'a category’s children',
      'SELECT id FROM p_category WHERE parent = @parent ORDER BY position',
      /INDEX p_category_by_parent/,
    ],
    ['a source by its bytes', 'SELECT id FROM p_source WHERE sha256 = @sha256', /INDEX p_source_by_sha256/],
  ])('finds %s by an index, without sorting', (_what, sql, plan) => {
    const db = project();
    const found = db.read.plan(query<None, unknown>('plan', sql));
    expect(found).toMatch(plan);
    expect(found).not.toMatch(/TEMP B-TREE|SCAN/);
    db.close();
  });
});

describe('writing', () => {
  it.each<[string, ReturnType<typeof edits>, RegExp]>([
    ['a field that does not exist', edits('source', newId(), { colour: 'red' }), /no such field/],
    ['an entity that does not exist', edits('step' as 'source', newId(), { undoes: 'x' }), /There are only/],
    ['a record without a UUID', edits('source', 'S1', { title: 'a' }), /UUID/],
    ['a value of another kind', edits('source', newId(), { title: 5 }), /text field/],
    ['a reference that is none', edits('tag', newId(), { passage: 'p' }), /ref field/],
    ['a number out of range', edits('source', newId(), { bytes: 2 ** 53 }), /int field/],
    ['half a character', edits('source', newId(), { title: '\ud800' }), /surrogate/],
    [
      'one field twice',
      [
        ...edits('source', '0190a000-0000-7000-8000-000000000001', { title: 'a' }),
        ...edits('source', '0190a000-0000-7000-8000-000000000001', { title: 'b' }),
      ],
      /twice/,
    ],
  ])('refuses %s, whole', (_what, wrong, why) => {
    const db = project();
    expect(() => db.write.commit('Mixed', [...edits('source', newId(), { title: 'good' }), ...wrong])).toThrow(why);
    expect([db.head(), db.read.all(query<None, unknown>('all', 'SELECT * FROM p_source'), {})]).toEqual([null, []]);
    expect(db.write.commit('Good', edits('source', newId(), { title: 'good' }))).not.toBeNull();
    expect(db.verifyLog().failures).toEqual([]);
    db.close();
  });

  it('names signers by the keys they wrote themselves, not by what others wrote about them', () => {
    const db = project();
    db.write.commit('Add', edits('source', newId(), { title: 'a' }));
    const key = db.read.get(query<None, { key: string }>('key', 'SELECT "key" FROM p_person'), {})?.key ?? '';
    const other = project();
    other.write.commit('Pose', edits('person', newId(), { name: 'Chief', key }));
    expect(other.history(1)[0]?.person).toBe('Ann');
    [db, other].forEach((one) => one.close());
  });
});
