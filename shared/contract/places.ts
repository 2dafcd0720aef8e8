import { z } from 'zod';
import { personId, placeChoiceId, placeNameId, placeRecordId, sourceId } from '../model/index.ts';
import { confidence, nameKind, ownPlaceKind, placeType } from '../places/gazetteer.ts';
import { call } from './define.ts';

/** A place as others name it: an id of the gazetteer, or of a place that the team added. */
const place = z.string().min(1).max(100);

export const foundPlace = z.object({
  source: sourceId,
  /** UTF-16 code units in the source’s text. */
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  /** The text’s own slice. */
  text: z.string(),
  /** The place meant, or likely meant; null where a person has to choose one of `asks`. */
  place: place.nullable(),
  /** How the place is called in lists; null where `place` is. */
  name: z.string().nullable(),
  /** False also for a name that rests on weak evidence. */
  sure: z.boolean(),
  asks: z.array(place),
  /** What decided between several places, if it was not the text around the name: the document’s date, its source’s record, a person. */
  helped: z.enum(['date', 'publisher', 'title', 'passages', 'person']).nullable(),
});

/** What the team added: a place of its own, with its names, or further names of a place of the gazetteer. */
export const ownPlace = z.object({
  place,
  /** How it is called in lists. A place that only a newer gazetteer knows is called by its id. */
  name: z.string(),
  /** The place it is in; null if none was said. */
  parent: place.nullable(),
  /** Whether the team added the place itself. */
  own: z.boolean(),
  names: z.array(z.object({ id: placeNameId, text: z.string() })),
});
export type OwnPlace = z.infer<typeof ownPlace>;

/** A name of a place, and what it rests on. */
export const placeName = z.object({
  text: z.string(),
  /** Null if its letters don’t say. */
  lang: z.enum(['zh-Hans', 'zh-Hant', 'en', 'ug-Arab', 'ug-Latn']).nullable(),
  /** What the gazetteer says of it; null for a name that the team added. */
  kind: nameKind.nullable(),
  confidence: confidence.nullable(),
  /** The titles of what says so. */
  sources: z.array(z.string()),
  /** Its record, if the team added it to a place that it can be taken from. */
  own: placeNameId.nullable(),
});

const placeChoice = z.object({
  id: placeChoiceId,
  source: sourceId,
  text: z.string(),
  place: place.nullable(),
  person: personId.nullable(),
});

const nameOfPlace = z.string().trim().min(2).max(100);

/** Names of places in sources, by the gazetteer and by what the team adds to it. */
export const places = {
  /** The names of places in one source, or in all that are not in the trash, in reading order. Finding one links nothing. */
  'places.find': call(
    'read',
    z.object({ source: sourceId.optional() }),
    z.object({
      /** The version of the gazetteer. */
      gazetteer: z.string(),
      places: z.array(foundPlace),
      /** Sources whose text can’t be read here. */
      unread: z.array(sourceId),
    }),
  ),
  /** All places of the gazetteer and the team, each followed by those in it, Xinjiang first. */
  'places.list': call(
    'read',
    z.object({}),
    z.object({
      places: z.array(
        z.object({
          id: place,
          name: z.string(),
          chinese: z.string().nullable(),
          uyghur: z.string().nullable(),
          level: z.enum(['country', 'province', 'prefecture', 'county', 'organisation', 'macro_region']).nullable(),
          /** How many places it is in. */
          depth: z.number().int(),
          parent: place.nullable(),
          names: z.array(z.string()),
        }),
      ),
    }),
  ),
  /** What people decided that names mean in sources; `place` null: no place. */
  'places.choices': call('read', z.object({}), z.object({ choices: z.array(placeChoice) })),
  /** Decides what a name means wherever it stands in these sources, in one commit; null: no place. Faults: NOT_FOUND for a source or the place. */
  'places.choose': call(
    'write',
    z.object({
      sources: z.array(sourceId).min(1).max(10_000),
      text: z.string().min(1).max(200),
      place: place.nullable(),
    }),
    z.object({ ids: z.array(placeChoiceId) }),
  ),
  /** Takes a decision back: the name asks again. Faults: NOT_FOUND. */
  'places.unchoose': call('write', z.object({ id: placeChoiceId }), z.object({})),
  /** Everything known of one place. Faults: NOT_FOUND. */
  'places.get': call(
    'read',
    z.object({ id: place }),
    z.object({
      /** The version of the gazetteer. */
      gazetteer: z.string(),
      id: place,
      name: z.string(),
      chinese: z.string().nullable(),
      uyghur: z.string().nullable(),
      /** What it is by the gazetteer; null for a place of the team’s own. */
      type: placeType.nullable(),
      /** Of the team’s own place: its record, and what it is said to be. */
      own: z.object({ id: placeRecordId, kind: ownPlaceKind.nullable() }).nullable(),
      parent: place.nullable(),
      /** What it is in, from its parent upwards. */
      line: z.array(z.object({ id: place, name: z.string() })),
      names: z.array(placeName),
      /** What people decided that its names mean in sources, and which names mean it; `place` null: no place. */
      decisions: z.array(placeChoice.extend({ name: z.string().nullable() })),
    }),
  ),
  /** What the team has added, by name. */
  'places.own': call('read', z.object({}), z.object({ places: z.array(ownPlace) })),
  /** Adds a place that the gazetteer lacks, with further names. Faults: EXISTS, NOT_FOUND for `parent`. */
  'places.add': call(
    'write',
    z.object({
      name: nameOfPlace,
      parent: place.nullable().optional(),
      kind: ownPlaceKind.nullable().optional(),
      names: z.array(nameOfPlace).max(50).optional(),
    }),
    z.object({ id: placeRecordId }),
  ),
  /** Renames a place of the team’s own. Faults: EXISTS, NOT_FOUND. */
  'places.rename': call('write', z.object({ id: placeRecordId, name: nameOfPlace }), z.object({})),
  /** Changes what a place of the team’s own is, and what it is in. Faults: BAD_INPUT for a place in itself, EXISTS, NOT_FOUND. */
  'places.move': call(
    'write',
    z.object({ id: placeRecordId, parent: place.nullable(), kind: ownPlaceKind.nullable() }),
    z.object({}),
  ),
  /** Adds a name to a place. Faults: EXISTS if it has that name, NOT_FOUND for the place. */
  'places.addName': call('write', z.object({ place, text: nameOfPlace }), z.object({ id: placeNameId })),
  /** Removes a place of the team’s own. Names that others gave it stay in the history. */
  'places.remove': call('write', z.object({ id: placeRecordId }), z.object({})),
  'places.removeName': call('write', z.object({ id: placeNameId }), z.object({})),
};
