import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tree, type TreeNode } from '../../../shared/changes/derived.ts';
import { byWinner, foldRecord, maximal, openMark, type Saw, type FieldChange } from '../../../shared/changes/fold.ts';

/** Commits of two chains, neither of which has seen the other unless `seen` says so. */
const said = (chain: number, seq: number, value: string, clock: number, wall = clock): FieldChange => ({
  c: chain * 100 + seq,
  i: 1,
  chain,
  seq,
  vv: 0,
  value,
  clock,
  wall,
  hash: Uint8Array.of(chain, seq),
});
const apart: Saw = (later, earlier) => later.chain === earlier.chain && earlier.seq <= later.seq;
const fields = (of: Record<string, FieldChange[]>): Map<string, FieldChange[]> => new Map(Object.entries(of));

describe('folding a record', () => {
  it('gives a field to the greatest clock, then to the greatest hash', () => {
    const folded = foldRecord(
      fields({ title: [said(1, 1, '"a"', 5), said(2, 1, '"b"', 7), said(3, 1, '"c"', 7)] }),
      apart,
    );
    expect(folded.fields.get('title')?.winner.value).toBe('"c"');
  });

  it('dates a record by the first commit that writes it', () => {
    const folded = foldRecord(
      fields({ title: [said(2, 1, '"b"', 7, 70), said(1, 1, '"a"', 5, 50)], author: [said(1, 2, '"x"', 4, 40)] }),
      apart,
    );
    expect(folded.createdAt).toBe(40);
  });

  it('finds a conflict only if neither value’s author had seen the other and the values differ', () => {
    const conflictOf = (changes: FieldChange[]): number =>
      foldRecord(fields({ title: changes }), apart).fields.get('title')?.conflict.length ?? -1;
    expect(conflictOf([said(1, 1, '"a"', 1), said(1, 2, '"b"', 2)])).toBe(0);
    expect(conflictOf([said(1, 1, '"a"', 1), said(2, 1, '"a"', 2)])).toBe(0);
    expect(conflictOf([said(1, 1, '"a"', 1), said(2, 1, '"b"', 2)])).toBe(2);
    expect(conflictOf([said(1, 1, '"a"', 1), said(1, 2, '"b"', 2), said(2, 1, '"b"', 3)])).toBe(0);
  });

  it('finds a conflict between a deletion and an edit that did not know of it', () => {
    const record = fields({ deleted: [said(1, 2, 'true', 9)], title: [said(1, 1, '"a"', 1), said(2, 1, '"b"', 2)] });
    expect(
      foldRecord(record, apart)
        .fields.get('deleted')
        ?.conflict.map((one) => one.value),
    ).toEqual(['true', '"b"']);
    const restored = fields({
      deleted: [said(1, 2, 'true', 9), said(1, 3, 'false', 10)],
      title: [said(2, 1, '"b"', 2)],
    });
    expect(foldRecord(restored, apart).fields.get('deleted')?.conflict).toEqual([]);
  });

  it('reopens, with an undo, only what the author of the undo had seen', () => {
    const record = fields({
      title: [said(1, 1, '"a"', 1), said(2, 1, '"b"', 2), said(2, 2, '"c"', 3), said(1, 2, '"a"', 5)],
      [openMark('title')]: [said(1, 2, '["0101","0201"]', 5)],
    });
    expect(
      foldRecord(record, apart)
        .fields.get('title')
        ?.conflict.map((one) => one.value),
    ).toEqual(['"a"', '"c"']);
  });

  it('does not depend on the order in which changes arrive', () => {
    const change = fc.record({
      chain: fc.integer({ min: 1, max: 3 }),
      seq: fc.integer({ min: 1, max: 4 }),
      value: fc.constantFrom('"a"', '"b"', 'true', 'false'),
      clock: fc.integer({ min: 1, max: 6 }),
    });
    const changes = fc.uniqueArray(change, { selector: (one) => `${one.chain} ${one.seq}`, maxLength: 8 });
    fc.assert(
      fc.property(changes, changes, (deleted, title) => {
        const all = {
          deleted: deleted.map((one) => said(one.chain, one.seq, one.value, one.clock)),
          title: title.map((one) => said(one.chain, one.seq, one.value, one.clock)),
        };
        const there = foldRecord(fields(all), apart);
        const back = foldRecord(fields({ title: all.title.toReversed(), deleted: all.deleted.toReversed() }), apart);
        const plain = (one: typeof there): unknown => [
          one.createdAt,
          [...one.fields]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, field]) => [name, field.winner.c, field.conflict.map((c) => c.c).sort((x, y) => x - y)]),
        ];
        expect(plain(back)).toEqual(plain(there));
        const sorted = all.title.toSorted(byWinner);
        for (const one of maximal(sorted, apart))
          expect(sorted.some((other) => other !== one && apart(other, one) && byWinner(other, one) < 0)).toBe(false);
      }),
    );
  });
});

describe('derived lists', () => {
  const node = (id: string, parent: string | null, clock = 1): TreeNode => ({ id, parent, clock, hash: id });

  it('cuts a ring at its latest move, and reports it', () => {
    const { parent, rings } = tree([node('a', 'b', 5), node('b', 'c', 9), node('c', 'a', 7), node('d', 'a')]);
    expect(rings).toEqual([['a', 'b', 'c']]);
    expect(Object.fromEntries(parent)).toEqual({ a: 'b', b: null, c: 'a', d: 'a' });
  });

  it('leads from every node to a root, whatever was moved where', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const nodes = fc.tuple(
      ...ids.map((id) =>
        fc.record({
          id: fc.constant(id),
          parent: fc.option(fc.constantFrom(...ids, 'gone')),
          clock: fc.integer({ min: 1, max: 4 }),
          hash: fc.constant(id),
        }),
      ),
    );
    fc.assert(
      fc.property(nodes, (all) => {
        const { parent } = tree(all);
        expect(tree(all.toReversed()).parent).toEqual(parent);
        for (const id of ids) {
          let at: string | null = id;
          for (let steps = 0; at !== null; steps++) {
            expect(steps).toBeLessThanOrEqual(ids.length);
            at = parent.get(at) ?? null;
          }
        }
      }),
    );
  });
});
