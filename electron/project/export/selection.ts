import type { Selection } from '../../../shared/contract/export.ts';
import type { Readable } from '../../db/types.ts';
import type { ReadContext } from '../context.ts';
import { reviewedOf } from '../review/state.ts';
import { everyCategory, withSubcategories } from '../codebook/categories.ts';
import { liveTags, selectablePassages } from './part-queries.ts';

export type Asking = Pick<ReadContext, 'project'> & { readonly db: Readable };

/** The passages and sources that fit a selection. */
export interface Selected {
  readonly passages: ReadonlySet<string>;
  /** The sources of the passages; if only sources were selected, all of these, also those without passages. */
  readonly sources: ReadonlySet<string>;
  readonly withPassages: ReadonlySet<string>;
}

export const isAll = ({ sources, categories, people, states }: Selection): boolean =>
  sources.length + categories.length + people.length + states.length === 0;

/**
 * The live passages that match every filter: in one of the sources; tagged with one of the categories or their subcategories;
 * highlighted or tagged by one of the people; in one of the states.
 */
export function select(context: Asking, only: Selection): Selected {
  const { db } = context;
  const sources = new Set<string>(only.sources);
  const people = new Set<string>(only.people);
  const categories = withBelow(context, only.categories);
  /** Passages with one of the categories, with a tag by one of the people, with any tag. */
  const [fitted, coded, tagged] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const asksForTags = categories.size + people.size + only.states.length > 0;
  for (const tag of asksForTags ? db.all(liveTags, {}) : []) {
    tagged.add(tag.passage);
    if (categories.has(tag.category)) fitted.add(tag.passage);
    if (tag.person !== null && people.has(tag.person)) coded.add(tag.passage);
  }
  const fitting = db
    .all(selectablePassages, {})
    .filter(
      ({ id, source, person }) =>
        (sources.size === 0 || sources.has(source)) &&
        (categories.size === 0 || fitted.has(id)) &&
        (people.size === 0 || coded.has(id) || (person !== null && people.has(person))),
    );
  const chosen =
    only.states.length === 0
      ? fitting
      : inState(
          context,
          fitting.map((row) => ({ ...row, tagged: tagged.has(row.id) })),
          only.states,
        );
  const isBySource = only.categories.length + only.people.length + only.states.length === 0;
  const withPassages = new Set(chosen.map(({ source }) => source));
  return {
    passages: new Set(chosen.map(({ id }) => id)),
    sources: isBySource && sources.size > 0 ? sources : withPassages,
    withPassages,
  };
}

function inState<T extends { readonly id: string; readonly tagged: boolean }>(
  context: Asking,
  rows: readonly T[],
  states: Selection['states'],
): T[] {
  const reviewed = reviewedOf(context, rows);
  return rows.filter(({ id }) => {
    const found = reviewed.get(id);
    return found !== undefined && states.includes(found.state);
  });
}

/** The categories with their subcategories. A category in the trash cuts off those below it. */
function withBelow({ db }: Asking, ids: readonly string[]): Set<string> {
  if (ids.length === 0) return new Set();
  return withSubcategories(
    db.all(everyCategory, {}).filter(({ deleted }) => deleted !== 1),
    ids,
  );
}
