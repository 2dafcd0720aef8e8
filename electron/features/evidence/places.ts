import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { type SourceId, sourceId } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import { facetOf } from '../../project/evidence/facets.ts';
import { PLACE_KINDS, type PassagePlaces, placesOf } from '../../project/evidence/places.ts';
import type { Evidence } from '../../project/evidence/read-set.ts';
import { placeOfSource } from '../../project/evidence/place-facet.ts';
import { sourcesUnread } from '../../project/evidence/sources-read.ts';
import { type Selection, selectionOf } from '../../project/evidence/selection.ts';
import { originsOf, type Units, unitsOf } from '../../project/evidence/units.ts';
import { withPlaces } from '../../project/evidence/with-places.ts';
import { builtInGazetteer } from '../../project/places/gazetteer.ts';
import { atLevel, type KnownPlace } from '../../project/places/tree.ts';
import { summaryOf } from './rows.ts';

type Places = CallOutput<'evidence.places'>;
const XINJIANG = 'cn-xinjiang';

export const places = (context: ReadContext, input: CallArgs<'evidence.places'>): Promise<Places> =>
  withPlaces(context, { ...input, places: true }, (evidence) => placesIn(context, evidence, input));

function placesIn(context: ReadContext, evidence: Evidence, input: CallArgs<'evidence.places'>): Places {
  const selection = selectionOf(context.db, evidence, input);
  const found = placesOf(evidence);
  const within = countBy(evidence, selection.rows, 'placesWithin');
  const own = countBy(evidence, selection.rows, 'places');
  const sources = sourcesByPlace(context, evidence, selection);
  const kinds = countKinds(found, selection.rows);
  return {
    ...summaryOf(evidence, selection),
    gazetteer: builtInGazetteer().version,
    places: found.tree.all.flatMap((place, at) => {
      const total = within.counts[at] ?? 0;
      const { id, name, chinese, uyghur, parent } = place;
      const there = sources.get(id) ?? { ofPlace: 0, unread: 0 };
      if (total === 0 && there.ofPlace === 0) return [];
      const counts = {
        total,
        own: own.counts[at] ?? 0,
        sources: within.sources[at] ?? 0,
        origins: within.origins[at] ?? 0,
        ...there,
      };
      return [{ place: id, name, chinese, uyghur, parent, part: partOf(place), ...counts }];
    }),
    ...kinds,
    asked: askedIn(evidence, found, selection.rows),
    pairs: pairsIn(found, unitsOf(evidence, selection.rows, input.unit), input.level),
  };
}

function partOf({ id, line }: Pick<KnownPlace, 'id' | 'line'>): Places['places'][number]['part'] {
  if (line.includes(XINJIANG)) return 'xinjiang';
  return line.includes('cn') && id !== 'cn' ? 'province' : 'other';
}

/** Sources that the query does not leave out, by the place that they are of and everything that it is in. */
function sourcesByPlace(context: ReadContext, evidence: Evidence, { filter }: Selection) {
  const valuesOf = placeOfSource(evidence, 'placesWithin');
  const unread = new Set(sourcesUnread(context, evidence));
  const counts = new Map<string, { ofPlace: number; unread: number }>();
  for (const source of evidence.sources.all.filter(filter.source))
    for (const place of new Set(valuesOf(source))) {
      const count = counts.get(place) ?? { ofPlace: 0, unread: 0 };
      count.ofPlace += 1;
      if (unread.has(source.id)) count.unread += 1;
      counts.set(place, count);
    }
  return counts;
}

/** Passages, sources and origins of each value of the facet. The last value is that of passages without a place. */
function countBy(evidence: Evidence, rows: Uint32Array, by: 'places' | 'placesWithin') {
  const facet = facetOf(evidence, by);
  const { set } = evidence;
  const originOf = originsOf(evidence);
  const counts = new Uint32Array(facet.values.length);
  const sources = new Uint32Array(facet.values.length);
  const origins = new Uint32Array(facet.values.length);
  const seen = new Set<number>();
  /** The number of the last source seen, and one more: rows come source by source. */
  const last = new Uint32Array(facet.values.length);
  for (const row of rows) {
    const source = set.sourceAt(row) + 1;
    facet.each(row, (at) => {
      counts[at] = (counts[at] ?? 0) + 1;
      if (last[at] === source) return;
      last[at] = source;
      sources[at] = (sources[at] ?? 0) + 1;
      const pair = at * originOf.length + (originOf[source - 1] ?? 0);
      if (seen.has(pair)) return;
      seen.add(pair);
      origins[at] = (origins[at] ?? 0) + 1;
    });
  }
  return { counts, sources, origins };
}

const OF_SOURCE = PLACE_KINDS.indexOf('source');
function countKinds({ lists }: PassagePlaces, rows: Uint32Array): Pick<Places, 'without' | 'bySource'> {
  let [without, bySource] = [0, 0];
  for (const row of rows) {
    if (lists.count(row) === 0) without++;
    else if (lists.second(row, 0) === OF_SOURCE) bySource++;
  }
  return { without, bySource };
}

/** More are not read. */
const MOST_ASKED = 100;
function askedIn({ set }: Evidence, { asked }: PassagePlaces, rows: Uint32Array): Places['asked'] {
  const names = new Map<string, { text: string; places: readonly string[]; count: number; sources: Set<SourceId> }>();
  for (const row of rows)
    for (const { text, places: candidates } of asked.get(row) ?? []) {
      const key = `${text} ${candidates.join(' ')}`;
      const there = names.get(key) ?? { text, places: candidates, count: 0, sources: new Set() };
      there.count += 1;
      there.sources.add(sourceId.parse(set.sources.text(set.sourceAt(row))));
      names.set(key, there);
    }
  return [...names.values()]
    .toSorted((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
    .slice(0, MOST_ASKED)
    .map(({ text, places: candidates, count, sources }) => ({
      text,
      places: [...candidates],
      count,
      sources: [...sources],
    }));
}

/** Passages whose words name both, or their units: each once a pair. */
function pairsIn({ tree, places: numbers, lists }: PassagePlaces, { rows, of }: Units, level: 'county' | 'prefecture') {
  const sides = numbers.texts.map((id) => {
    const place = tree.byId.get(id);
    const part = place === undefined ? 'other' : partOf(place);
    if (part === 'xinjiang') return { from: id === XINJIANG ? null : atLevel(tree, id, level), to: null };
    return { from: null, to: part === 'province' ? atLevel(tree, id, 'province') : null };
  });
  const counts = new Map<string, { count: number; unit: number }>();
  const add = (pair: string, unit: number): void => {
    const there = counts.get(pair);
    if (there === undefined) counts.set(pair, { count: 1, unit });
    else if (there.unit !== unit) {
      there.unit = unit;
      there.count += 1;
    }
  };
  for (const row of rows) {
    const from = new Set<string>();
    const to = new Set<string>();
    for (let at = 0; at < lists.count(row); at++) {
      if (lists.second(row, at) === OF_SOURCE) continue;
      const side = sides[lists.first(row, at)];
      if (typeof side?.from === 'string') from.add(side.from);
      if (typeof side?.to === 'string') to.add(side.to);
    }
    for (const one of from) for (const other of to) add(`${one} ${other}`, of(row));
  }
  return Array.from(counts, ([pair, { count }]) => {
    const [from = '', to = ''] = pair.split(' ');
    return { from, to, count };
  }).toSorted((a, b) => b.count - a.count || (a.from + a.to < b.from + b.to ? -1 : 1));
}
