import { Fault } from '../../../shared/errors.ts';
import { type PlaceNameId, placeNameId, type PlaceRecordId, placeRecordId } from '../../../shared/model/index.ts';
import { placeFinder, type PlaceFinder } from '../../../shared/places/find-places.ts';
import { ownPlaceKind, type Added, type OwnPlaceKind } from '../../../shared/places/gazetteer.ts';
import { foldForSearch } from '../../../shared/text/search-fold.ts';
import { query, type Readable } from '../../db/types.ts';
import { builtInGazetteer } from './gazetteer.ts';

const allPlaces = query<{}, { id: string; name: string | null; parent: string | null; kind: string | null }>(
  'places.all',
  'SELECT id, name, parent, kind FROM p_place WHERE deleted IS NOT 1 ORDER BY createdAt, id',
);
const allNames = query<{}, { id: string; place: string | null; text: string | null }>(
  'places.names',
  'SELECT id, place, text FROM p_placename WHERE deleted IS NOT 1 ORDER BY createdAt, id',
);

/** What the team added to the gazetteer. */
export interface Own {
  readonly places: readonly {
    readonly id: PlaceRecordId;
    readonly name: string;
    readonly parent: string | null;
    /** Null if nobody said, or if only a newer version knows it. */
    readonly kind: OwnPlaceKind | null;
  }[];
  readonly names: readonly { readonly id: PlaceNameId; readonly place: string; readonly text: string }[];
}

export const ownOf = (db: Readable): Own => ({
  places: withoutDepths(
    db.all(allPlaces, {}).flatMap(({ id, name, parent, kind }) => {
      const known = placeRecordId.safeParse(id).data;
      if (known === undefined || name === null) return [];
      return [{ id: known, name, parent, kind: ownPlaceKind.safeParse(kind).data ?? null }];
    }),
  ),
  names: db.all(allNames, {}).flatMap(({ id, place, text }) => {
    const known = placeNameId.safeParse(id).data;
    return known === undefined || place === null || text === null ? [] : [{ id: known, place, text }];
  }),
});

/** More than any place is in: a site in a village of a county of a province is in five. */
const MOST_AROUND = 30;
/**
 * A log can come from anyone: a chain of thousands of places would have each of them stand in all of the others. One that is in too many
 * is shown by itself; what the log says stays.
 */
function withoutDepths(places: Own['places']): Own['places'] {
  const parents = new Map<string, string | null>(places.map(({ id, parent }) => [id, parent]));
  const isDeep = ({ parent }: Own['places'][number]): boolean => {
    const around = new Set<string>();
    // A merge of two people’s places can make a ring.
    for (let at = parent; at !== null && !around.has(at); at = parents.get(at) ?? null) {
      if (around.size === MOST_AROUND) return true;
      around.add(at);
    }
    return false;
  };
  return places.map((place) => (isDeep(place) ? { ...place, parent: null } : place));
}

/** In UTF-16 code units. */
export const LONGEST_NAME = 100;
/** A log can come from anyone: a name of one letter would be found everywhere, and one of several pages would only cost time. */
export function isPlaceName(text: string): boolean {
  const { length } = foldForSearch(text.slice(0, LONGEST_NAME + 1)).text.trim();
  return length >= 2 && text.length <= LONGEST_NAME;
}

export const addedOf = ({ places, names }: Own): Added => ({
  places: places.map(({ id, parent }) => ({ id, parent })),
  names: [...places.map(({ id, name }) => ({ place: id, text: name })), ...names]
    .filter(({ text }) => isPlaceName(text))
    .map(({ place, text }) => ({ place, text })),
});

let made: { readonly of: string; readonly finder: PlaceFinder } | null = null;
/** The finder, kept while what the team added stays the same: making one takes some 50 ms. */
export function finderFor(added: Added): PlaceFinder {
  const of = JSON.stringify(added);
  if (made?.of !== of) made = { of, finder: placeFinder(builtInGazetteer(), added) };
  return made.finder;
}

/** NOT_FOUND for what is no place of the gazetteer or of the team. */
export function assertPlace(own: Own, place: string): void {
  if (own.places.some(({ id }) => id === place) || builtInGazetteer().places.some(({ id }) => id === place)) return;
  throw new Fault('NOT_FOUND', `No place “${place}” in the gazetteer or in this project. Check its ID.`, { place });
}
