import type { Condition, Query, Words } from '../../../shared/query/ast.ts';
import { searchTerm, type SearchTerm } from '../../../shared/text/search-query.ts';
import type { Wanted } from '../../db/search/wanted.ts';

/** A query as it is looked up: its words are terms of a list, its conditions filters of another. */
export type Plan =
  | Leaf
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Plan[] }
  | { readonly kind: 'not'; readonly part: Plan }
  | { readonly kind: 'filter'; readonly filter: number };
/** What has places in a text. Terms by their numbers. */
export type Leaf =
  | { readonly kind: 'term'; readonly term: number }
  /** Names of places, by the number of their condition. The terms only say where they may be: names are told apart by what is around them. */
  | { readonly kind: 'places'; readonly places: number; readonly terms: readonly number[] }
  | { readonly kind: 'near'; readonly distance: number; readonly parts: readonly (readonly number[])[] };

export interface Planned {
  /** Null: there is nothing to look for. */
  readonly plan: Plan | null;
  readonly terms: readonly SearchTerm[];
  /** The terms that words of the query are; the others are names of places. */
  readonly read: ReadonlySet<number>;
  readonly filters: readonly Condition[];
}

/** The names that a condition, by its number from left to right, looks for in texts; null for one that is a filter. */
type PlacesAt = (condition: number) => readonly Omit<Words, 'kind' | 'span'>[] | null;

/** Plans a query. Words without a letter or digit are left out, as nothing can be found by them. */
export function planOf(query: Query, placesAt: PlacesAt = () => null): Planned {
  const planner = new Planner(placesAt);
  return { plan: planner.plan(query), terms: planner.terms, read: planner.read, filters: planner.filters };
}

class Planner {
  readonly terms: SearchTerm[] = [];
  readonly read = new Set<number>();
  readonly filters: Condition[] = [];
  private readonly placesAt: PlacesAt;
  private conditions = 0;
  private readonly numbers = new Map<string, number>();

  constructor(placesAt: PlacesAt) {
    this.placesAt = placesAt;
  }

  plan(query: Query): Plan | null {
    switch (query.kind) {
      case 'all':
        return null;
      case 'words': {
        const [term] = this.wordsOf(query);
        return term === undefined ? null : { kind: 'term', term };
      }
      case 'condition': {
        const places = this.conditions++;
        const names = this.placesAt(places);
        if (names === null) return { kind: 'filter', filter: this.filters.push(query) - 1 };
        return { kind: 'places', places, terms: names.flatMap((name) => this.termOf(name) ?? []) };
      }
      case 'not': {
        const part = this.plan(query.part);
        return part === null ? null : { kind: 'not', part };
      }
      case 'near': {
        const parts = query.parts.map((part) =>
          (part.kind === 'or' ? part.parts : [part]).flatMap((one) => (one.kind === 'words' ? this.wordsOf(one) : [])),
        );
        return parts.some((some) => some.length === 0) ? null : { kind: 'near', distance: query.distance, parts };
      }
      case 'and':
      case 'or': {
        const parts = query.parts.flatMap((part) => this.plan(part) ?? []);
        const [only, ...others] = parts;
        return only === undefined ? null : others.length === 0 ? only : { kind: query.kind, parts };
      }
    }
  }

  private wordsOf(words: Words): number[] {
    const term = this.termOf(words);
    if (term !== null) this.read.add(term);
    return term === null ? [] : [term];
  }

  private termOf(words: Omit<Words, 'kind' | 'span'>): number | null {
    const term = searchTerm(words);
    if (term.phrases.length === 0) return null;
    const key = JSON.stringify(term.phrases.map(({ text, openStart, openEnd }) => [text, openStart, openEnd]));
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.terms.push(term) - 1;
    this.numbers.set(key, number);
    return number;
  }
}

/** The terms, if all of them have to occur and nothing else is asked: that is found without looking at each document. */
export function isPlain(plan: Plan): boolean {
  return plan.kind === 'term' || (plan.kind === 'and' && plan.parts.every(({ kind }) => kind === 'term'));
}

/** Whether a plan has places to show: a query of conditions alone, or of what must not occur, has none. */
export function hasPlaces(plan: Plan): boolean {
  switch (plan.kind) {
    case 'term':
    case 'places':
    case 'near':
      return true;
    case 'not':
    case 'filter':
      return false;
    case 'and':
    case 'or':
      return plan.parts.some(hasPlaces);
  }
}

/** Whether it takes the text to find a plan’s places. `knowsPlaces`: names of places in it are known without. */
export function needsText(plan: Plan, knowsPlaces: boolean): boolean {
  if (plan.kind === 'not') return needsText(plan.part, knowsPlaces);
  return (
    plan.kind === 'near' ||
    (plan.kind === 'places' && !knowsPlaces) ||
    ((plan.kind === 'and' || plan.kind === 'or') && plan.parts.some((part) => needsText(part, knowsPlaces)))
  );
}

/** The longest word that is counted on, with what stands beside it: a hundred of them in a row are 6,400 characters. */
const LONGEST_WORD = 64;
/** How far apart the words of a plan’s pairs may stand in a text, in UTF-16 code units; 0 if it has none. */
export function reachOf(plan: Plan): number {
  switch (plan.kind) {
    case 'near':
      return (plan.distance + 1) * LONGEST_WORD;
    case 'not':
      return reachOf(plan.part);
    case 'and':
    case 'or':
      return Math.max(0, ...plan.parts.map(reachOf));
    case 'term':
    case 'places':
    case 'filter':
      return 0;
  }
}

/** The documents that name places, by the number of their condition; null if the index’s terms have to tell. */
export type Naming = (places: number) => ReadonlySet<number> | null;

/** The documents that may have places to show, and perhaps some more. */
export function wantedBy(plan: Plan, naming: Naming): Wanted {
  if (plan.kind === 'not' || plan.kind === 'filter') return { kind: 'some', parts: [] };
  if (plan.kind === 'or') return { kind: 'some', parts: plan.parts.map((part) => wantedBy(part, naming)) };
  if (plan.kind === 'and') {
    const shown: Wanted = { kind: 'some', parts: plan.parts.map((part) => wantedBy(part, naming)) };
    return { kind: 'all', parts: [...plan.parts.map((part) => possible(part, naming)), shown] };
  }
  return possible(plan, naming);
}

/** The documents for which a plan may hold. */
function possible(plan: Plan, naming: Naming): Wanted {
  switch (plan.kind) {
    case 'term':
      return plan;
    case 'places': {
      const docs = naming(plan.places);
      return docs === null ? { kind: 'some', parts: plan.terms.map(asTerm) } : { kind: 'docs', docs };
    }
    case 'near':
      return { kind: 'near', sides: plan.parts, units: reachOf(plan) };
    case 'not':
    case 'filter':
      return { kind: 'any' };
    case 'and':
      return { kind: 'all', parts: plan.parts.map((part) => possible(part, naming)) };
    case 'or':
      return { kind: 'some', parts: plan.parts.map((part) => possible(part, naming)) };
  }
}
const asTerm = (term: number): Wanted => ({ kind: 'term', term });

/** The terms that words are, each at its number: names of places are not looked up. */
export const wordsOnly = ({ terms, read }: Planned): readonly (SearchTerm | null)[] =>
  terms.map((term, at) => (read.has(at) ? term : null));
