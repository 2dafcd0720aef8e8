import { beforeEach, describe, expect, it } from 'vitest';
import { SEARCH_SCOPES, type SearchHit } from '../../../../../shared/contract/search.ts';
import {
  changesOfSaved,
  countsOf,
  openSaved,
  resetSearch,
  rowsOf,
  setPassages,
  setUnread,
  toggleScope,
  useSearch,
  withWhole,
} from '../../../../../renderer/features/search/search-state.ts';
import { fakeCodebook, fakeHits, fakePassages, fakeSources } from '../../../../support/shell/fixtures.ts';

const sources = fakeSources(2);
const [a, b] = sources.map(({ id }) => id);
const [hit] = fakeHits(fakePassages(fakeCodebook().categories, sources, 20), '全').hits;
if (a === undefined || b === undefined || hit === undefined) throw new Error('The fixtures have no such passage');
const hits = (source: SearchHit['source'], count: number): SearchHit[] =>
  Array.from({ length: count }, (_, start) => ({ ...hit, source, start }));

it('counts results by source over several pages, and says where more may follow', () => {
  const first = {
    total: 5,
    complete: false,
    unlisted: [],
    hits: hits(a, 2),
    sources: [
      { source: a, total: 4 },
      { source: b, total: 1 },
    ],
  };
  expect(countsOf([first])).toEqual({
    total: 5,
    complete: false,
    counts: new Map([
      [a, { total: 4, complete: true }],
      [b, { total: 1, complete: false }],
    ]),
  });
  // The next page counted less far: the earlier count stays.
  const slow = { total: 1, complete: false, hits: hits(a, 1), sources: [{ source: a, total: 1 }], unlisted: [] };
  expect(countsOf([first, slow])).toMatchObject({ total: 5, complete: false });
  expect(countsOf([first, slow]).counts.get(a)).toEqual({ total: 4, complete: true });
  const last = {
    total: 4,
    complete: true,
    unlisted: [],
    hits: hits(b, 3),
    sources: [
      { source: a, total: 1 },
      { source: b, total: 3 },
    ],
  };
  const all = countsOf([first, slow, last]);
  expect(all).toMatchObject({ total: 7, complete: true });
  expect([...all.counts.values()]).toEqual([
    { total: 4, complete: true },
    { total: 3, complete: true },
  ]);
  expect(countsOf([])).toEqual({ total: 0, complete: true, counts: new Map() });
});

it('puts results under the headings of their sources, with the count of all of them', () => {
  const { counts } = countsOf([
    { total: 9, complete: true, hits: [], sources: [{ source: a, total: 9 }], unlisted: [] },
  ]);
  const rows = rowsOf([...hits(a, 2), ...hits(null, 1)], counts);
  expect(rows.map((row) => (row.kind === 'hit' ? row.hit.source : row.count))).toEqual([
    { total: 9, complete: true },
    a,
    a,
    { total: 7, complete: true },
    { total: 1, complete: false },
    null,
  ]);
});

it('counts what earlier pages counted without listing it', () => {
  const first = {
    total: 7,
    complete: false,
    hits: hits(a, 2),
    sources: [{ source: a, total: 7 }],
    unlisted: [{ source: a, total: 5 }],
  };
  const next = {
    total: 4,
    complete: true,
    hits: hits(b, 1),
    sources: [
      { source: a, total: 3 },
      { source: b, total: 1 },
    ],
    unlisted: [{ source: a, total: 3 }],
  };
  const { total, counts } = countsOf([first, next]);
  expect(total).toBe(11);
  expect([...counts.values()].map((one) => one.total)).toEqual([10, 1]);
});

it('lists all results of a source in place of its first ones', () => {
  const some = [...hits(a, 2), ...hits(b, 1)];
  expect(withWhole(some, new Map([[a, hits(a, 9)]])).map(({ source }) => source)).toEqual([...Array(9).fill(a), b]);
});

describe('a saved search', () => {
  beforeEach(resetSearch);
  const saved = {
    query: 'land',
    scopes: ['sources', 'passages'],
    search: { passages: 'outside', unread: true },
  } as const;

  it('asks again for what it was saved with, and for everything where it does not say', () => {
    setPassages('within');
    openSaved({ ...saved, scopes: [...saved.scopes] });
    expect(useSearch.getState()).toMatchObject({ text: 'land', ...saved.search, query: 'land', scopes: saved.scopes });
    openSaved({ query: 'work', scopes: [], search: {} });
    expect(useSearch.getState()).toMatchObject({
      query: 'work',
      scopes: SEARCH_SCOPES,
      passages: 'any',
      unread: false,
    });
  });

  it('writes what is asked differently and nothing else, since a newer version may have said more', () => {
    const now = () => useSearch.getState();
    const view = { ...saved, scopes: [...saved.scopes] };
    openSaved(view);
    expect(changesOfSaved(now(), view)).toEqual({});
    setUnread(false);
    expect(changesOfSaved(now(), view)).toEqual({ search: { unread: false } });
    toggleScope('passages');
    expect(changesOfSaved(now(), view)).toEqual({ scopes: ['sources'], search: { unread: false } });
    // A new saved search: parts with their default value are not written.
    expect(changesOfSaved(now())).toEqual({ query: 'land', scopes: ['sources'], search: { passages: 'outside' } });
    openSaved({ query: 'land', scopes: [], search: {} });
    expect(changesOfSaved(now())).toEqual({ query: 'land' });
  });
});
