import { Fault } from '../../../shared/errors.ts';
import { layerEngine, sha256, sourceId } from '../../../shared/model/index.ts';
import { query } from '../../db/types.ts';
import { perProject, type ReadContext } from '../context.ts';
import { Installations } from '../people/installations.ts';
import { hasOnlyGrown, type ReadAt, readAt } from '../read-at.ts';
import { readCards } from './cards.ts';
import { rowsOf, type SourceOfRows, type TableFigure } from './rows.ts';
import { SameValues } from './same-values.ts';
import { kindsSince, sourcesSince, spansInSource, spansOfPassages } from './queries.ts';
import { choicesOf, decidedBySource } from '../places/choices.ts';
import { contextOf } from '../places/context.ts';
import { addedOf, finderFor, ownOf } from '../places/own.ts';
import { placeTreeOf } from '../places/tree.ts';
import type { SpansRead, SpansToRead } from '../../workers/jobs.ts';

interface SourceToRead {
  readonly id: string;
  readonly title: string | null;
  readonly fileName: string | null;
  readonly publisher: string | null;
  readonly grade: string | null;
  readonly language: string | null;
  readonly layer: string;
  readonly sha256: string | null;
  readonly engine: string | null;
  readonly dates: string;
}
const sourcesToRead = query<Record<string, never>, SourceToRead>(
  'figures.sourcesToRead',
  `SELECT s.id, s.title, s.fileName, s.publisher, s.grade, s.language, s.layer, l.sha256, l.engine,
     json_array(s.dateOfDocument, s.dateOfPublication, s.dateOfAct) AS dates
   FROM p_source s JOIN p_layer l ON l.id = s.layer WHERE s.deleted IS NOT 1`,
);
export interface TableFigures {
  readonly figures: readonly TableFigure[];
  readonly unread: number;
  readonly more: boolean;
}

interface KeptSource {
  readonly key: string;
  /** Null if its text can’t be read. */
  readonly read: SpansRead | null;
  readonly rows: readonly TableFigure[];
}
interface State {
  /** For each source: the figures found, the key of what was read, and its rows. */
  readonly sources: Map<string, KeptSource>;
  /** The state of the project in which `sources` were read. */
  at: ReadAt | null;
  /** Which keys counted as the same person. */
  eyes: string;
  head: string | null;
  made: TableFigures | null;
  running: Promise<TableFigures> | null;
}
const stateOf = perProject((): State => ({
  sources: new Map(),
  at: null,
  eyes: '',
  head: null,
  made: null,
  running: null,
}));

/** At most this many figures of all sources together are kept. */
const MOST = 200_000;
const TIMEOUT = 5 * 60_000;
const REPORT_EVERY = 200;

/** The kept result of `allFigures` if the project has not changed since and every figure is in it; else null. */
export function keptFigures(context: ReadContext): readonly TableFigure[] | null {
  const { made, head } = stateOf(context);
  const isWhole = made !== null && made.unread === 0 && !made.more;
  return isWhole && head === context.project.head() ? made.figures : null;
}

/** All cards, and the figures that the rules find in passages. A worker reads a source again only if its text, record, passages or cards changed. */
export async function allFigures(context: ReadContext): Promise<TableFigures> {
  const state = stateOf(context);
  const head = context.project.head();
  if (state.made !== null && state.head === head) return state.made;
  if (state.running !== null) return state.running;
  const at = readAt(context);
  const eyes = new Installations(context.db).summary();
  if (state.eyes !== eyes) state.at = null;
  state.eyes = eyes;
  state.running = readAll(context, state, at)
    .then((made) => {
      state.made = made;
      state.at = at;
      state.head = head;
      return made;
    })
    .finally(() => {
      state.running = null;
    });
  return state.running;
}

type Span = readonly [start: number, end: number];
type Wanted = SourceToRead & SourceOfRows;

/** Kinds of record that affect the figures of every source. Passages and cards affect one source only. */
const EVERYWHERE: ReadonlySet<string> = new Set(['place', 'placename', 'placechoice']);

/** The sources that changed between two states; null if any source may have changed. */
function changedSince(context: ReadContext, before: ReadAt | null, now: ReadAt): ReadonlySet<string> | null {
  if (before === null || !hasOnlyGrown(context, before, now)) return null;
  const { db } = context;
  if (db.all(kindsSince, { c: before.c }).some(({ kind }) => EVERYWHERE.has(kind))) return null;
  return new Set(db.all(sourcesSince, { c: before.c }).flatMap(({ source }) => source ?? []));
}

/** For more sources than this, one query reads all sources: that is faster than one query each. */
const FEW = 20;

/** The records, passages and cards of some sources. */
function wantedOf(context: ReadContext, sources: readonly SourceToRead[]): Wanted[] {
  const { db } = context;
  if (sources.length <= FEW)
    return sources.map((one) => ({
      ...one,
      spans: db.all(spansInSource, { source: one.id }),
      cards: readCards(context, sourceId.parse(one.id)),
    }));
  const spans = Map.groupBy(db.all(spansOfPassages, {}), ({ source }) => source);
  const cards = Map.groupBy(readCards(context), (card) => card.sourceId);
  return sources.map((one) => ({
    ...one,
    spans: spans.get(one.id) ?? [],
    cards: cards.get(sourceId.parse(one.id)) ?? [],
  }));
}

async function readAll(context: ReadContext, { sources: kept, at: before }: State, now: ReadAt): Promise<TableFigures> {
  const changed = changedSince(context, before, now);
  const sources = context.db.all(sourcesToRead, {});
  const wanted = wantedOf(
    context,
    sources.filter(({ id }) => changed === null || changed.has(id) || (kept.get(id)?.read ?? null) === null),
  );
  const isThere = new Set(sources.map(({ id }) => id));
  for (const id of kept.keys()) if (!isThere.has(id)) kept.delete(id);
  if (wanted.length > 0) await readEach(context, kept, wanted);
  const figures: TableFigure[] = [];
  let [unread, more] = [0, false];
  for (const { id } of sources) {
    const { read = null, rows = [] } = kept.get(id) ?? {};
    if (read === null) unread += 1;
    more ||= read?.more === true || figures.length >= MOST;
    if (figures.length < MOST) for (const row of rows) figures.push(row);
  }
  return { figures, unread, more };
}

const NOTHING_TO_READ: SpansRead = { figures: [], cards: [], more: false };

async function readEach(context: ReadContext, kept: State['sources'], wanted: readonly Wanted[]): Promise<void> {
  const own = ownOf(context.db);
  const { byId } = placeTreeOf(own);
  const nameOf = (place: string): string => byId.get(place)?.name ?? place;
  const reader = new Reader(context, own);
  const full = wanted.filter(({ spans, cards }) => spans.length + cards.length > 0);
  for (const { id, spans, cards } of wanted)
    if (spans.length + cards.length === 0) kept.set(id, { key: '', read: NOTHING_TO_READ, rows: [] });
  for (const [at, source] of full.entries()) {
    if (context.interrupted()) throw new Fault('CANCELLED', 'Stopped before all texts were read.');
    const key = reader.keyOf(source);
    const known = kept.get(source.id);
    const read = known?.key === key && known.read !== null ? known.read : await reader.read(source, at, full.length);
    kept.set(source.id, { key, read, rows: read === null ? [] : rowsOf(source, read, nameOf) });
  }
  if (reader.hasRead) context.emit('figures.progress', { done: full.length, total: full.length });
}

/** Reads texts in workers and reports progress. */
class Reader {
  hasRead = false;
  private readonly context: ReadContext;
  private readonly added: ReturnType<typeof addedOf>;
  private readonly own: string;
  private readonly decided: ReturnType<typeof decidedBySource>;
  private reported = performance.now();
  private readonly values = new SameValues();

  constructor(context: ReadContext, own: ReturnType<typeof ownOf>) {
    this.context = context;
    this.added = addedOf(own);
    this.own = JSON.stringify(own);
    this.decided = decidedBySource(choicesOf(context.db));
  }

  /** The cache key of a source's figures: the hash of its text, its record, decisions on places, and the spans of its passages and cards. */
  keyOf({ id, sha256: hash, engine, title, publisher, dates, spans, cards }: Wanted): string {
    const places = spans.map(({ start, end }) => `${start} ${end}`).join(',');
    const read = cards.map(({ start, end }) => `${start} ${end}`).join(',');
    const decided = [...(this.decided.get(id) ?? [])];
    return JSON.stringify([hash, engine, title, publisher, dates, decided, places, read, this.own]);
  }

  /** Returns null for a text that can’t be read; verifying the project reports it. */
  async read(source: Wanted, done: number, total: number): Promise<SpansRead | null> {
    this.hasRead = true;
    if (performance.now() - this.reported > REPORT_EVERY) {
      this.reported = performance.now();
      this.context.emit('figures.progress', { done, total });
    }
    const input = this.inputOf(source);
    if (input === null) return null;
    try {
      return sharing(this.values, await this.context.pool.run('figuresInSpans', input, { timeoutMs: TIMEOUT }));
    } catch (thrown) {
      if (thrown instanceof Fault && thrown.data.code !== 'CANCELLED') return null;
      throw thrown;
    }
  }

  private inputOf(source: Wanted): SpansToRead | null {
    const { db, project } = this.context;
    const layer = sha256.safeParse(source.sha256).data;
    const engine = layerEngine.safeParse(source.engine).data;
    if (layer === undefined || engine === undefined) return null;
    const around = contextOf(db, finderFor(this.added), source.id, this.decided.get(source.id));
    const span = ({ start, end }: { readonly start: number; readonly end: number }): Span => [start, end];
    const cards = source.cards.filter((card) => card.layer === source.layer);
    return {
      folder: project.folder,
      layer,
      engine,
      added: this.added,
      context: around,
      spans: source.spans.map(span),
      cards: cards.map(span),
    };
  }
}

/** A worker's result in which equal values share one object. */
function sharing(values: SameValues, { figures, cards, more }: SpansRead): SpansRead {
  return {
    figures: figures.map((one) => values.found(one)),
    cards: cards.map((one) => ({ ...one, before: values.word(one.before), after: values.word(one.after) })),
    more,
  };
}
