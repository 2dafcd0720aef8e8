import type { Category, CategoryId } from '../../../shared/model/index.ts';
import { matchCode, matchText, wantedOf } from '../../common/choices/match.ts';

/** Where a category answers what was typed. */
export type MatchKind = 'code' | 'name' | 'zh' | 'en';
export type GroupKind = 'on' | 'pinned' | 'recent' | 'all' | 'codes' | 'names' | 'zh' | 'en';

export interface Found {
  readonly category: Category;
  readonly kind: MatchKind | null;
  /** The text that matched, and where in it: code, name or the term. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}
export interface FoundGroup {
  readonly kind: GroupKind;
  readonly found: readonly Found[];
}

export interface RankContext {
  /** Tagged already, in the order they are shown. */
  readonly tagged: readonly CategoryId[];
  readonly pinned: readonly CategoryId[];
  /** Newest first. */
  readonly recent: readonly CategoryId[];
}

const RECENT_SHOWN = 5;
const GROUP_OF: Readonly<Record<MatchKind, GroupKind>> = { code: 'codes', name: 'names', zh: 'zh', en: 'en' };

const byPosition = (a: Category, b: Category): number => a.position - b.position || (a.code < b.code ? -1 : 1);

/**
 * What the palette offers for what was typed, best first: categories grouped by what matched, the group with the best match
 * on top, and what is tagged already at the end. Without a query: what is tagged, pinned and recent, then the whole codebook.
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

/** The one place of a category that answers best; null where none does. Codes come before names, names before terms. */
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
