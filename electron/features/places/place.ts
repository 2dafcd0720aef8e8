import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { placeName } from '../../../shared/contract/places.ts';
import { Fault } from '../../../shared/errors.ts';
import { placeRecordId } from '../../../shared/model/index.ts';
import type { Place, PlaceName } from '../../../shared/places/gazetteer.ts';
import { MORE_NAMES } from '../../../shared/places/more-names.ts';
import { foldedText } from '../../../shared/text/search-fold.ts';
import type { z } from 'zod';
import type { Readable } from '../../db/types.ts';
import { builtInGazetteer } from '../../project/places/gazetteer.ts';
import { type Own, ownOf } from '../../project/places/own.ts';
import { placeTreeOf, type PlaceTree } from '../../project/places/tree.ts';
import { listChoices } from './choices.ts';

type Name = z.infer<typeof placeName>;

/** Everything known of one place: where it is, its names with what they rest on, and what people decided of these names. */
export function placeOf(db: Readable, { id }: CallArgs<'places.get'>): CallOutput<'places.get'> {
  const own = ownOf(db);
  const tree = placeTreeOf(own);
  const known = tree.byId.get(id);
  if (known === undefined) throw noPlace(id);
  const gazetteer = builtInGazetteer();
  const builtIn = gazetteer.places.find((place) => place.id === id);
  const record = own.places.find((place) => place.id === id);
  const names = [...(builtIn === undefined ? [] : namesIn(builtIn)), ...ownNames(own, id)];
  const borne = new Set(names.map(({ text }) => foldedText(text)));
  return {
    gazetteer: gazetteer.version,
    id,
    name: known.name,
    chinese: known.chinese,
    uyghur: known.uyghur,
    type: builtIn?.type ?? null,
    own: record === undefined ? null : { id: record.id, kind: record.kind },
    parent: known.parent,
    line: titlesOf(tree, known.line.slice(1)),
    names,
    decisions: listChoices(db)
      .filter(({ text, place }) => place === id || borne.has(foldedText(text)))
      .map((one) => ({ ...one, name: one.place === null ? null : (tree.byId.get(one.place)?.name ?? one.place) })),
  };
}

const noPlace = (id: string): Fault =>
  new Fault('NOT_FOUND', 'No such place in the gazetteer or in this project. Choose one from the list.', { id });
const titlesOf = ({ byId }: PlaceTree, ids: readonly string[]): { id: string; name: string }[] =>
  ids.map((id) => ({ id, name: byId.get(id)?.name ?? id }));

function namesIn({ id, names }: Place): Name[] {
  const { sources } = builtInGazetteer();
  const titles = new Map(sources.map((one) => [one.id, one.title]));
  const more = MORE_NAMES.filter(({ place }) => place === id);
  return [
    ...names.map(({ text, lang, kind, confidence, sources: of }) => ({
      text,
      lang,
      kind,
      confidence,
      sources: of.map((one) => titles.get(one) ?? one),
      own: null,
    })),
    ...more.map(({ text, confidence }) => ({
      text,
      lang: languageOf(text),
      kind: 'variant' as const,
      confidence,
      sources: [],
      own: null,
    })),
  ];
}

function ownNames({ places, names }: Own, id: string): Name[] {
  const record = places.find((one) => one.id === id);
  const asName = (text: string, of: Name['own']): Name => ({
    text,
    lang: languageOf(text),
    kind: null,
    confidence: null,
    sources: [],
    own: of,
  });
  return [
    ...(record === undefined ? [] : [asName(record.name, null)]),
    ...names.filter(({ place }) => place === id).map((one) => asName(one.text, one.id)),
  ];
}

/** What the letters say: which of the Chinese or Latin spellings it is, they don’t. */
function languageOf(text: string): PlaceName['lang'] | null {
  if (/\p{sc=Arab}/u.test(text)) return 'ug-Arab';
  return /\p{sc=Han}/u.test(text) ? 'zh-Hans' : null;
}

/** The team’s own place of this id. */
export function ownPlaceOf(own: Own, id: string): Own['places'][number] {
  const one = own.places.find((place) => place.id === id);
  if (one === undefined)
    throw new Fault('NOT_FOUND', 'No such place in this project. Choose one from the list.', { id });
  return one;
}

/** Throws EXISTS if the team has another place of this name in the same unit. */
export function assertOnly(own: Own, name: string, parent: string | null, except: string | null = null): void {
  const same = own.places.find(
    (one) => one.id !== except && foldedText(one.name) === foldedText(name) && one.parent === parent,
  );
  if (same !== undefined) throw new Fault('EXISTS', `“${name}” is already a place of this project.`, { id: same.id });
}

/** Throws BAD_INPUT if the place, or one that is in it, is to be what it is in. */
export function assertOutside(own: Own, id: string, parent: string | null): void {
  if (parent === null || !placeTreeOf(own).byId.get(parent)?.line.includes(placeRecordId.parse(id))) return;
  throw new Fault('BAD_INPUT', 'A place can’t be in itself, nor in a place that is in it. Choose another one.', {
    id,
    parent,
  });
}
