import type { Help, TextContext } from './decide.ts';
import type { FoundPlace, PlaceFinder } from './find-places.ts';

/** The quotations of a source, and what its record says. */
export interface QuotesOfSource {
  readonly year: number | null;
  readonly title: string | null;
  readonly publisher: string | null;
  /** Pairs of a folded name and the place a person said it means; null: none. */
  readonly decided: readonly (readonly [string, string | null])[];
  readonly quotes: readonly string[];
}

/** What one quotation names. */
export interface QuotePlaces {
  /** Places, each once, with whether one of its names is sure. */
  readonly named: readonly (readonly [place: string, sure: boolean])[];
  /** Names that several places bear, of which a person has to choose one. */
  readonly asked: readonly { readonly text: string; readonly places: readonly string[] }[];
}
export interface PlacesOfSource {
  /** The place that its title, else its publisher names. */
  readonly of: readonly string[];
  readonly quotes: readonly QuotePlaces[];
}

/**
 * The places that quotations name. Where their words leave it open, the source’s publisher and title and the places that its other
 * passages surely name speak for one of several.
 */
export function placesInQuotes(finder: PlaceFinder, source: QuotesOfSource): PlacesOfSource {
  const decided = new Map(source.decided);
  const base: TextContext = { year: source.year, decided };
  const named = (text: string | null): string[] =>
    text === null ? [] : finder.find(text, base).flatMap(({ place, sure }) => (place !== null && sure ? [place] : []));
  const title = [...new Set(named(source.title))];
  const publisher = [...new Set(named(source.publisher))];
  const record = [
    { by: 'publisher' as const, places: publisher },
    { by: 'title' as const, places: title },
  ].filter(({ places }) => places.length > 0);
  const first = source.quotes.map((text) => finder.find(text, { ...base, around: record }));
  const others = new Set(
    first.flatMap((found) => found.flatMap(({ place, sure }) => (sure && place !== null ? [place] : []))),
  );
  const around: { by: Help; places: string[] }[] = [...record, { by: 'passages', places: [...others] }];
  const quotes = first.map((found, at) => {
    const isOpen = others.size > 0 && found.some(({ asks }) => asks.length > 0);
    return summed(isOpen ? finder.find(source.quotes[at] ?? '', { ...base, around }) : found);
  });
  return { of: title.length > 0 ? title : publisher, quotes };
}

function summed(found: readonly FoundPlace[]): QuotePlaces {
  const named = new Map<string, boolean>();
  const asked = new Map<string, readonly string[]>();
  for (const { text, place, sure, asks } of found) {
    if (place !== null) named.set(place, named.get(place) === true || sure);
    else asked.set(text, asks);
  }
  return { named: [...named], asked: Array.from(asked, ([text, places]) => ({ text, places })) };
}
