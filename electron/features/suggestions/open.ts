import type { Decided, Suggestion } from '../../../shared/contract/suggestions.ts';
import { type CategoryId, passageId, type Sha256, sourceId } from '../../../shared/model/index.ts';
import { foldedTerm, type TermFound } from '../../../shared/suggest/find-terms.ts';
import type { LearnedFound } from '../../../shared/suggest/learned-finder.ts';
import { wholePercent } from '../../../shared/text/counted.ts';
import type { Readable } from '../../db/types.ts';
import { withSubcategories } from '../../project/codebook/categories.ts';
import type { CategoryTerms } from '../../project/codebook/terms.ts';
import { placesTagged, quotesOf } from './queries.ts';

interface InSource {
  readonly categories: readonly CategoryTerms[];
  readonly source: string;
  readonly layer: string;
  readonly text: string;
  readonly decided: readonly Decided[];
}

/** The suggestions from terms, without categories that the words already have or that a person decided about. */
export function undecided(
  db: Readable,
  { categories, source, layer, text, found, decided: before }: InSource & { readonly found: readonly TermFound[] },
): Suggestion[] {
  const never = new Set(
    before
      .filter((one) => one.verdict === 'never' && one.model === null)
      .map(({ term, category }) => `${category} ${foldedTerm(term)}`),
  );
  const here = new Set(
    before.flatMap((one) =>
      one.layer === layer && one.start !== null ? [`${one.category} ${String(one.start)} ${String(one.end)}`] : [],
    ),
  );
  const isTagged = taggedAt(db, source, layer, categories);
  return found.flatMap(({ start, end, term, categories: having, over }): Suggestion[] => {
    const open = having.filter(
      (category) =>
        !never.has(`${category} ${foldedTerm(term)}`) &&
        !here.has(`${category} ${String(start)} ${String(end)}`) &&
        !isTagged(start, end, category),
    );
    return open.length === 0
      ? []
      : [{ start, end, text: text.slice(start, end), term, categories: open, over, learned: null }];
  });
}

/** Returns a function: whether the words at a place are in a passage with that category or a category below it. Places must be asked in the order of the text. */
function taggedAt(
  db: Readable,
  source: string,
  layer: string,
  categories: readonly CategoryTerms[],
): (start: number, end: number, category: CategoryId) => boolean {
  const places = db.all(placesTagged, { source, layer });
  const longest = places.reduce((most, one) => Math.max(most, one.end - one.start), 0);
  const known = new Map<CategoryId, ReadonlySet<string>>();
  const withBelow = (category: CategoryId): ReadonlySet<string> => {
    const found = known.get(category) ?? withSubcategories(categories, [category]);
    known.set(category, found);
    return found;
  };
  let first = 0;
  return (start, end, category) => {
    const wanted = withBelow(category);
    // Passages that begin earlier end before this place, and so before all later places.
    while ((places[first]?.start ?? Infinity) < start - longest) first += 1;
    for (let at = first; at < places.length; at += 1) {
      const one = places[at];
      if (one === undefined || one.start >= end) return false;
      if (one.end > start && one.category !== null && wanted.has(one.category)) return true;
    }
    return false;
  };
}

interface Learned extends InSource {
  readonly terms: readonly Suggestion[];
  readonly digest: Sha256;
  readonly found: readonly LearnedFound[];
}

/** Open learned suggestions, without those whose category a term in the same clause already suggests. */
export function learnedOpen(
  db: Readable,
  { categories, source, layer, text, decided, terms, digest, found }: Learned,
): Suggestion[] {
  const live = new Map(categories.map((one) => [one.id, one]));
  const never = new Set(
    decided.flatMap((one) => (one.verdict === 'never' && one.model !== null ? [one.category] : [])),
  );
  const here = new Set(decided.map(({ start, end, category }) => `${category} ${String(start)} ${String(end)}`));
  const isTagged = taggedAt(db, source, layer, categories);
  const open = found.filter(({ start, end, category }) => {
    const known = live.get(category);
    return (
      known !== undefined &&
      !known.deleted &&
      !known.archived &&
      !never.has(category) &&
      !here.has(`${category} ${String(start)} ${String(end)}`) &&
      !terms.some((one) => one.start < end && one.end > start && one.categories.includes(category)) &&
      !isTagged(start, end, category)
    );
  });
  const ids = JSON.stringify([...new Set(open.flatMap(({ like }) => like.map(({ passage }) => passage)))]);
  const quotes = new Map(db.all(quotesOf, { ids }).map((row) => [row.id, row]));
  return open.map(({ start, end, category, sure, like }) => ({
    start,
    end,
    text: text.slice(start, end),
    term: '',
    categories: [category],
    over: 0,
    learned: {
      model: digest,
      sure: wholePercent(sure),
      like: like.flatMap(({ passage }) => {
        const there = quotes.get(passage);
        const from = sourceId.safeParse(there?.source).data;
        return there === undefined || from === undefined
          ? []
          : [{ passage: passageId.parse(there.id), source: from, text: there.exact ?? '' }];
      }),
    },
  }));
}
