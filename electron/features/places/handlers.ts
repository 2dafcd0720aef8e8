import { setImmediate as turn } from 'node:timers/promises';
import type { OwnPlace, places as contract } from '../../../shared/contract/places.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import {
  placeChoiceId,
  placeNameId,
  placeRecordId,
  sha256,
  type SourceId,
  sourceId,
} from '../../../shared/model/index.ts';
import { foldedText } from '../../../shared/text/search-fold.ts';
import type { Edit, Readable } from '../../db/types.ts';
import type { Handlers, ReadContext, WriteContext } from '../../project/context.ts';
import { derivedId } from '../../project/ids.ts';
import { choicesOf, decidedBySource } from '../../project/places/choices.ts';
import { contextOf } from '../../project/places/context.ts';
import { builtInGazetteer } from '../../project/places/gazetteer.ts';
import {
  addedOf,
  assertPlace,
  finderFor,
  isPlaceName,
  LONGEST_NAME,
  type Own,
  ownOf,
} from '../../project/places/own.ts';
import { placeTreeOf } from '../../project/places/tree.ts';
import { fileOf } from '../../project/sources/layers.ts';
import { liveSource, liveSources } from '../../project/sources/live-sources.ts';
import { listChoices, unchoose } from './choices.ts';
import { assertOnly, assertOutside, ownPlaceOf, placeOf } from './place.ts';

/** What a place is called. One that only a newer gazetteer knows is called by its id. */
function titles(own: Own): (id: string) => string {
  const { byId } = placeTreeOf(own);
  return (id) => byId.get(id)?.name ?? id;
}

async function find(context: ReadContext, input: CallArgs<'places.find'>): Promise<CallOutput<'places.find'>> {
  const { db } = context;
  const own = ownOf(db);
  const titleOf = titles(own);
  const finder = finderFor(addedOf(own));
  const decided = decidedBySource(choicesOf(db));
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
    for (const one of finder.find(text, contextOf(db, finder, source, decided.get(source))))
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

function listOwn(db: Readable): OwnPlace[] {
  const own = ownOf(db);
  const { byId } = placeTreeOf(own);
  const records = new Set<string>(own.places.map(({ id }) => id));
  const named = Map.groupBy(own.names, ({ place }) => place);
  return [...new Set([...records, ...named.keys()])]
    .map((place) => ({
      place,
      name: byId.get(place)?.name ?? place,
      parent: byId.get(place)?.parent ?? null,
      own: records.has(place),
      names: (named.get(place) ?? []).map(({ id, text }) => ({ id, text })),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en') || (a.place < b.place ? -1 : 1));
}

function assertName(text: string): void {
  if (isPlaceName(text)) return;
  throw new Fault('BAD_INPUT', 'A place name needs at least two letters, and at most 100.', {
    text: text.slice(0, LONGEST_NAME),
  });
}

function add({ db, newId }: WriteContext, input: CallArgs<'places.add'>): CallOutput<'places.add'> {
  const { name, parent = null, kind = null, names = [] } = input;
  const own = ownOf(db);
  if (parent !== null) assertPlace(own, parent);
  assertOnly(own, name, parent);
  const texts = [...new Map([name, ...names].map((text) => [foldedText(text), text])).values()].slice(1);
  for (const text of [name, ...texts]) assertName(text);
  const id = placeRecordId.parse(newId());
  db.commit(`Add place “${name}”`, [
    { entity: 'place', id, field: 'name', value: name },
    ...(parent === null ? [] : [{ entity: 'place', id, field: 'parent', value: parent } satisfies Edit]),
    ...(kind === null ? [] : [{ entity: 'place', id, field: 'kind', value: kind } satisfies Edit]),
    { entity: 'place', id, field: 'deleted', value: false },
    ...texts.flatMap((text) => nameEdits(id, text).edits),
  ]);
  return { id };
}

/** Its id derives from the place and the name: two people who add one name have made one record. */
function nameEdits(place: string, text: string) {
  const id = placeNameId.parse(derivedId('sourcebook place name', place, foldedText(text)));
  const edits: Edit[] = [
    { entity: 'placename', id, field: 'place', value: place },
    { entity: 'placename', id, field: 'text', value: text },
    { entity: 'placename', id, field: 'deleted', value: false },
  ];
  return { id, edits };
}

function rename({ db }: WriteContext, { id, name }: CallArgs<'places.rename'>): CallOutput<'places.rename'> {
  assertName(name);
  const own = ownOf(db);
  const one = ownPlaceOf(own, id);
  assertOnly(own, name, one.parent, id);
  if (one.name !== name)
    db.commit(`Rename place “${one.name}” to “${name}”`, [{ entity: 'place', id, field: 'name', value: name }]);
  return {};
}

function move({ db }: WriteContext, { id, parent, kind }: CallArgs<'places.move'>): CallOutput<'places.move'> {
  const own = ownOf(db);
  const one = ownPlaceOf(own, id);
  if (parent !== null) assertPlace(own, parent);
  assertOutside(own, id, parent);
  assertOnly(own, one.name, parent, id);
  const edits: Edit[] = [
    ...(one.parent === parent ? [] : [{ entity: 'place', id, field: 'parent', value: parent } satisfies Edit]),
    ...(one.kind === kind ? [] : [{ entity: 'place', id, field: 'kind', value: kind } satisfies Edit]),
  ];
  if (edits.length > 0) db.commit(`Change place “${one.name}”`, edits);
  return {};
}

function addName({ db }: WriteContext, { place, text }: CallArgs<'places.addName'>): CallOutput<'places.addName'> {
  assertName(text);
  const own = ownOf(db);
  assertPlace(own, place);
  const there = [
    ...(builtInGazetteer().places.find(({ id }) => id === place)?.names ?? []),
    ...own.names.filter((one) => one.place === place),
    ...own.places.filter(({ id }) => id === place).map(({ name }) => ({ text: name })),
  ];
  if (there.some((one) => foldedText(one.text) === foldedText(text)))
    throw new Fault('EXISTS', `This place is already known as “${text}”.`, { place, text });
  const { id, edits } = nameEdits(place, text);
  db.commit(`Add place name “${text}”`, edits);
  return { id };
}

/** One record a source and name: a later decision replaces it, and two people’s are a conflict. */
function choose(
  { db, person }: WriteContext,
  { sources, text, place }: CallArgs<'places.choose'>,
): CallOutput<'places.choose'> {
  const missing = sources.find((id) => db.get(liveSource, { id }) === undefined);
  if (missing !== undefined) throw new Fault('NOT_FOUND', 'No such source in this project.', { id: missing });
  if (foldedText(text) === '') throw new Fault('BAD_INPUT', 'Name the words that the source has.', { text });
  const own = ownOf(db);
  if (place !== null) assertPlace(own, place);
  const what = place === null ? 'no place' : titles(own)(place);
  const chosen = [...new Set(sources)].map((source) => ({
    source,
    id: placeChoiceId.parse(derivedId('sourcebook place choice', source, foldedText(text))),
  }));
  db.commit(
    `Set “${text}” to ${what}`,
    chosen.flatMap(({ source, id }): Edit[] => [
      { entity: 'placechoice', id, field: 'source', value: source },
      { entity: 'placechoice', id, field: 'text', value: text },
      { entity: 'placechoice', id, field: 'place', value: place ?? '' },
      { entity: 'placechoice', id, field: 'person', value: person.id },
      { entity: 'placechoice', id, field: 'deleted', value: false },
    ]),
  );
  return { ids: chosen.map(({ id }) => id) };
}

/** See shared/contract/places.ts. */
export const placesHandlers: Handlers<typeof contract> = {
  'places.find': find,
  'places.list': ({ db }) => ({
    places: placeTreeOf(ownOf(db)).all.map(({ id, name, chinese, uyghur, level, line, parent, names }) => ({
      id,
      name,
      chinese,
      uyghur,
      level,
      depth: line.length - 1,
      parent,
      names: [...new Set(names)],
    })),
  }),
  'places.choices': ({ db }) => ({ choices: listChoices(db) }),
  'places.choose': choose,
  'places.unchoose': unchoose,
  'places.get': ({ db }, input) => placeOf(db, input),
  'places.own': ({ db }) => ({ places: listOwn(db) }),
  'places.add': add,
  'places.addName': addName,
  'places.rename': rename,
  'places.move': move,
  'places.remove': ({ db }, { id }) => {
    const one = ownPlaceOf(ownOf(db), id);
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
