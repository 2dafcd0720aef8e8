import type { Category, CategoryId } from '../../../shared/model/index.ts';
import { foldText } from '../../../shared/text/fold.ts';

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
  const wanted = foldText(query).trim();
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
    const hit = kind === 'code' ? codeHit(text, wanted) : textHit(text, wanted);
    if (hit === null) continue;
    const score = weight + hit.quality;
    if (best === null || score > best.score) best = { category, kind, text, from: hit.from, to: hit.to, score };
  }
  return best;
}

interface Hit {
  readonly from: number;
  readonly to: number;
  /** 40 for the whole, 30 for the beginning, 20 for the beginning of a word, 0 for anywhere. */
  readonly quality: number;
}

/**
 * `or`, `trf.or`, `trfor` and `trf or` all mean TRF.ORG; inside a part of a code nothing is sought. Parts further in count
 * less: `fi` means FIG before SYS.VSETC.FILTER.
 */
function codeHit(code: string, wanted: string): Hit | null {
  const folded = foldText(code);
  const depth = (at: number): number => folded.slice(0, at).split('.').length - 1;
  const at = folded === wanted || folded.endsWith(`.${wanted}`) ? folded.length - wanted.length : -1;
  if (at >= 0) return { from: at, to: code.length, quality: 40 - depth(at) };
  const start = folded.startsWith(wanted) ? 0 : folded.indexOf(`.${wanted}`) + 1;
  if (start > 0 || folded.startsWith(wanted))
    return { from: start, to: start + wanted.length, quality: 30 - depth(start) };
  const joined = wanted.replace(/[\s.]/gu, '');
  const bare = folded.replace(/\./gu, '');
  if (joined.length < 4 || !bare.startsWith(joined)) return null;
  const dots = [...folded].findIndex((_, end) => folded.slice(0, end).replace(/\./gu, '').length === joined.length);
  return { from: 0, to: dots === -1 ? code.length : dots, quality: 25 };
}

/** Where a text answers, looking through case, width, marks and compatibility forms. */
function textHit(text: string, wanted: string): Hit | null {
  const { folded, places } = foldedWithPlaces(text);
  const words = wanted.split(/\s+/u);
  const at = folded.indexOf(wanted);
  if (at < 0) {
    // Several words in any order: every one must begin a word.
    const starts = words.map((word) => wordStart(folded, word));
    const first = starts[0] ?? -1;
    if (words.length < 2 || starts.some((start) => start < 0)) return null;
    return { from: places[first] ?? 0, to: places[first + (words[0]?.length ?? 0)] ?? text.length, quality: 10 };
  }
  const start = at === 0 ? 0 : wordStart(folded, wanted);
  const from = start < 0 ? at : start;
  const quality = folded === wanted ? 40 : from === 0 ? 30 : start > 0 ? 20 : 0;
  return { from: places[from] ?? 0, to: places[from + wanted.length] ?? text.length, quality };
}

/** Where `wanted` begins a word; -1 where it does not. */
function wordStart(folded: string, wanted: string): number {
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(folded.charAt(at - 1))) return at;
  }
  return -1;
}

/** The folded text, and for each of its units where it comes from. */
function foldedWithPlaces(text: string): { folded: string; places: number[] } {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const piece = foldText(character);
    for (let unit = 0; unit < piece.length; unit++) places.push(at);
    folded += piece;
    at += character.length;
  }
  places.push(text.length);
  return { folded, places };
}
