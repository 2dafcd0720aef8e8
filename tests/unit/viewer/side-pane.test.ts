import { describe, expect, it } from 'vitest';
import {
  entryAt,
  flat,
  openInitially,
  rowOfEntry,
  rowsOf,
} from '../../../renderer/features/reader/side/OutlineTab.tsx';
import { marksByPage } from '../../../renderer/features/reader/side/PagesTab.tsx';
import type { OutlineEntry } from '../../../renderer/viewer/pdf/outline.ts';
import type { DrawnPassage } from '../../../renderer/viewer/types.ts';

/** A place on a page, so far down it as a part; on this paper a point is a hundredth of the page. */
const at = (page: number, part = 0): OutlineEntry['place'] => ({ page, left: null, top: 100 - 100 * part });
const entry = (id: number, place: OutlineEntry['place'], children: readonly OutlineEntry[] = []): OutlineEntry => ({
  id,
  title: `entry ${id}`,
  place,
  children,
});

/** Chapter 0 on page 1 with 1 and 2; 3 without a place; 4 on page 9 with 5 that begins where it does, and 6 below. */
const ENTRIES = [
  entry(0, at(1), [entry(1, at(2, 0.5)), entry(2, at(4))]),
  entry(3, null),
  entry(4, at(9), [entry(5, at(9), [entry(6, at(9, 0.6))])]),
];
const lines = (open: readonly number[]) => rowsOf(ENTRIES, new Set(open)).map((row) => row.entry.id);

describe('the lines of an outline', () => {
  it('are those that are not folded away, with their level and position among their siblings', () => {
    expect(lines([])).toEqual([0, 3, 4]);
    expect(lines([4])).toEqual([0, 3, 4, 5]);
    expect(lines([5])).toEqual([0, 3, 4]);
    const rows = rowsOf(ENTRIES, new Set([0, 4, 5]));
    expect(rows.map(({ entry: { id }, level, parent, at: place, of }) => [id, level, parent, place, of])).toEqual([
      [0, 1, null, 1, 3],
      [1, 2, 0, 1, 2],
      [2, 2, 0, 2, 2],
      [3, 1, null, 2, 3],
      [4, 1, null, 3, 3],
      [5, 2, 4, 1, 1],
      [6, 3, 5, 1, 1],
    ]);
  });

  it('are all open at first if there are few; of many, the chapters and one level below a single title', () => {
    expect(openInitially(ENTRIES)).toEqual(new Set([0, 4, 5]));
    const many = Array.from({ length: 70 }, (_, id) => entry(id + 1, at(id + 1), [entry(100 + id, at(id + 1))]));
    expect(openInitially(many)).toEqual(new Set());
    expect(openInitially([entry(0, at(1), many)])).toEqual(new Set([0]));
  });

  it('show a folded entry as current on the line of its parent', () => {
    const rows = rowsOf(ENTRIES, new Set([0]));
    expect([null, 2, 3, 5, 6].map((id) => rowOfEntry(rows, id))).toEqual([-1, 2, 3, 4, 4]);
  });
});

describe('the current entry', () => {
  const partOf = ({ top }: { readonly top: number | null }) => (100 - (top ?? 100)) / 100;
  const here = (page: number, part: number) => entryAt(flat(ENTRIES), partOf, { page, part });

  it('is the last one that begins on the page or before it; the deeper of two that begin together', () => {
    expect(here(1, 0.2)).toBe(0);
    expect(here(2, 0.4)).toBe(0);
    expect(here(2, 0.5)).toBe(1);
    expect(here(3, 0)).toBe(1);
    expect(here(8, 0.9)).toBe(2);
    expect(here(9, 0.1)).toBe(5);
    expect(here(9, 0.7)).toBe(6);
  });

  it('is null before the first', () => {
    expect(entryAt([entry(0, at(3)), entry(1, null)], partOf, { page: 2, part: 0.9 })).toBeNull();
  });

  it('is found also in an outline that is not in page order', () => {
    const astray = [entry(0, at(5)), entry(1, at(2)), entry(2, at(7))];
    expect(entryAt(astray, partOf, { page: 6, part: 0 })).toBe(0);
    expect(entryAt(astray, partOf, { page: 3, part: 0 })).toBe(1);
  });
});

describe('passages on a page', () => {
  const passage = (first: number, last: number, codes: readonly string[]): DrawnPassage & { last: number } => ({
    id: `${first}-${last}-${codes.join()}`,
    kind: 'text',
    start: 0,
    end: 1,
    page: first,
    last,
    area: null,
    families: [],
    codes: [...codes],
    colour: '#123456',
  });

  it('are counted on every page a passage is on, by top-level category, most first', () => {
    const all = [
      passage(1, 1, ['TRF.ORG', 'FIG.ACT']),
      passage(1, 2, ['FIG.ACT']),
      passage(2, 4, ['FIG.SUM']),
      passage(2, 2, []),
    ];
    const lasts = new Map(all.map((one) => [one.id, one.last]));
    const marks = marksByPage(all, ({ id, page }) => ({ first: page, last: lasts.get(id) ?? page }));
    const told = [...marks].map(([page, { passages, families }]) => [
      page,
      passages,
      families.map(({ family, count }) => `${family} ${count}`).join(),
    ]);
    expect(told).toEqual([
      [1, 2, 'TRF 1,FIG 1'],
      [2, 3, 'FIG 2'],
      [3, 1, 'FIG 1'],
      [4, 1, 'FIG 1'],
    ]);
    expect(marks.get(5)).toBeUndefined();
  });
});
