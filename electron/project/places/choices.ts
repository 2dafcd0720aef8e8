import { foldForSearch } from '../../../shared/text/search-fold.ts';
import { query, type Readable } from '../../db/types.ts';

/** What a person decided that a name means in a source. */
export interface ChoiceRow {
  readonly id: string;
  readonly source: string;
  readonly text: string;
  /** Empty: no place. */
  readonly place: string;
  readonly person: string | null;
}
const choices = query<{}, ChoiceRow>(
  'places.choices',
  `SELECT id, source, text, place, person FROM p_placechoice
   WHERE deleted IS NOT 1 AND source IS NOT NULL AND text IS NOT NULL AND place IS NOT NULL ORDER BY createdAt, id`,
);

export const choicesOf = (db: Readable): ChoiceRow[] => db.all(choices, {});

/** By source, then by the folded name; null for no place. */
export function decidedBySource(all: readonly ChoiceRow[]): ReadonlyMap<string, ReadonlyMap<string, string | null>> {
  const sources = new Map<string, Map<string, string | null>>();
  for (const { source, text, place } of all) {
    const names = sources.get(source) ?? new Map<string, string | null>();
    sources.set(source, names.set(foldForSearch(text).text, place === '' ? null : place));
  }
  return sources;
}
