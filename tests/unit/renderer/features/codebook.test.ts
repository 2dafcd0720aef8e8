import { describe, expect, it } from 'vitest';
import {
  buildTree,
  filterTree,
  matchCategory,
  openable,
  passagesHere,
  reuseNodes,
  usedHere,
  type TreeNode,
} from '../../../../renderer/features/codebook/tree.ts';
import {
  category,
  categoryId,
  passage,
  passageId,
  type Category,
  type CategoryId,
  type PassageId,
} from '../../../../shared/model/index.ts';

const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const id = (n: number): CategoryId => categoryId.parse(uuid(n));
const make = (n: number, parent: number | null, over: Partial<Category> = {}): Category =>
  category.parse({
    id: uuid(n),
    code: `C${String(n)}`,
    parent: parent === null ? null : uuid(parent),
    name: `Category ${String(n)}`,
    definition: '',
    include: '',
    exclude: '',
    termsZh: [],
    termsEn: [],
    colour: '#000000',
    position: n,
    shortcut: null,
    mergedInto: null,
    archived: false,
    deleted: false,
    passages: n,
    deepPassages: n * 10,
    ...over,
  });

type Here = ReadonlyMap<CategoryId, ReadonlySet<PassageId>>;
const NONE: Here = new Map();
const marked = (...ns: number[]): ReadonlySet<PassageId> => new Set(ns.map((n) => passageId.parse(uuid(100 + n))));
/** `1(2(3) 4)`: the tree as text. */
const drawn = (nodes: readonly TreeNode[]): string =>
  nodes
    .map(({ category: { code }, children }) => code.slice(1) + (children.length === 0 ? '' : `(${drawn(children)})`))
    .join(' ');

describe('the tree', () => {
  it('puts children under parents, ordered by position', () => {
    const tree = buildTree(
      [make(1, null), make(2, 1, { position: 9 }), make(3, 2), make(4, 1), make(5, null, { position: 0 })],
      NONE,
    );
    expect(drawn(tree)).toBe('5 1(4 2(3))');
  });

  it('counts a passage once in a top-level category, however many of its categories it has', () => {
    const [family] = buildTree(
      [make(1, null), make(2, 1), make(3, 2), make(4, 1)],
      new Map([
        [id(3), marked(1, 2)],
        [id(4), marked(2)],
        [id(1), marked(1)],
      ]),
    );
    expect(family).toMatchObject({ here: 2, all: 10 });
    expect(family?.children.map(({ here }) => here)).toEqual([2, 1]);
  });

  it('leaves out deleted and archived categories', () => {
    expect(
      drawn(buildTree([make(1, null), make(2, 1, { deleted: true }), make(3, null, { archived: true })], NONE)),
    ).toBe('1');
  });

  it('shows a category with a missing parent, or in a cycle, once at the top', () => {
    expect(drawn(buildTree([make(1, null, { deleted: true }), make(2, 1), make(3, 2)], NONE))).toBe('2(3)');
    const ring = buildTree([make(1, 2), make(2, 3), make(3, 1), make(4, 2)], NONE);
    const codes = drawn(ring).match(/\d/g) ?? [];
    expect([...codes].sort()).toEqual(['1', '2', '3', '4']);
  });
});

describe('the filter', () => {
  const pair = make(7, null, {
    code: 'TRF.PAIR',
    name: 'Pairing Assistance',
    termsZh: [{ term: '对口支援', origin: 'seed' }],
    termsEn: [{ term: 'paired aid', origin: 'seed' }],
  });

  it('matches names, codes and terms of either language, and says where', () => {
    const met = (wanted: string): unknown => {
      const match = matchCategory(pair, wanted);
      if (match === null) return null;
      const { code, name, term } = match;
      const cut = (text: string, at: { from: number; to: number } | null) => at && text.slice(at.from, at.to);
      return [cut(pair.code, code), cut(pair.name, name), term && cut(term.text, term.at)];
    };
    expect(met('pairing')).toEqual([null, 'Pairing', null]);
    expect(met('trf.pa')).toEqual(['TRF.PA', null, null]);
    expect(met('pair')).toEqual(['PAIR', 'Pair', null]);
    expect(met('支援')).toEqual([null, null, '支援']);
    expect(met('ＰＡＩＲＥＤ')).toEqual([null, null, 'paired']);
    expect(met('土地')).toBeNull();
    expect(met('  ')).toEqual([null, null, null]);
  });

  it('keeps the parents of a match, and nothing else', () => {
    const tree = buildTree(
      [make(1, null), make(2, 1), make(3, 2, { name: 'Needle' }), make(4, 1), make(5, null)],
      NONE,
    );
    const left = filterTree(tree, 'needle');
    expect(drawn(left)).toBe('1(2(3))');
    expect(openable(left)).toEqual([id(1), id(2)]);
    expect(drawn(filterTree(tree, ''))).toBe(drawn(tree));
  });

  it('reuses nodes with nothing left out below', () => {
    const tree = buildTree([make(1, null), make(2, 1, { name: 'Needle' }), make(3, null), make(4, 3)], NONE);
    const left = filterTree(tree, 'needle');
    expect(left[0]).toBe(tree[0]);
    expect(filterTree(tree, 'category 3')[0]).not.toBe(tree[1]);
  });

  it('can keep only categories used in the open source', () => {
    const tree = buildTree([make(1, null), make(2, 1), make(3, null)], new Map([[id(2), marked(1)]]));
    expect(drawn(usedHere(tree))).toBe('1(2)');
  });
});

describe('counting here', () => {
  it('counts a passage once for a category, however many people tagged it', () => {
    const tagged = (n: number, categories: number[]) =>
      passage.parse({
        id: uuid(100 + n),
        source: uuid(50),
        layer: uuid(51),
        anchor: { kind: 'area', page: 1, area: [0, 0, 1, 1] },
        origin: null,
        person: uuid(60),
        createdAt: 0,
        tags: categories.map((one, person) => ({ category: uuid(one), person: uuid(60 + person), at: 0 })),
        settings: [],
        memos: [],
        state: 'coded',
        translations: [],
        comments: 0,
        deleted: false,
      });
    const here = passagesHere([tagged(1, [1, 1, 2]), tagged(2, [1])]);
    expect(here.get(id(1))).toEqual(marked(1, 2));
    expect(here.get(id(2))).toEqual(marked(1));
  });
});

describe('a tree that is built again', () => {
  const book = [make(1, null), make(2, 1), make(3, 1), make(4, null), make(5, 4)];

  it('reuses equal nodes', () => {
    const before = buildTree(book, NONE);
    expect(reuseNodes(before, buildTree(book, NONE))).toBe(before);
  });

  it('has new nodes only on the branch whose counts a tag changed', () => {
    const before = buildTree(book, NONE);
    const after = reuseNodes(before, buildTree(book, new Map([[id(2), marked(1)]])));
    expect(after[0]).toMatchObject({ here: 1, children: [{ here: 1 }, { here: 0 }] });
    expect(after[0]?.children[1]).toBe(before[0]?.children[1]);
    expect(after[1]).toBe(before[1]);
  });

  it('shows what was moved, renamed and removed', () => {
    const before = buildTree(book, NONE);
    const now = [make(1, null), make(2, 4), make(4, null, { name: 'Other' }), make(5, 4)];
    const after = reuseNodes(before, buildTree(now, NONE));
    expect(drawn(after)).toBe('1 4(2 5)');
    expect(after[1]?.category.name).toBe('Other');
  });
});
