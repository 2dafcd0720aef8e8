import { setImmediate as turn } from 'node:timers/promises';
import type { OwnPlace, places as contract } from '../../../shared/contract/places.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import {
  type PlaceNameId,
  placeNameId,
  type PlaceRecordId,
  placeRecordId,
  sha256,
  type SourceId,
  sourceId,
} from '../../../shared/model/index.ts';
import { placeFinder, type PlaceFinder } from '../../../shared/places/find-places.ts';
import { placeTitle } from '../../../shared/places/gazetteer.ts';
import { foldForSearch } from '../../../shared/text/search-fold.ts';
import { type Edit, query, type Readable } from '../../db/types.ts';
import { type Handlers, perProject, type ReadContext, type WriteContext } from '../../project/context.ts';
import { derivedId } from '../../project/ids.ts';
import { builtInGazetteer } from '../../project/places/gazetteer.ts';
import { fileOf } from '../../project/sources/layers.ts';
import { liveSource, liveSources } from '../../project/sources/live-sources.ts';

const allPlaces = query<{}, { id: string; name: string | null; parent: string | null }>(
  'places.all',
  'SELECT id, name, parent FROM p_place WHERE deleted IS NOT 1 ORDER BY createdAt, id',
);
const allNames = query<{}, { id: string; place: string | null; text: string | null }>(
  'places.names',
  'SELECT id, place, text FROM p_placename WHERE deleted IS NOT 1 ORDER BY createdAt, id',
);
const datesOfSource = query<
  { id: string },
  { dateOfDocument: string | null; dateOfPublication: string | null; dateOfAct: string | null }
>('places.datesOfSource', 'SELECT dateOfDocument, dateOfPublication, dateOfAct FROM p_source WHERE id = $id');

interface OwnName {
  readonly id: PlaceNameId;
  readonly place: string;
  readonly text: string;
}
interface OwnRecord {
  readonly id: PlaceRecordId;
  readonly name: string;
  readonly parent: string | null;
}
interface Own {
  readonly places: readonly OwnRecord[];
  readonly names: readonly OwnName[];
}

function ownOf(db: Readable): Own {
  return {
    places: db.all(allPlaces, {}).flatMap(({ id, name, parent }): OwnRecord[] => {
      const known = placeRecordId.safeParse(id).data;
      return known === undefined || name === null ? [] : [{ id: known, name, parent }];
    }),
    names: db.all(allNames, {}).flatMap(({ id, place, text }): OwnName[] => {
      const known = placeNameId.safeParse(id).data;
      return known === undefined || place === null || text === null ? [] : [{ id: known, place, text }];
    }),
  };
}

/** What a place is called. One that only a newer gazetteer knows is called by its id. */
function titles({ places }: Own): (id: string) => string {
  const known = new Map([
    ...builtInGazetteer().places.map((place) => [place.id, placeTitle(place)] as const),
    ...places.map(({ id, name }) => [id, name] as const),
  ]);
  return (id) => known.get(id) ?? id;
}

/** A log can come from anyone: a name of one letter would be found everywhere, and one of several pages would only cost time. */
const isName = (text: string): boolean => {
  const { length } = foldForSearch(text.slice(0, LONGEST + 1)).text.trim();
  return length >= 2 && text.length <= LONGEST;
};
const LONGEST = 100;

/** The finder of a project, kept while what the team added stays the same. */
const finderOf = perProject(() => {
  let made: { readonly of: string; readonly finder: PlaceFinder } | null = null;
  return (own: Own): PlaceFinder => {
    const of = JSON.stringify(own);
    if (made?.of !== of) {
      const names = [...own.places.map(({ id, name }) => ({ place: id, text: name })), ...own.names];
      made = {
        of,
        finder: placeFinder(builtInGazetteer(), {
          places: own.places,
          names: names.filter(({ text }) => isName(text)).map(({ place, text }) => ({ place, text })),
        }),
      };
    }
    return made.finder;
  };
});

async function find(context: ReadContext, input: CallArgs<'places.find'>): Promise<CallOutput<'places.find'>> {
  const { db } = context;
  const own = ownOf(db);
  const titleOf = titles(own);
  const finder = finderOf(context)(own);
  const wanted =
    input.source === undefined
      ? db.all(liveSources, {}).flatMap(({ id }) => sourceId.safeParse(id).data ?? [])
      : [input.source];
  const found: CallOutput<'places.find'>['places'] = [];
  const unread: SourceId[] = [];
  for (const source of wanted) {
    if (context.interrupted()) throw new Fault('CANCELLED', 'Stopped before all sources were read.');
    const text = textOf(context, source, input.source !== undefined);
    if (text === null) {
      unread.push(source);
      continue;
    }
    for (const one of finder.find(text, yearOf(db, source)))
      found.push({ source, ...one, name: one.place === null ? null : titleOf(one.place), asks: [...one.asks] });
    // Lets other calls run between two sources.
    await turn();
  }
  return { gazetteer: builtInGazetteer().version, places: found, unread };
}

/** The text of a source; null if it has none, or can’t be read and others are read too. */
function textOf({ db, files }: ReadContext, source: SourceId, alone: boolean): string | null {
  const row = db.get(liveSource, { id: source });
  if (row === undefined) throw new Fault('NOT_FOUND', 'No such source in this project.', { id: source });
  if (row.layer === null) return '';
  try {
    const hash = sha256.safeParse(row.sha256).data;
    if (hash === undefined)
      throw new Fault('DAMAGED', 'Can’t read this source’s text. Verify the project.', { id: source });
    return fileOf(files, hash).text();
  } catch (thrown) {
    if (alone || !(thrown instanceof Fault)) throw thrown;
    return null;
  }
}

/** The year of a source: its document’s, else that of its publication, else that of the act. EDTF begins with the year. */
function yearOf(db: Readable, id: SourceId): number | null {
  const dates = db.get(datesOfSource, { id });
  for (const date of [dates?.dateOfDocument, dates?.dateOfPublication, dates?.dateOfAct]) {
    const year = /"edtf":"(\d{4})(?![\dX])[^"/]*"/u.exec(date ?? '')?.[1];
    if (year !== undefined) return Number(year);
  }
  return null;
}

function listOwn(db: Readable): OwnPlace[] {
  const own = ownOf(db);
  const titleOf = titles(own);
  const parents = new Map<string, string | null>([
    ...builtInGazetteer().places.map(({ id, parent }) => [id, parent] as const),
    ...own.places.map(({ id, parent }) => [id, parent] as const),
  ]);
  const records = new Set<string>(own.places.map(({ id }) => id));
  const named = Map.groupBy(own.names, ({ place }) => place);
  return [...new Set([...records, ...named.keys()])]
    .map((place) => ({
      place,
      name: titleOf(place),
      parent: parents.get(place) ?? null,
      own: records.has(place),
      names: (named.get(place) ?? []).map(({ id, text }) => ({ id, text })),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en') || (a.place < b.place ? -1 : 1));
}

function assertPlace(own: Own, place: string): void {
  if (own.places.some(({ id }) => id === place) || builtInGazetteer().places.some(({ id }) => id === place)) return;
  throw new Fault('NOT_FOUND', `No place “${place}” in the gazetteer or in this project. Check its ID.`, { place });
}

const folded = (text: string): string => foldForSearch(text).text;
function assertName(text: string): void {
  if (isName(text)) return;
  throw new Fault('BAD_INPUT', 'A place name needs at least two letters, and at most 100.', {
    text: text.slice(0, LONGEST),
  });
}

function add({ db, newId }: WriteContext, { name, parent }: CallArgs<'places.add'>): CallOutput<'places.add'> {
  assertName(name);
  const own = ownOf(db);
  if (parent !== null) assertPlace(own, parent);
  const same = own.places.find((one) => folded(one.name) === folded(name) && one.parent === parent);
  if (same !== undefined) throw new Fault('EXISTS', `“${name}” is already a place of this project.`, { id: same.id });
  const id = placeRecordId.parse(newId());
  db.commit(`Add place “${name}”`, [
    { entity: 'place', id, field: 'name', value: name },
    ...(parent === null ? [] : [{ entity: 'place', id, field: 'parent', value: parent } satisfies Edit]),
    { entity: 'place', id, field: 'deleted', value: false },
  ]);
  return { id };
}

/** Its id derives from the place and the name: two people who add one name have made one record. */
function addName({ db }: WriteContext, { place, text }: CallArgs<'places.addName'>): CallOutput<'places.addName'> {
  assertName(text);
  const own = ownOf(db);
  assertPlace(own, place);
  const there = [
    ...(builtInGazetteer().places.find(({ id }) => id === place)?.names ?? []),
    ...own.names.filter((one) => one.place === place),
    ...own.places.filter(({ id }) => id === place).map(({ name }) => ({ text: name })),
  ];
  if (there.some((one) => folded(one.text) === folded(text)))
    throw new Fault('EXISTS', `This place is already known as “${text}”.`, { place, text });
  const id = placeNameId.parse(derivedId('sourcebook place name', place, folded(text)));
  db.commit(`Add place name “${text}”`, [
    { entity: 'placename', id, field: 'place', value: place },
    { entity: 'placename', id, field: 'text', value: text },
    { entity: 'placename', id, field: 'deleted', value: false },
  ]);
  return { id };
}

/** See shared/contract/places.ts. */
export const placesHandlers: Handlers<typeof contract> = {
  'places.find': find,
  'places.own': ({ db }) => ({ places: listOwn(db) }),
  'places.add': add,
  'places.addName': addName,
  'places.remove': ({ db }, { id }) => {
    const one = ownOf(db).places.find((place) => place.id === id);
    if (one === undefined)
      throw new Fault('NOT_FOUND', 'No such place in this project. Choose one from the list.', { id });
    db.commit(`Remove place “${one.name}”`, [{ entity: 'place', id, field: 'deleted', value: true }]);
    return {};
  },
  'places.removeName': ({ db }, { id }) => {
    const one = ownOf(db).names.find((name) => name.id === id);
    if (one === undefined)
      throw new Fault('NOT_FOUND', 'No such place name in this project. Choose one from the list.', { id });
    db.commit(`Remove place name “${one.text}”`, [{ entity: 'placename', id, field: 'deleted', value: true }]);
    return {};
  },
};
