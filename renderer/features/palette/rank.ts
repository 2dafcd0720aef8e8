import type { Category, CategoryId, Dimension, DimensionValue, ValueId } from '../../../shared/model/index.ts';
import { foldText } from '../../../shared/text/fold.ts';
import { matchCode, matchText, wantedOf } from '../../common/choices/match.ts';

/** Where a category matches the query. */
type MatchKind = 'code' | 'name' | 'zh' | 'en';
type GroupKind = 'on' | 'pinned' | 'recent' | 'all' | 'codes' | 'names' | 'zh' | 'en';

export interface Found {
  readonly category: Category;
  readonly kind: MatchKind | null;
  /** The text that matched (code, name or term), and where in it. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}
export interface FoundGroup {
  readonly kind: GroupKind;
  readonly found: readonly Found[];
}

export interface RankContext {
  /** Categories the passage is tagged with, in the order shown. */
  readonly tagged: readonly CategoryId[];
  readonly pinned: readonly CategoryId[];
  /** Newest first. */
  readonly recent: readonly CategoryId[];
}

const RECENT_SHOWN = 5;
const GROUP_OF: Readonly<Record<MatchKind, GroupKind>> = { code: 'codes', name: 'names', zh: 'zh', en: 'en' };

const byPosition = (a: Category, b: Category): number => a.position - b.position || (a.code < b.code ? -1 : 1);

/**
 * The categories the palette offers for a query, best first: grouped by what matched, the group with the best match on
 * top, existing tags last. Without a query: existing tags, pinned and recent categories, then the whole codebook.
 */
export function rankCategories(categories: readonly Category[], query: string, context: RankContext): FoundGroup[] {
  const living = categories.filter(({ deleted, archived }) => !deleted && !archived).sort(byPosition);
  const wanted = wantedOf(query);
  return wanted === '' ? unasked(living, context) : asked(living, wanted, context);
}

const whole = (category: Category): Found => ({ category, kind: null, text: '', from: 0, to: 0 });

function unasked(living: readonly Category[], { tagged, pinned, recent }: RankContext): FoundGroup[] {
  const byId = new Map(living.map((category) => [category.id, category]));
  const taken = new Set<CategoryId>();
  const group = (kind: GroupKind, ids: readonly CategoryId[], most = Infinity): FoundGroup => {
    const free = ids.filter((id) => byId.has(id) && !taken.has(id)).slice(0, most);
    for (const id of free) taken.add(id);
    return { kind, found: free.flatMap((id) => byId.get(id) ?? []).map(whole) };
  };
  return [
    group('on', tagged),
    group('pinned', pinned),
    group('recent', recent, RECENT_SHOWN),
    { kind: 'all' as const, found: living.filter(({ id }) => !taken.has(id)).map(whole) },
  ].filter(({ found }) => found.length > 0);
}

interface Scored extends Found {
  readonly kind: MatchKind;
  readonly score: number;
}

function asked(living: readonly Category[], wanted: string, { tagged, pinned, recent }: RankContext): FoundGroup[] {
  const onIt = new Set(tagged);
  const boost = (id: CategoryId): number =>
    (pinned.includes(id) ? 3 : 0) + (recent.slice(0, RECENT_SHOWN).includes(id) ? 2 : 0);
  const scored = living
    .flatMap((category) => bestMatch(category, wanted) ?? [])
    .map((match) => ({ ...match, score: match.score + boost(match.category.id) }))
    .sort(
      (a, b) => b.score - a.score || b.category.passages - a.category.passages || byPosition(a.category, b.category),
    );
  const rest = scored.filter(({ category }) => !onIt.has(category.id));
  const groups = [...Map.groupBy(rest, ({ kind }) => GROUP_OF[kind])].map(([kind, found]) => ({ kind, found }));
  const own = scored.filter(({ category }) => onIt.has(category.id));
  return own.length === 0 ? groups : [...groups, { kind: 'on', found: own }];
}

/** A category's best match; null if there is none. Codes rank above names, names above terms. */
function bestMatch(category: Category, wanted: string): Scored | null {
  const places: readonly (readonly [MatchKind, string, number])[] = [
    ['code', category.code, 30],
    ['name', category.name, 20],
    ...category.termsZh.map(({ term }) => ['zh', term, 10] as const),
    ...category.termsEn.map(({ term }) => ['en', term, 5] as const),
  ];
  let best: Scored | null = null;
  for (const [kind, text, weight] of places) {
    const hit = kind === 'code' ? matchCode(text, wanted) : matchText(text, wanted);
    if (hit === null) continue;
    const score = weight + hit.quality;
    if (best === null || score > best.score) best = { category, kind, text, from: hit.from, to: hit.to, score };
  }
  return best;
}

export interface FoundValue {
  readonly dimension: Dimension;
  readonly value: DimensionValue;
  /** Which of its other names matched. */
  readonly name: string | null;
}
interface DimensionGroup {
  readonly dimension: Dimension;
  readonly values: readonly FoundValue[];
}

/**
 * The dimension values that match a query: by label, code, another name (Chinese, Uyghur), or by the dimension's own
 * name, which matches all its values. Best dimension first; without a query all values, in the codebook's order.
 */
export function rankValues(dimensions: readonly Dimension[], query: string): DimensionGroup[] {
  const wanted = foldText(query).trim();
  const groups = dimensions
    .filter(({ on }) => on === 'passage')
    .map((dimension) => {
      const whole = wanted === '' || begins(dimension.name, wanted) || begins(dimension.code, wanted);
      const scored = dimension.values
        .map((value) => ({ value, ...score(value, wanted) }))
        .filter(({ points }) => whole || points > 0)
        .sort((a, b) => b.points - a.points);
      const points = Math.max(0, ...scored.map((one) => one.points), whole && wanted !== '' ? 3 : 0);
      return { dimension, points, values: scored.map(({ value, name }) => ({ dimension, value, name })) };
    })
    .filter(({ values }) => values.length > 0);
  return groups.sort((a, b) => b.points - a.points).map(({ dimension, values }) => ({ dimension, values }));
}

const begins = (text: string, wanted: string): boolean =>
  ` ${foldText(text).replace(/[^\p{L}\p{N}]+/gu, ' ')}`.includes(` ${wanted}`);

/**
 * 4 for the start of the label, 3 for the start of a word, a code or another name, 1 for any other match, 0 for none.
 */
function score(value: DimensionValue, wanted: string): { points: number; name: string | null } {
  if (wanted === '') return { points: 0, name: null };
  const label = foldText(value.label);
  if (label.startsWith(wanted)) return { points: 4, name: null };
  if (begins(value.label, wanted) || foldText(value.code).startsWith(wanted)) return { points: 3, name: null };
  const name = value.names.find((one) => foldText(one).includes(wanted));
  if (name !== undefined) return { points: foldText(name).startsWith(wanted) ? 3 : 1, name };
  return { points: label.includes(wanted) ? 1 : 0, name: null };
}

/** A dimension's values after one was toggled; in a single-value dimension it replaces the other. */
export function toggledValues(dimension: Dimension, set: readonly ValueId[], value: ValueId): ValueId[] {
  if (set.includes(value)) return set.filter((id) => id !== value);
  return dimension.single ? [value] : [...set, value];
}
