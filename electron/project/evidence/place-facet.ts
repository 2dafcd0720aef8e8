import { ownOf } from '../places/own.ts';
import { atLevel, type PlaceLevel, type PlaceTree, placeTreeOf } from '../places/tree.ts';
import type { Facet } from './facet.ts';
import { latest } from './latest.ts';
import { PLACE_KINDS, placesOf, placesOfSources } from './places.ts';
import type { Evidence } from './read-set.ts';
import type { EvidenceSource } from './sources.ts';

type PlaceFacet = 'places' | 'placesWithin' | PlaceLevel;
const known = latest<Facet>(5);

/** Groups rows by place, in the order of the tree of places. */
export const placeFacet = (evidence: Evidence, by: PlaceFacet): Facet =>
  known(evidence.version, by, () => makeFacet(evidence, by));

function makeFacet(evidence: Evidence, by: PlaceFacet): Facet {
  const { tree, places, lists } = placesOf(evidence);
  const values = [...tree.all.map(({ id, name }) => ({ value: id, label: name })), { value: '', label: '' }];
  const at = new Map(values.map(({ value }, place) => [value, place]));
  const missing = values.length - 1;
  const byNumber = places.texts.map((id) => valuesOf(tree, id, by).flatMap((value) => at.get(value) ?? []));
  return {
    values,
    each: (row, visit) => {
      const count = lists.count(row);
      if (count === 1) {
        const own = byNumber[lists.first(row, 0)] ?? [];
        if (own.length > 0) own.forEach(visit);
        else visit(missing);
        return;
      }
      const seen: number[] = [];
      for (let n = 0; n < count; n++)
        for (const place of byNumber[lists.first(row, n)] ?? [])
          if (!seen.includes(place)) {
            seen.push(place);
            visit(place);
          }
      if (seen.length === 0) visit(missing);
    },
    ofSource: null,
  };
}

function valuesOf(tree: PlaceTree, id: string, by: PlaceFacet): readonly string[] {
  if (by === 'places') return [id];
  if (by === 'placesWithin') return tree.byId.get(id)?.line ?? [];
  const unit = atLevel(tree, id, by);
  return unit === null ? [] : [unit];
}

/**
 * Returns the function from a source to the values of its own place, whatever places its passages name; none if its title and publisher name
 * no place.
 */
export function placeOfSource(evidence: Evidence, by: PlaceFacet): (source: EvidenceSource) => readonly string[] {
  const { tree } = placesOf(evidence);
  const ofSources = placesOfSources(evidence);
  return ({ id }) => {
    const own = (ofSources.get(id) ?? []).flatMap((place) => valuesOf(tree, place, by));
    return own.length === 0 ? [''] : own;
  };
}

/** Returns a test whether a row has one of the places, or a place in one of them. */
export function hasPlace(evidence: Evidence, wanted: ReadonlySet<string>): (row: number) => boolean {
  const { tree, places, lists } = placesOf(evidence);
  const fits = places.texts.map((id) => (tree.byId.get(id)?.line ?? [id]).some((one) => wanted.has(one)));
  return (row) => {
    for (let at = 0; at < lists.count(row); at++) if (fits[lists.first(row, at)] === true) return true;
    return false;
  };
}

/** These places and all places in them. */
export const placesWithin = ({ read }: Evidence, places: ReadonlySet<string>): string[] =>
  placeTreeOf(ownOf(read)).all.flatMap(({ id, line }) => (line.some((one) => places.has(one)) ? [id] : []));

/**
 * Reads `LEVEL PLACE PROVINCE`: tests whether the words of a row name a unit of that level, or a place in it, and likewise the province.
 */
export function namesBoth(evidence: Evidence, value: string): (row: number) => boolean {
  const { tree, places, lists } = placesOf(evidence);
  const [level = '', from = '', to = ''] = value.split(' ');
  const isPrefecture = level === 'prefecture';
  const sides = places.texts.map((id) =>
    atLevel(tree, id, isPrefecture ? 'prefecture' : 'county') === from
      ? 1
      : atLevel(tree, id, 'province') === to
        ? 2
        : 0,
  );
  return (row) => {
    let seen = 0;
    for (let at = 0; at < lists.count(row); at++)
      if (PLACE_KINDS[lists.second(row, at)] !== 'source') seen |= sides[lists.first(row, at)] ?? 0;
    return seen === 3;
  };
}
