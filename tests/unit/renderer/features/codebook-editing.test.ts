import { describe, expect, it } from 'vitest';
import { ancestorsOf, dropTo, isWithin, stepTo, valueTree } from '../../../../renderer/features/codebook/tree.ts';
import {
  splitInput,
  namedParts,
  removePart,
  toggle,
  type PartsByPassage,
} from '../../../../renderer/features/codebook/SplitDialog.tsx';
import { numberKeys, withPin, withUse, type Used } from '../../../../renderer/common/passages/pins.ts';
import { taggedPassage, type TaggedPassage } from '../../../../shared/contract/codebook.ts';
import {
  category,
  categoryId,
  dimensionValue,
  passageId,
  type Category,
  type CategoryId,
  type DimensionValue,
} from '../../../../shared/model/index.ts';

const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const id = (n: number): CategoryId => categoryId.parse(uuid(n));
const number = (one: string | null): number | null => (one === null ? null : Number(one.slice(-12)));

describe('where a category is put', () => {
  const make = (n: number, parent: number | null, over: Partial<Category> = {}): Category =>
    category.parse({
      id: uuid(n),
      code: `C${String(n)}`,
      name: `C ${String(n)}`,
      position: n,
      parent: parent === null ? null : uuid(parent),
      definition: '',
      include: '',
      exclude: '',
      termsZh: [],
      termsEn: [],
      colour: '#000000',
      shortcut: null,
      mergedInto: null,
      archived: false,
      deleted: false,
      passages: 0,
      deepPassages: 0,
      ...over,
    });
  // 1(2(3) 4 5) 6, and 7, archived between 2 and 4.
  const book = [make(6, null), make(5, 1), make(1, null), make(4, 1), make(2, 1), make(3, 2)].concat(
    make(7, 1, { position: 3, archived: true }),
  );
  const step = (n: number, to: Parameters<typeof stepTo>[2]) => {
    const place = stepTo(book, id(n), to);
    return place && [number(place.parent), number(place.before)];
  };
  const drop = (n: number, on: number, position: Parameters<typeof dropTo>[3]) => {
    const place = dropTo(book, id(n), id(on), position);
    return place && [number(place.parent), number(place.before)];
  };

  it('moves a step past its visible neighbour, never past an archived one', () => {
    expect(step(4, 'up')).toEqual([1, 2]);
    expect(step(2, 'down')).toEqual([1, 5]);
    expect(step(4, 'down')).toEqual([1, null]);
    expect(step(2, 'up')).toBeNull();
    expect(step(5, 'down')).toBeNull();
  });

  it('moves inwards to the end of the category above, outwards right after its parent', () => {
    expect(step(4, 'in')).toEqual([2, null]);
    expect(step(2, 'in')).toBeNull();
    expect(step(3, 'out')).toEqual([1, 4]);
    expect(step(5, 'out')).toEqual([null, 6]);
    expect(step(1, 'out')).toBeNull();
    expect(stepTo(book, id(99), 'up')).toBeNull();
  });

  it('drops onto, before or after another, never into itself', () => {
    expect(drop(6, 2, 'on')).toEqual([2, null]);
    expect(drop(5, 2, 'before')).toEqual([1, 2]);
    expect(drop(5, 2, 'after')).toEqual([1, 4]);
    // The dragged category itself does not count as a neighbour.
    expect(drop(4, 2, 'after')).toEqual([1, 5]);
    expect(drop(1, 6, 'after')).toEqual([null, null]);
    expect(drop(1, 3, 'on')).toBeNull();
    expect(drop(2, 2, 'before')).toBeNull();
  });

  it('knows what a category contains, and stops in a cycle', () => {
    expect(ancestorsOf(book, id(3)).map(number)).toEqual([2, 1]);
    expect(isWithin(book, id(3), id(1))).toBe(true);
    expect(isWithin(book, id(1), id(3))).toBe(false);
    const ring = [make(1, 2), make(2, 1)];
    expect(ancestorsOf(ring, id(1)).map(number)).toEqual([2]);
  });
});

describe('a split', () => {
  const passage = (n: number) => passageId.parse(uuid(100 + n));
  const taggedPassages: TaggedPassage[] = [1, 2].map((n) =>
    taggedPassage.parse({
      id: uuid(100 + n),
      source: uuid(9),
      page: 1,
      lastPage: 1,
      words: 'x',
      people: [],
      categories: [],
    }),
  );
  const none: PartsByPassage = new Map();
  const sent = (given: PartsByPassage, parts: readonly string[]) =>
    splitInput(given, parts, taggedPassages).map((one) => [number(one.passage), one.parts]);

  it('assigns a passage to several parts, and removes it again', () => {
    const both = toggle(toggle(none, passage(1), 1), passage(1), 0);
    expect(sent(both, ['A', 'B'])).toEqual([[101, [0, 1]]]);
    expect(sent(toggle(toggle(both, passage(1), 0), passage(1), 1), ['A', 'B'])).toEqual([]);
    expect(none.size).toBe(0);
  });

  it('counts only parts with a name; passages of the others stay in the category', () => {
    const given = toggle(toggle(none, passage(1), 2), passage(2), 1);
    expect(sent(given, ['A', ' ', 'C'])).toEqual([[101, [1]]]);
    expect(namedParts(['A', ' ', ' C '])).toEqual(['A', 'C']);
  });

  it('moves later parts up when one is removed, and leaves out removed passages', () => {
    const given = toggle(toggle(toggle(none, passage(1), 0), passage(2), 2), passage(3), 2);
    expect(sent(removePart(given, 0), ['B', 'C'])).toEqual([[102, [1]]]);
  });
});

describe('the number keys', () => {
  const pins = [id(1), null, null];
  const shown = (used: Used, on = pins) => numberKeys(on, used).map(({ key, category: one }) => [key, number(one)]);
  const NEVER: Used = { slots: [], order: [] };

  it('have a category on one key at most', () => {
    const moved = withPin(pins, 3, id(1));
    expect(moved).toHaveLength(9);
    expect(moved.slice(0, 3)).toEqual([null, null, id(1)]);
    expect(withPin(moved, 3, null)).toEqual(Array(9).fill(null));
  });

  it('hold recent categories where nothing is pinned, and keep them', () => {
    const used = [5, 6, 5].reduce((so, n) => withUse(so, pins, id(n)), NEVER);
    expect(used.order.map(number)).toEqual([5, 6]);
    expect(shown(used)).toEqual([
      [1, 1],
      [2, 5],
      [3, 6],
    ]);
    // Pinned since: only on its own key.
    expect(shown(used, [id(1), null, null, id(6)])).toEqual([
      [1, 1],
      [2, 5],
      [4, 6],
    ]);
    expect(shown(withUse(used, pins, id(1)))).toEqual(shown(used));
  });

  it('replace the least recent category when all are taken', () => {
    const full = Array.from({ length: 8 }, (_, n) => n + 10).reduce((so, n) => withUse(so, pins, id(n)), NEVER);
    const again = withUse(full, pins, id(10));
    expect(shown(withUse(again, pins, id(50))).slice(1, 4)).toEqual([
      [2, 10],
      [3, 50],
      [4, 12],
    ]);
  });
});

describe('the values of a dimension', () => {
  const value = (n: number, parent: number | null): DimensionValue =>
    dimensionValue.parse({
      id: uuid(n),
      code: `V${String(n)}`,
      label: `V ${String(n)}`,
      note: '',
      names: [],
      parent: parent === null ? null : uuid(parent),
    });
  const drawn = (values: DimensionValue[]): string =>
    valueTree(values)
      .map(({ value: one, level }) => '-'.repeat(level) + one.code.slice(1))
      .join(' ');

  it('are listed under their parents, in any input order', () => {
    expect(drawn([value(3, 2), value(1, null), value(2, 1), value(4, 1)])).toBe('1 -2 --3 -4');
  });

  it('are each shown once, also with a missing parent or in a cycle', () => {
    expect(drawn([value(1, 99), value(2, 3), value(3, 2)])).toBe('1 2 -3');
  });
});
