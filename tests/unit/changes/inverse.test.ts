import { describe, expect, it } from 'vitest';
import { inverse, type Dependent, type ChangedField, type ChangedRecord } from '../../../shared/changes/inverse.ts';

const field = (name: string, rest: Partial<ChangedField> = {}): ChangedField => ({
  field: name,
  wasSet: true,
  isOwn: true,
  before: null,
  open: [],
  ...rest,
});
const record = (entity: string, id: string, ...fields: ChangedField[]): ChangedRecord => ({ entity, id, fields });
const hanging =
  (on: Record<string, readonly Dependent[]>) =>
  (_entity: string, id: string): readonly Dependent[] =>
    on[id] ?? [];
const nothing = hanging({});

describe('the inverse of an action', () => {
  it('restores the former values, field by field', () => {
    const { edits, left } = inverse(
      [
        record(
          'source',
          's',
          field('title', { before: '"a"' }),
          field('author'),
          field('grade', { wasSet: false, before: '"B"' }),
        ),
      ],
      nothing,
    );
    expect(edits).toEqual([
      { entity: 'source', id: 's', field: 'title', value: 'a' },
      { entity: 'source', id: 's', field: 'author', value: null },
    ]);
    expect(left).toEqual([]);
  });

  it('names the values that conflict again', () => {
    const open = ['ab', 'cd'];
    expect(inverse([record('source', 's', field('title', { before: '"a"', open }))], nothing).edits).toEqual([
      { entity: 'source', id: 's', field: 'title', value: 'a', open },
    ]);
  });

  it('removes what the action created, and restores what it removed', () => {
    expect(inverse([record('tag', 't', field('passage'), field('category'))], nothing).edits).toEqual([
      { entity: 'tag', id: 't', field: 'deleted', value: true },
    ]);
    const removed = record('tag', 't', field('deleted'), field('passage', { wasSet: false, before: '"p"' }));
    expect(inverse([removed], nothing).edits).toEqual([{ entity: 'tag', id: 't', field: 'deleted', value: false }]);
  });

  it('leaves and lists what someone changed since', () => {
    const edited = record(
      'source',
      's',
      field('title', { isOwn: false, before: '"a"' }),
      field('author', { before: '"x"' }),
    );
    expect(inverse([edited], nothing)).toEqual({
      edits: [{ entity: 'source', id: 's', field: 'author', value: 'x' }],
      left: [{ entity: 'source', id: 's', field: 'title', why: 'changed since' }],
    });
    const made = record('source', 's', field('title'), field('grade', { wasSet: false, isOwn: false }));
    expect(inverse([made], nothing)).toEqual({
      edits: [],
      left: [{ entity: 'source', id: 's', field: 'grade', why: 'changed since' }],
    });
  });

  it('leaves what others built on, except if it was there before', () => {
    const made = record('passage', 'p', field('source'));
    const built = hanging({ p: [{ id: 't', field: 'passage', seen: false }] });
    expect(inverse([made], built)).toEqual({
      edits: [],
      left: [{ entity: 'passage', id: 'p', field: 'deleted', why: 'built upon' }],
    });
    const again = record(
      'passage',
      'p',
      field('deleted', { before: 'true' }),
      field('source', { wasSet: false, before: '"s"' }),
    );
    expect(inverse([again], hanging({ p: [{ id: 't', field: 'passage', seen: true }] })).edits).toHaveLength(1);
  });

  it('keeps a parent if a child created by the same action has to stay, and its parents too', () => {
    const records = [
      record('source', 's', field('title')),
      record('passage', 'p', field('source')),
      record('tag', 't', field('passage'), field('category', { isOwn: false })),
    ];
    const on = hanging({
      s: [{ id: 'p', field: 'passage', seen: true }],
      p: [{ id: 't', field: 'passage', seen: true }],
    });
    expect(inverse(records, on)).toEqual({
      edits: [],
      left: [
        { entity: 'tag', id: 't', field: 'category', why: 'changed since' },
        { entity: 'passage', id: 'p', field: 'deleted', why: 'built upon' },
        { entity: 'source', id: 's', field: 'deleted', why: 'built upon' },
      ],
    });
  });

  it('never removes a person or a project', () => {
    expect(
      inverse([record('person', 'a', field('name'), field('key')), record('project', 'x', field('title'))], nothing),
    ).toEqual({ edits: [], left: [] });
  });
});
