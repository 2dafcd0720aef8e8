import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { passageId, sourceId } from '../../../shared/model/index.ts';
import {
  isInOtherLanguage,
  leadersOf,
  queuesOf,
  waitingAt,
  type Actor,
  type Waiting,
} from '../../../shared/review/queues.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import { pausesWhile } from '../../project/pauses.ts';
import { hasOnlyGrown, type ReadAt, readAt } from '../../project/read-at.ts';
import { Fault } from '../../../shared/errors.ts';
import { namer, peopleOf } from './people.ts';
import { parsed } from '../../../shared/changes/canonical.ts';
import type { QueueItem, QueueName } from '../../../shared/contract/review.ts';
import { checkersOf } from '../../../shared/review/status.ts';
import { passagesAt, placeKeys } from '../../project/passages/places.ts';
import { settingsOfPassages, tagsOfPassages } from '../../project/passages/queries.ts';
import { Installations } from '../../project/people/installations.ts';
import { contributionsOf } from '../../project/review/contributors.ts';
import { passagesSince } from '../../project/review/queries.ts';
import type { ReviewReader } from '../../project/review/moves.ts';
import { decisionsOn, reviewedOf } from '../../project/review/state.ts';
import { liveSources } from '../../project/sources/live-sources.ts';
import { openMentions, type QueueRow, queueRowsIn, queueRowsOf, sourcesOfQueues } from './queries.ts';

/** The passages in a queue, oldest first, with the number in every queue under the same filter. CANCELLED if the project is closed meanwhile. */
export async function queueOf(
  context: ReadContext,
  { queue, filter, limit }: CallArgs<'review.queue'>,
): Promise<CallOutput<'review.queue'>> {
  const all = await placesNow(context);
  const sources = sourcesOf(context);
  const people = peopleOf(context);
  const nameOf = namer(context);
  const me = people.find(({ id }) => id === context.person.id);
  const eyes = new Set([context.person.id, ...new Installations(context.db).oneWith(context.person.id)]);
  const actor: Actor = { id: context.person.id, eyes, roles: me?.roles ?? [] };
  const waits = waitsFor(actor);
  const places = [...all.values()].filter(
    ({ members }) => sources.has(members[0]?.row.source ?? '') && fits(members, filter, sources),
  );
  const waiting = places
    .flatMap((place): [Entry, ...Entry[]][] => {
      if (!waits(place).includes(queue)) return [];
      const [first] = waitingAt(queue, place.members, actor).toSorted(byTime);
      return first === undefined ? [] : [[first, ...place.members.filter((one) => one !== first).sort(byTime)]];
    })
    .sort(([a], [b]) => byTime(a, b));
  return {
    items: waiting.slice(0, limit).map(([one, ...more]) => ({
      passage: passageId.parse(one.row.id),
      also: more.map(({ row }) => passageId.parse(row.id)),
      source: sourceId.parse(one.row.source),
      sourceTitle: sources.get(one.row.source)?.title ?? '',
      page: one.row.page ?? 1,
      quote: shortened(one.row.quote),
      language: sources.get(one.row.source)?.language ?? null,
      state: one.shown,
      by: [...new Set([one, ...more].map(({ by }) => nameOf(by)))].join(', '),
      at: one.at,
      comments: [one, ...more].reduce((sum, { comments }) => sum + comments, 0),
    })),
    total: waiting.length,
    counts: countsOf(places.map(waits)),
  };
}

const byTime = (a: Entry, b: Entry): number => a.at - b.at || (a.row.id < b.row.id ? -1 : 1);

/** The number of places in each queue. */
function countsOf(places: readonly (readonly QueueName[])[]): Record<QueueName, number> {
  const counts = {
    'to-code': 0,
    'to-second-code': 0,
    'to-translate': 0,
    'to-check': 0,
    'to-approve': 0,
    'to-release': 0,
    mine: 0,
    all: 0,
  };
  for (const queues of places) for (const queue of queues) counts[queue] += 1;
  return counts;
}

/** `person` coded, translated or moved a passage there. `language` is that of its source; `zh` also matches `zh-Hant`. */
function fits(
  place: readonly Entry[],
  filter: CallArgs<'review.queue'>['filter'],
  sources: ReadonlyMap<string, SourceRow>,
): boolean {
  const { state, source, category, person, language } = filter;
  const of = place[0]?.row.source ?? '';
  if (state !== undefined && !leadersOf(place).some(({ shown }) => shown === state)) return false;
  if (source !== undefined && of !== source) return false;
  if (category !== undefined && !place.some(({ categories }) => categories.includes(category))) return false;
  if (person !== undefined && !place.some((one) => isBy(one, person))) return false;
  if (language === undefined) return true;
  const spoken = sources.get(of)?.language?.toLowerCase() ?? '';
  const wanted = language.toLowerCase();
  return spoken === wanted || spoken.startsWith(`${wanted}-`);
}

const isBy = ({ coders, translators, movers }: Entry, person: string): boolean =>
  [coders, translators, movers].some((all) => all.includes(person));

/** What the queues need of a passage. */
interface Entry extends Waiting {
  readonly row: QueueRow;
  readonly categories: readonly string[];
  /** Who moved it last, else who highlighted it, and when. */
  readonly by: string;
  readonly at: number;
  /** The other passages at its place. */
  readonly beside: readonly string[];
}
interface SourceRow {
  readonly title: string;
  readonly language: string | null;
}
/** Passages at one place are one item, in one queue: it has everyone’s coding of the same words. */
interface Place {
  readonly members: readonly Entry[];
  /** The queues it waits in, worked out once for a person: a place that changes is another one. */
  waits: { readonly actor: string; readonly queues: readonly QueueName[] } | null;
}
interface CachedEntries {
  readonly entries: Map<string, Entry>;
  /** By the least id of the passages there. */
  readonly places: Map<string, Place>;
  /** Who counted as one with whom. */
  readonly eyes: string;
  at: ReadAt;
}
interface State {
  cached: CachedEntries | null;
  /** Several calls wait for one reading. */
  reading: Promise<void> | null;
  isClosed: boolean;
}
/** What reads the queues: a call’s context. */
type QueueReader = ReviewReader & Pick<ReadContext, 'project' | 'atClose'>;

/**
 * Every live passage as the queues need it, cached for each open project and updated from the commits since: working through
 * a queue asks again after every step, and the number beside Review after every tag. Measured: 100,000 passages are read once, in
 * pieces between which other calls run; after that a step costs some 40 ms.
 */
const stateOf = perProject(({ atClose }: QueueReader): State => {
  const state: State = { cached: null, reading: null, isClosed: false };
  atClose(() => (state.isClosed = true));
  return state;
});

async function placesNow(reader: QueueReader): Promise<ReadonlyMap<string, Place>> {
  const state = stateOf(reader);
  for (;;) {
    if (state.isClosed) throw closed();
    if (state.reading === null) {
      const places = updated(reader, state.cached);
      if (places !== null) return places;
      state.reading = readAll(reader, state).finally(() => (state.reading = null));
    }
    await state.reading;
  }
}
const closed = (): Fault => new Fault('CANCELLED', 'The project was closed while its review queues were read.');

/** Source by source: a place is in one. What is committed meanwhile is read by the next update, since it begins at `at`. */
async function readAll(reader: QueueReader, state: State): Promise<void> {
  const [at, eyes, sources] = [readAt(reader), new Installations(reader.db).summary(), sourcesOf(reader)];
  const pause = pausesWhile(() => !state.isClosed, closed);
  const entries = new Map<string, Entry>();
  const places = new Map<string, Place>();
  let rows: QueueRow[] = [];
  const put = (): void => {
    const read = made(reader, rows, sources);
    for (const one of read) entries.set(one.row.id, one);
    for (const [key, place] of grouped(read)) places.set(key, place);
    rows = [];
  };
  for (const { id } of reader.db.all(sourcesOfQueues, {})) {
    rows = rows.concat(reader.db.all(queueRowsIn, { source: id }));
    if (rows.length < AT_ONCE) continue;
    put();
    await pause();
  }
  put();
  state.cached = { entries, places, eyes, at };
}
/** Passages that are read without a pause, if no source has more: some 10 ms. */
const AT_ONCE = 200;

/** The places as they are now; null if they have to be read anew. */
function updated(reader: QueueReader, before: CachedEntries | null): ReadonlyMap<string, Place> | null {
  const now = readAt(reader);
  if (before === null || before.eyes !== new Installations(reader.db).summary()) return null;
  if (!hasOnlyGrown(reader, before.at, now)) return null;
  if (before.at.c !== now.c) {
    const { entries, places } = before;
    const since = reader.db.all(passagesSince, { c: before.at.c }).flatMap(({ passage }) => passage ?? []);
    const changed = withThoseBeside(reader, since, entries);
    for (const id of changed) {
      const was = entries.get(id);
      if (was !== undefined) places.delete(placeKey(was));
      entries.delete(id);
    }
    const all = made(reader, reader.db.all(queueRowsOf, { ids: JSON.stringify(changed) }), sourcesOf(reader));
    for (const one of all) entries.set(one.row.id, one);
    for (const [key, place] of grouped(all)) places.set(key, place);
    before.at = now;
  }
  return before.places;
}

const placeKey = ({ row, beside }: Entry): string => beside.reduce((least, id) => (id < least ? id : least), row.id);
const grouped = (entries: readonly Entry[]): Map<string, Place> =>
  new Map([...Map.groupBy(entries, placeKey)].map(([key, members]) => [key, { members, waits: null }]));

/** The queues that places wait in for a person. */
function waitsFor(actor: Actor): (place: Place) => readonly QueueName[] {
  const key = JSON.stringify([actor.id, [...actor.eyes].toSorted(), actor.roles]);
  return (place) => {
    if (place.waits?.actor !== key) place.waits = { actor: key, queues: queuesOf(place.members, actor) };
    return place.waits.queues;
  };
}

/** Also the passages at the places where these are and were: four eyes judge a place as a whole. */
function withThoseBeside(
  { db }: ReviewReader,
  changed: readonly string[],
  entries: ReadonlyMap<string, Entry>,
): readonly string[] {
  const now = [...changed, ...passagesAt(db, changed).flat()];
  const were = now.flatMap((id) => entries.get(id)?.beside ?? []);
  return [...new Set([...now, ...were])];
}

const sourcesOf = ({ db }: ReviewReader): Map<string, SourceRow> =>
  new Map(
    db
      .all(liveSources, {})
      .map(({ id, title, fileName, language }) => [id, { title: title ?? fileName ?? id.slice(0, 8), language }]),
  );

function made(reader: ReviewReader, rows: readonly QueueRow[], sources: ReadonlyMap<string, SourceRow>): Entry[] {
  if (rows.length === 0) return [];
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const tags = Map.groupBy(reader.db.all(tagsOfPassages, { ids }), (row) => row.passage);
  const decided = new Map(decisionsOn(reader, ids).map((row) => [row.passage, row.person]));
  const settings = Map.groupBy(reader.db.all(settingsOfPassages, { ids }), (row) => row.passage);
  const contributions = contributionsOf(reader, ids);
  const mentioned = Map.groupBy(reader.db.all(openMentions, { ids }), (row) => row.passage);
  const reviewed = reviewedOf(
    reader,
    rows.map(({ id }) => ({ id, tagged: tags.has(id) })),
  );
  const entries = rows.flatMap((row): Entry[] => {
    const one = reviewed.get(row.id);
    if (one === undefined) return [];
    const own = tags.get(row.id) ?? [];
    const last = one.position.move;
    const contributed = contributions.get(row.id) ?? [];
    const taggers = people([row.person, decided.get(row.id), ...own.map(({ person }) => person)]);
    return [
      {
        row,
        shown: one.state,
        state: one.position.state,
        tagged: own.length > 0,
        inOtherLanguage: isInOtherLanguage(sources.get(row.source)?.language ?? null, row.quote),
        translated: one.translations.length > 0,
        taggers,
        coders: people([
          ...taggers,
          ...(settings.get(row.id) ?? []).map(({ person }) => person),
          ...contributed.flatMap(({ kind, person }) => (kind === 'translation' ? [] : person)),
        ]),
        translators: people([
          ...one.translations.map(({ person }) => person),
          ...contributed.flatMap(({ kind, person }) => (kind === 'translation' ? person : [])),
        ]),
        checkers: one.moves.length === 0 ? NOBODY : [...checkersOf(one.counted.valid)],
        mentioned: people((mentioned.get(row.id) ?? []).flatMap(({ mentions }) => mentionsIn(mentions))),
        movers: people(one.counted.valid.map(({ person }) => person)),
        comments: one.comments,
        moved: one.moves.length > 0,
        categories: people(own.map(({ category }) => category)),
        by: last?.person ?? row.person,
        at: last?.at ?? row.createdAt,
        beside: NOBODY,
        decided: decided.has(row.id),
        atPlace: { workers: NOBODY, checkers: NOBODY, translated: false },
      },
    ];
  });
  const keyOf = placeKeys(rows);
  return [...Map.groupBy(entries, ({ row }) => keyOf(row)).values()].flatMap((place) => {
    const atPlace = {
      workers: people(place.flatMap(({ coders, translators }) => [...coders, ...translators])),
      checkers: people(place.flatMap(({ checkers }) => checkers)),
      translated: place.some(({ translated }) => translated),
    };
    const ids = place.map(({ row }) => row.id);
    return place.map((one) => ({ ...one, atPlace, beside: ids.filter((id) => id !== one.row.id) }));
  });
}

const NOBODY: readonly string[] = [];
const people = (all: readonly (string | undefined)[]): readonly string[] =>
  all.length === 0 ? NOBODY : [...new Set(all.filter((one) => one !== undefined))];

function mentionsIn(mentions: string): string[] {
  const value = parsed(mentions);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** A quotation for a list: one line of at most 200 characters. */
function shortened(quote: string | null): QueueItem['quote'] {
  const line = (quote ?? '').replace(/\s+/gu, ' ').trim();
  return (quote ?? '').length <= 200 ? line : `${line.slice(0, 200).replace(/[\ud800-\udbff]$/, '')}…`;
}
