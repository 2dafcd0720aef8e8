import { Fault } from '../../../shared/errors.ts';
import type { Added } from '../../../shared/places/gazetteer.ts';
import { foldForSearch } from '../../../shared/text/search-fold.ts';
import { searchTerm } from '../../../shared/text/search-query.ts';
import type { NamedSpan } from '../../db/search/place-rows.ts';
import type { SearchIndex } from '../../db/search/search-index.ts';
import { choicesOf, decidedBySource } from '../../project/places/choices.ts';
import { contextOf } from '../../project/places/context.ts';
import { builtInGazetteer } from '../../project/places/gazetteer.ts';
import { addedOf, finderFor, ownOf } from '../../project/places/own.ts';
import type { PlacesRead, SearchPlace } from '../../workers/jobs.ts';
import { namesToLookUp } from './place-names.ts';
import { keyedLayers, type LayerToRead, readLayer, stampOf } from './place-readings.ts';
import { asSearchJob, discardIndex, indexForWriting, isDamage, type Opened, projectAt } from './thread.ts';

/** How long a job reads, in milliseconds: what was just written is indexed between two of them. */
const SLICE = 150;

/** Layers this thread could not read. They are tried again when the project is reopened. */
const unreadable = new Set<string>();

/**
 * Reads the names of places in indexed texts for a short time, and puts them into the index, in one transaction. Runs in a search
 * thread, never beside a job that indexes.
 */
export function readPlaces(place: SearchPlace): PlacesRead {
  return asSearchJob(() => {
    const opened = projectAt(place);
    const index = indexForWriting(place, opened.project.id);
    try {
      return opened.project.reading(() => readSome(opened, index));
    } catch (thrown) {
      if (!isDamage(thrown)) throw thrown;
      discardIndex(place);
      return { read: 0, left: 0 };
    }
  });
}

function readSome(opened: Opened, index: SearchIndex): PlacesRead {
  const { read } = opened.project;
  const added = addedOf(ownOf(read));
  const decided = decidedBySource(choicesOf(read));
  const all = keyedLayers(read, decided);
  if (index.places.stamp() !== stampOf(added)) index.writing(() => dropChanged(index, all, added));
  const keys = index.places.keys();
  const here = new Set(index.layers());
  const todo = all.filter(
    ({ layer, key, sha256 }) => here.has(layer) && keys.get(layer) !== key && !unreadable.has(sha256),
  );
  if (todo.length === 0) return { read: 0, left: 0 };
  const finder = finderFor(added);
  const found: { layer: string; key: string; pieces: Map<number, NamedSpan[]> }[] = [];
  const begun = performance.now();
  let at = 0;
  for (; at < todo.length && performance.now() - begun < SLICE; at++) {
    const one = todo[at];
    if (one === undefined) break;
    const context = contextOf(read, finder, one.source, decided.get(one.source));
    try {
      const pieces = readLayer(opened, index, finder, context, { layer: one.layer, hash: one.sha256 });
      found.push({ layer: one.layer, key: one.key, pieces });
    } catch (thrown) {
      if (!(thrown instanceof Fault) || thrown.data.code !== 'DAMAGED') throw thrown;
      unreadable.add(one.sha256);
    }
  }
  if (found.length > 0)
    index.writing(() => {
      for (const { layer, key, pieces } of found) index.places.put(layer, key, pieces);
    });
  return { read: found.length, left: todo.length - at };
}

/** Forgets the readings that another gazetteer, or what the team added or took back since, may have changed. */
function dropChanged(index: SearchIndex, all: readonly LayerToRead[], added: Added): void {
  const texts = changedNames(index.places.stamp(), added);
  if (texts === null) for (const layer of index.places.keys().keys()) index.places.drop(layer);
  else if (texts.length > 0) {
    const terms = namesToLookUp(texts).map(searchTerm);
    const wanted = { kind: 'some', parts: terms.map((_, term) => ({ kind: 'term', term }) as const) } as const;
    const layers = new Set<string>();
    for (const { doc } of index.matchesOfEach(terms, wanted, 0, null)) layers.add(index.layerOf(doc) ?? '');
    for (const { layer, title, publisher } of all) {
      const record = foldForSearch(`${title ?? ''} ${publisher ?? ''}`).text;
      if (layers.has(layer) || texts.some((text) => record.includes(text))) index.places.drop(layer);
    }
  }
  index.places.setStamp(stampOf(added));
}

/** The names, folded, that mean something else than they did. Null if all of them may. */
function changedNames(before: string | null, added: Added): string[] | null {
  const [version, was] = (before === null ? [] : JSON.parse(before)) as [string?, Added?];
  if (version !== builtInGazetteer().version || was === undefined) return null;
  const told = ({ names }: Added) => new Map(names.map(({ place, text }) => [`${place} ${text}`, text]));
  const [old, now] = [told(was), told(added)];
  const changed = [...old, ...now].flatMap(([name, text]) => (old.has(name) && now.has(name) ? [] : [text]));
  const parents = ({ places }: Added) => new Map<string, string | null>(places.map(({ id, parent }) => [id, parent]));
  const [under, above] = [parents(was), parents(added)];
  const moved = new Set([...under, ...above].flatMap(([id]) => (under.get(id) === above.get(id) ? [] : [id])));
  // What is in a place that moved is in something else now too.
  for (let size = -1; size < moved.size;) {
    size = moved.size;
    for (const [id, parent] of [...under, ...above]) if (parent !== null && moved.has(parent)) moved.add(id);
  }
  const ofMoved = moved.size === 0 ? [] : [was, added].flatMap((one) => finderFor(one).names(moved));
  return [...new Set([...changed.map((text) => foldForSearch(text).text), ...ofMoved])];
}
