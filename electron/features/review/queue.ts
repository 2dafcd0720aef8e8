import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { passageId, sourceId } from '../../../shared/model/index.ts';
import {
  countsOf,
  isInOtherLanguage,
  leadersOf,
  waitingAt,
  type Actor,
  type Waiting,
} from '../../../shared/review/queues.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import { hasOnlyGrown, type ReadAt, readAt } from '../../project/read-at.ts';
import { namer, peopleOf } from './people.ts';
import { parsed } from '../../../shared/changes/canonical.ts';
import type { QueueItem } from '../../../shared/contract/review.ts';
import { checkersOf } from '../../../shared/review/status.ts';
import { passagesAt, placeKeys } from '../../project/passages/places.ts';
import { settingsOfPassages, tagsOfPassages } from '../../project/passages/queries.ts';
import { Installations } from '../../project/people/installations.ts';
import { contributionsOf } from '../../project/review/contributors.ts';
import { decisionsOfPassages, passagesSince } from '../../project/review/queries.ts';
import type { ReviewReader } from '../../project/review/moves.ts';
import { reviewedOf } from '../../project/review/state.ts';
import { liveSources } from '../../project/sources/live-sources.ts';
import { allQueueRows, openMentions, type QueueRow, queueRowsOf } from './queries.ts';

/** The passages in a queue, oldest first, with the number in every queue under the same filter. */
export function queueOf(
  context: ReadContext,
  { queue, filter, limit }: CallArgs<'review.queue'>,
): CallOutput<'review.queue'> {
  const sources = sourcesOf(context);
  const people = peopleOf(context);
  const nameOf = namer(context);
  const me = people.find(({ id }) => id === context.person.id);
  const eyes = new Set([context.person.id, ...new Installations(context.db).oneWith(context.person.id)]);
  const actor: Actor = { id: context.person.id, eyes, roles: me?.roles ?? [] };
  const entries = [...entriesOf(context, sources).values()].filter(({ row }) => sources.has(row.source));
  const places = [...Map.groupBy(entries, placeKeyOf(entries)).values()].filter((place) =>
    fits(place, filter, sources),
  );
  const waiting = places
    .flatMap((place): [Entry, ...Entry[]][] => {
      const [first] = waitingAt(queue, place, actor).toSorted(byTime);
      return first === undefined ? [] : [[first, ...place.filter((one) => one !== first).sort(byTime)]];
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
    counts: countsOf(places, actor),
  };
}

const byTime = (a: Entry, b: Entry): number => a.at - b.at || (a.row.id < b.row.id ? -1 : 1);

/** Passages at one place are one item, in one queue: it has everyone’s coding of the same words. */
function placeKeyOf(entries: readonly Entry[]): (one: Entry) => string {
  const keyOf = placeKeys(entries.map(({ row }) => row));
  return ({ row }) => keyOf(row);
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
interface CachedEntries {
  readonly entries: Map<string, Entry>;
  /** Who counted as one with whom. */
  readonly eyes: string;
  at: ReadAt;
}

/**
 * Every live passage as the queues need it, cached for each open project and updated from the commits since: working through
 * a queue asks again after every step. Measured: 100,000 passages are read once; after that a step costs a few milliseconds.
 */
const cachedEntries = perProject((): { cached: CachedEntries | null } => ({ cached: null }));

function entriesOf(reader: ReviewReader, sources: ReadonlyMap<string, SourceRow>): ReadonlyMap<string, Entry> {
  const now = readAt(reader);
  const state = cachedEntries(reader);
  const before = state.cached;
  const eyes = new Installations(reader.db).summary();
  if (before === null || before.eyes !== eyes || !hasOnlyGrown(reader, before.at, now)) {
    const entries = new Map(made(reader, reader.db.all(allQueueRows, {}), sources).map((one) => [one.row.id, one]));
    state.cached = { entries, eyes, at: now };
    return entries;
  }
  if (before.at.c !== now.c) {
    const since = reader.db.all(passagesSince, { c: before.at.c }).flatMap(({ passage }) => passage ?? []);
    const changed = withThoseBeside(reader, since, before.entries);
    for (const id of changed) before.entries.delete(id);
    const rows = reader.db.all(queueRowsOf, { ids: JSON.stringify(changed) });
    for (const one of made(reader, rows, sources)) before.entries.set(one.row.id, one);
    before.at = now;
  }
  return before.entries;
}

/** Also the passages at the places where these are and were: four eyes judge a place as a whole. */
function withThoseBeside(
  { db }: ReviewReader,
  changed: readonly string[],
  entries: ReadonlyMap<string, Entry>,
): readonly string[] {
  const were = changed.flatMap((id) => entries.get(id)?.beside ?? []);
  return [...new Set([...changed, ...were, ...passagesAt(db, changed).flat()])];
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
  const decided = new Map(reader.db.all(decisionsOfPassages, { ids }).map((row) => [row.passage, row.person]));
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
