import type { TextContext } from '../../../shared/places/decide.ts';
import type { FoundPlace, PlaceFinder } from '../../../shared/places/find-places.ts';
import { foldForSearch } from '../../../shared/text/search-fold.ts';
import { findPhrase, type Phrase, type Span } from '../../../shared/text/search-query.ts';
import type { Readable } from '../../db/types.ts';
import { choicesOf, decidedBySource } from '../../project/places/choices.ts';
import { contextOf } from '../../project/places/context.ts';
import { addedOf, finderFor, ownOf } from '../../project/places/own.ts';
import { placeTreeOf, type PlaceTree } from '../../project/places/tree.ts';
import type { SearchCondition } from '../../workers/jobs.ts';
import type { ReadWith } from './place-readings.ts';
import type { Named } from './places.ts';

type LookedUp = readonly Pick<Phrase, 'text' | 'openStart' | 'openEnd'>[];

/** The places that a query names, as texts name them. */
export interface PlaceNames {
  /** The names that a condition, by its number, is looked up with in the index; null for one that names no places. */
  at(condition: number): LookedUp | null;
  /** Where a note names them. `source`: what it is about. */
  in(text: string, source: string | null): Named;
  /** Whether a name that means these places, or one of them, is one of a condition’s. */
  fits(condition: number, places: readonly string[]): boolean;
  /** What the conditions look for, in three scripts, without what lies within them. */
  readonly said: readonly string[];
  /** How names in texts are read; null if no condition names places. */
  readonly how: ReadWith | null;
}

const NO_NAMES: PlaceNames = { at: () => null, in: () => () => [], fits: () => false, said: [], how: null };
const NO_CONTEXT: TextContext = { year: null };

export function placeNames(db: Readable, conditions: readonly SearchCondition[]): PlaceNames {
  const wanted = conditions.map(({ of, ids }) => (of === 'places' ? new Set(ids.split(' ')) : null));
  if (wanted.every((one) => one === null)) return NO_NAMES;
  const own = ownOf(db);
  const added = addedOf(own);
  const finder = finderFor(added);
  const choices = choicesOf(db);
  const decided = decidedBySource(choices);
  const contexts = new Map<string, TextContext>();
  const contextFor = (source: string | null): TextContext => {
    if (source === null) return NO_CONTEXT;
    const known = contexts.get(source) ?? contextOf(db, finder, source, decided.get(source));
    contexts.set(source, known);
    return known;
  };
  return {
    at: (condition) => {
      const places = wanted[condition] ?? null;
      if (places === null) return null;
      const chosen = choices.filter(({ place }) => places.has(place)).map(({ text }) => foldForSearch(text).text);
      return namesOf(finder, places, chosen);
    },
    in: (text, source) => {
      let found: readonly FoundPlace[] | null = null;
      return (condition): Span[] => {
        const places = wanted[condition] ?? null;
        if (places === null) return [];
        found ??= finder.find(text, contextFor(source));
        return found.filter(({ place, asks }) => isOneOf(place === null ? asks : [place], places));
      };
    },
    fits: (condition, places) => isOneOf(places, wanted[condition] ?? NONE),
    said: wanted.flatMap((places) => (places === null ? [] : saidPlaces(places, placeTreeOf(own)))),
    how: { finder, added, decided },
  };
}
const NONE: ReadonlySet<string> = new Set();

/** The names of the places that a search asked for last, by the finder they are from: the next page of it asks for the same. */
let known: { readonly finder: PlaceFinder; readonly key: string; readonly names: LookedUp } | null = null;
function namesOf(finder: PlaceFinder, places: ReadonlySet<string>, chosen: readonly string[]): LookedUp {
  const key = JSON.stringify([[...places], chosen]);
  if (known?.finder !== finder || known.key !== key)
    known = { finder, key, names: namesToLookUp([...finder.names(places), ...chosen]) };
  return known.names;
}

/** More than this are not said: somebody asked for 巴州 and means one of two. */
const MOST_SAID = 4;
function saidPlaces(places: ReadonlySet<string>, { byId }: PlaceTree): string[] {
  const roots = [...places].flatMap((id) => byId.get(id) ?? []).filter(({ parent }) => !places.has(parent ?? ''));
  return roots.slice(0, MOST_SAID).map(({ name, chinese, uyghur }) => {
    const names = new Set([chinese, name, uyghur].filter((one) => one !== null));
    // Isolated, since a line can have names in both directions.
    return Array.from(names, (one) => `\u2068${one}\u2069`).join(', ');
  });
}

/** Whether a name means one of these places. One that several places bear does if all of them are among these. */
const isOneOf = (meant: readonly string[], places: ReadonlySet<string>): boolean =>
  meant.every((one) => places.has(one));

/** The names that have none of the others in them: where a longer one stands, a shorter one does. Endings may follow. */
export function namesToLookUp(names: readonly string[]): LookedUp {
  const kept: Phrase[] = [];
  for (const text of [...new Set(names)].toSorted((a, b) => a.length - b.length)) {
    // Most names are in no other: that is seen without looking for words.
    if (kept.some((one) => text.includes(one.text) && findPhrase(text, one).next().done !== true)) continue;
    const openStart = /^\p{sc=Han}/u.test(text);
    kept.push({ text, tokens: [], openStart, openEnd: true });
  }
  return kept.map(({ text, openStart, openEnd }) => ({ text, openStart, openEnd }));
}
