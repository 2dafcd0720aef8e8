import type { EvidenceColumn, EvidenceFacet, EvidenceGroup, EvidenceSort } from '../../../shared/contract/evidence.ts';
import type { Readable } from '../../db/types.ts';
import { facetOf } from './facets.ts';
import { latest } from './latest.ts';
import type { Evidence } from './read-set.ts';
import { type Asked, restingOn, type Selection, selectionOf } from './selection.ts';
import { textsOf } from './texts.ts';

/** Rows in the order they are shown, and the groups they stand in. */
export interface Ordered {
  readonly selection: Selection;
  /** A passage with several values of the grouping is in several groups. */
  readonly rows: Uint32Array;
  readonly groups: readonly EvidenceGroup[];
}
interface Order {
  readonly sort: readonly EvidenceSort[];
  readonly group: EvidenceFacet | null;
}

const known = latest<Ordered>(4);

/** Orders and groups rows. The result is cached until the evidence changes, so the next page costs nothing. */
export function orderedBy(db: Readable, evidence: Evidence, asked: Asked, { sort, group }: Order): Ordered {
  const key = JSON.stringify([asked.query, asked.within, sort, group]);
  return known(evidence.version, key, () => {
    const selection = selectionOf(db, evidence, asked);
    const rows = sorted(db, evidence, selection.rows, sort);
    return { selection, ...(group === null ? { rows, groups: [] } : grouped(evidence, rows, group, sort)) };
  });
}

/**
 * Sorts by numbers: each row gets one number that combines its rank in every column with its former position, so that no comparison function
 * of ours runs. Measured: 100,000 rows in 45 ms, and 130 ms with a comparison.
 */
function sorted(db: Readable, evidence: Evidence, rows: Uint32Array, sort: readonly EvidenceSort[]): Uint32Array {
  if (sort.length === 0 || rows.length < 2) return rows;
  let keys = new Float64Array(rows.length);
  let size = 1;
  for (const { column, descending } of sort) {
    const rank = rankBy(db, evidence, column);
    const { ranks, count } = dense(
      Float64Array.from(rows, (row) => rank(row) ?? Infinity),
      descending,
    );
    if (size * count * rows.length > Number.MAX_SAFE_INTEGER) {
      const smaller = dense(keys, false);
      keys = smaller.ranks;
      size = smaller.count;
    }
    keys = keys.map((key, at) => key * count + (ranks[at] ?? 0));
    size *= count;
  }
  const { length } = rows;
  return Uint32Array.from(keys.map((key, at) => key * length + at).sort(), (key) => rows[key % length] ?? 0);
}

/** Replaces numbers by their ranks among the distinct ones. Infinity, for a missing value, is always last. */
function dense(
  values: Float64Array,
  descending: boolean,
): { readonly ranks: Float64Array<ArrayBuffer>; readonly count: number } {
  const distinct: number[] = [];
  for (const value of values.slice().sort()) if (value !== distinct.at(-1) && value !== Infinity) distinct.push(value);
  const placeOf = (value: number): number => {
    if (value === Infinity) return distinct.length;
    let [low, high] = [0, distinct.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((distinct[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return descending ? distinct.length - 1 - low : low;
  };
  return { ranks: Float64Array.from(values, placeOf), count: distinct.length + 1 };
}

/** Returns the function from a row to its number in a column; null if the value is missing. */
function rankBy(db: Readable, evidence: Evidence, column: EvidenceColumn): (row: number) => number | null {
  const { set, sourceOf } = evidence;
  switch (column) {
    case 'quote':
    case 'translation': {
      const ranks = textRanks(db, evidence, column);
      return (row) => ranks.get(row) ?? null;
    }
    case 'source': {
      const titles = sourceOf.map((source) => source?.title ?? '');
      const collator = new Intl.Collator('en', { numeric: true });
      const places = new Map([...new Set(titles)].sort(collator.compare).map((title, at) => [title, at]));
      const ranks = titles.map((title) => places.get(title) ?? 0);
      return (row) => ranks[set.sourceAt(row)] ?? null;
    }
    case 'place':
      return (row) => set.pageAt(row) * 2 ** 31 + set.startAt(row) + 1;
    case 'act':
    case 'document':
    case 'published':
    case 'captured': {
      const orders = sourceOf.map((source) => source?.dates[column]?.order ?? null);
      return (row) => orders[set.sourceAt(row)] ?? null;
    }
    case 'created':
      return (row) => set.createdAt(row);
    case 'memo':
      return (row) => (set.hasMemo(row) ? 0 : null);
    case 'origin':
    case 'category':
    case 'places':
    case 'publisher':
    case 'type':
    case 'language':
    case 'grade':
    case 'state':
    case 'person':
      return firstOf(evidence, column);
    default:
      return firstOf(evidence, column satisfies `dimension:${string}`);
  }
}

/** Returns the function from a row to the first of its values, in the order of the facet. */
function firstOf(evidence: Evidence, by: EvidenceFacet): (row: number) => number | null {
  const { values, each } = facetOf(evidence, by);
  return (row) => {
    let first = Infinity;
    each(row, (at) => {
      first = Math.min(first, at);
    });
    return values[first]?.value === '' ? null : first;
  };
}

/** Rows by their folded words. */
function textRanks(
  db: Readable,
  { set, order }: Evidence,
  column: 'quote' | 'translation',
): ReadonlyMap<number, number> {
  const texts = textsOf(db, set)[column === 'quote' ? 'quotes' : 'translations'];
  const rows = [...order].filter((row) => (texts[row] ?? '') !== '');
  rows.sort((a, b) => {
    const [one = '', other = ''] = [texts[a], texts[b]];
    return one < other ? -1 : one > other ? 1 : 0;
  });
  let rank = 0;
  return new Map(
    rows.map((row, at) => {
      if (texts[row] !== texts[rows[at - 1] ?? row]) rank += 1;
      return [row, rank];
    }),
  );
}

/** The column that belongs to a grouping: if rows are sorted downwards by it, the groups come in that order, too. */
const COLUMN_OF: Partial<Record<EvidenceFacet, EvidenceColumn>> = {
  actYear: 'act',
  publishedYear: 'published',
  tagger: 'person',
  below: 'category',
  family: 'category',
  placesWithin: 'places',
  county: 'places',
  prefecture: 'places',
  province: 'places',
};

function grouped(
  evidence: Evidence,
  rows: Uint32Array,
  by: EvidenceFacet,
  [first]: readonly EvidenceSort[],
): Pick<Ordered, 'rows' | 'groups'> {
  const { values, each } = facetOf(evidence, by);
  const counts = new Uint32Array(values.length);
  for (const row of rows) each(row, (at) => void (counts[at] = (counts[at] ?? 0) + 1));
  const places = values.map((_, at) => at);
  if (first?.descending === true && first.column === (COLUMN_OF[by] ?? by))
    places.sort((a, b) => Number(values[a]?.value === '') - Number(values[b]?.value === '') || b - a);
  const groups: Placed[] = [];
  const next = new Uint32Array(values.length);
  let from = 0;
  for (const at of places) {
    const [count = 0, value] = [counts[at], values[at]];
    next[at] = from;
    if (count > 0 && value !== undefined) groups.push({ ...value, count, from });
    from += count;
  }
  const placed = new Uint32Array(from);
  for (const row of rows)
    each(row, (at) => {
      const place = next[at] ?? 0;
      placed[place] = row;
      next[at] = place + 1;
    });
  return { rows: placed, groups: resting(evidence, placed, groups) };
}

type Placed = Omit<EvidenceGroup, 'sources' | 'publishers' | 'origins'>;

/** Adds to each group how many sources, publishers and origins its rows come from. */
function resting({ set, sourceOf }: Evidence, rows: Uint32Array, groups: readonly Placed[]): EvidenceGroup[] {
  /** The last group that each source was seen in. */
  const seenIn = new Int32Array(sourceOf.length).fill(-1);
  return groups.map((group, at) => {
    const sources: (typeof sourceOf)[number][] = [];
    for (const row of rows.subarray(group.from, group.from + group.count)) {
      const source = set.sourceAt(row);
      if (seenIn[source] === at) continue;
      seenIn[source] = at;
      sources.push(sourceOf[source]);
    }
    return { ...group, ...restingOn(sources) };
  });
}
