import { createHash } from 'node:crypto';
import { Fault } from '../../../shared/errors.ts';
import type { Indexed } from '../../../shared/contract/search.ts';
import { sha256 } from '../../../shared/model/index.ts';
import { foldForSearch } from '../../../shared/text/search-fold.ts';
import type { IndexPosition, LayerText, NotePlace, NoteText, SearchIndex } from '../../db/search/search-index.ts';
import { SEGMENT_UNITS } from '../../db/search/segment-writer.ts';
import { fileOf } from '../../project/sources/layers.ts';
import { categoryText } from './category-text.ts';
import {
  categoryRows,
  commentNotes,
  countNotes,
  layersToIndex,
  memosAfter,
  memosByIds,
  memosOnPassages,
  quotesByIds,
  quotesOfSource,
  sourceIds,
  translationNotes,
  type NoteRow,
} from './queries.ts';
import { discardIndex, indexForWriting, isDamage, projectAt, asSearchJob, type Opened } from './thread.ts';
import type { SearchPlace } from '../../workers/jobs.ts';
import { layerText } from './chunks.ts';

/** Notes that are read at once. */
const BATCH = 400;
/** Length of a note's hash in base64url: 66 bits, so that a changed text is practically never missed. */
const MARK = 11;
const NOTES = ['passage', 'translation', 'memo', 'comment', 'category'] as const;
type Note = (typeof NOTES)[number];

export type Report = (done: number, total: number) => void;

/** Layers this thread could not read. They are tried again when the project is reopened. */
const unreadable = new Set<string>();

/**
 * Updates the index: passages and what people wrote first, then the texts of sources, a transaction for each segment, so that a kill leaves a
 * usable index. Runs in a search thread, the only one that writes.
 */
export function indexProject(place: SearchPlace, report: Report): Indexed {
  return asSearchJob(() => {
    try {
      return new Indexing(place, report).run();
    } catch (thrown) {
      if (!isDamage(thrown)) throw thrown;
      // It is the index that is damaged: damaged layers are caught where they are read, and a damaged project would fail again.
      discardIndex(place);
      return new Indexing(place, report).run();
    }
  });
}

class Indexing {
  private readonly opened: Opened;
  private readonly index: SearchIndex;
  private readonly report: Report;
  /** What the next segment is made of. */
  private readonly notes = new Map<string, NoteText>();
  private readonly gone = new Set<string>();
  private noteUnits = 0;
  private layers: LayerText[] = [];
  private layerUnits = 0;
  private unitsWritten = 0;
  private layersDone = 0;
  private notesDone = 0;
  private total = 0;

  constructor(place: SearchPlace, report: Report) {
    this.opened = projectAt(place);
    this.index = indexForWriting(place, this.opened.project.id);
    this.report = report;
  }

  run(): Indexed {
    const { read } = this.opened.project;
    const wanted = read.all(layersToIndex, {});
    const notes = read.get(countNotes, {})?.count ?? 0;
    const here = new Set(this.index.layers());
    this.total = wanted.length + notes;
    this.layersDone = wanted.filter(({ layer }) => here.has(layer)).length;
    this.catchUp();
    this.notesDone = notes;
    this.putLayers(wanted, here);
    this.index.tidy();
    // A few sources at a time, as while an import runs, are moved by SQLite, a thousand pages at once.
    if (this.unitsWritten > SEGMENT_UNITS) this.index.checkpoint();
    const failed = wanted.filter(({ sha256: hash }) => unreadable.has(hash)).length;
    return { done: this.total - failed, total: this.total, failed };
  }

  private reportProgress(): void {
    this.report(Math.min(this.total, this.layersDone + this.notesDone), this.total);
  }

  /** Indexes the edits since the last update. */
  private catchUp(): void {
    const { project } = this.opened;
    const before = this.index.position();
    const now = project.position();
    if (before === null || !project.passed(before)) this.readAllNotes(now);
    else if (before.commit !== now.commit) this.putChanged(before, now);
  }

  private putChanged(before: IndexPosition, now: IndexPosition): void {
    const { project } = this.opened;
    const touched = Map.groupBy(project.touchedSince(before.commit, NOTES), ({ kind }) => kind);
    const ids = (kind: Note): string[] => (touched.get(kind) ?? []).map(({ id }) => id);
    for (const some of inPieces(ids('passage'))) {
      this.putNotes('passage', some, project.read.all(quotesByIds, { ids: JSON.stringify(some) }));
      const on = { ids: JSON.stringify(some) };
      this.putNotes('memo', [], project.read.all(memosOnPassages, on));
      this.putNotes('translation', [], project.read.all(translationNotes.onPassages, on));
      this.putNotes('comment', [], project.read.all(commentNotes.onPassages, on));
    }
    for (const some of inPieces(ids('memo')))
      this.putNotes('memo', some, project.read.all(memosByIds, { ids: JSON.stringify(some) }));
    for (const some of inPieces(ids('translation')))
      this.putNotes('translation', some, project.read.all(translationNotes.byIds, { ids: JSON.stringify(some) }));
    for (const some of inPieces(ids('comment')))
      this.putNotes('comment', some, project.read.all(commentNotes.byIds, { ids: JSON.stringify(some) }));
    if (ids('category').length > 0) this.putNotes('category', ids('category'), this.categories());
    this.writeNotes(now);
  }

  /** Indexes every passage and all that people wrote: for a new index, or if the log no longer contains the commit the index was at. */
  private readAllNotes(now: IndexPosition): void {
    const { read } = this.opened.project;
    const gone = new Set(this.index.notes());
    const putAll = (kind: Note, rows: readonly NoteRow[]): void => {
      for (const some of inPieces(rows)) {
        this.putNotes(kind, [], some);
        for (const { id } of some) gone.delete(id);
        this.notesDone += some.length;
        this.reportProgress();
      }
    };
    for (const { id } of read.all(sourceIds, {})) putAll('passage', read.all(quotesOfSource, { source: id }));
    for (const [kind, rowsAfter] of [
      ['memo', memosAfter],
      ['translation', translationNotes.after],
      ['comment', commentNotes.after],
    ] as const)
      for (let after: string | null = ''; after !== null;) {
        const rows: readonly NoteRow[] = read.all(rowsAfter, { after, limit: BATCH });
        putAll(kind, rows);
        after = rows.at(-1)?.id ?? null;
      }
    const categories = this.categories();
    this.putNotes('category', [], categories);
    for (const { id } of categories) gone.delete(id);
    for (const ref of gone) this.gone.add(ref);
    this.writeNotes(now);
  }

  /** All categories. They are not counted: there are few, and every project has them. */
  private categories(): readonly NoteRow[] {
    const rows = this.opened.project.read.all(categoryRows, {});
    return rows.map((row) => ({ ...NO_PLACE, id: row.id, source: null, text: categoryText(row) }));
  }

  /** Those of `ids` that have no row are removed from the index. */
  private putNotes(kind: Note, ids: readonly string[], rows: readonly NoteRow[]): void {
    const there = new Set(rows.map(({ id }) => id));
    for (const id of ids) if (!there.has(id)) this.dropNote(id);
    for (const row of rows) this.putNote(kind, row);
    if (this.noteUnits > SEGMENT_UNITS) this.writeNotes(null);
    this.reportProgress();
  }

  private putNote(kind: Note, row: NoteRow): void {
    const { id, source, text } = row;
    const place = placeOf(row);
    if (typeof text !== 'string' || text === '') return this.dropNote(id);
    const mark = createHash('sha256')
      .update(`${source ?? ''} ${place === null ? '' : `${place.layer} ${place.start} ${place.end}`} ${text}`)
      .digest('base64url')
      .slice(0, MARK);
    if (!this.gone.has(id) && (this.notes.get(id)?.mark ?? this.index.markOf(id)) === mark) return;
    const folded = foldForSearch(text, 'ignored');
    this.gone.delete(id);
    this.notes.set(id, { kind, ref: id, source, mark, text: folded.text, joins: folded.joins, place });
    this.noteUnits += folded.text.length;
  }
  private dropNote(id: string): void {
    this.notes.delete(id);
    this.gone.add(id);
  }
  /** In one transaction, after which notes are complete up to `upTo`. */
  private writeNotes(upTo: IndexPosition | null): void {
    this.index.writing(() => {
      for (const ref of this.gone) this.index.removeNote(ref);
      this.index.putNotes([...this.notes.values()]);
      if (upTo !== null) this.index.setPosition(upTo);
    });
    this.notes.clear();
    this.gone.clear();
    this.noteUnits = 0;
  }

  private putLayers(
    wanted: readonly { readonly source: string; readonly layer: string; readonly sha256: string }[],
    here: ReadonlySet<string>,
  ): void {
    const current = new Set(wanted.map(({ layer }) => layer));
    for (const layer of here) if (!current.has(layer)) this.index.writing(() => this.index.removeLayer(layer));
    for (const { source, layer, sha256: hash } of this.inOrder(wanted)) {
      if (here.has(layer) || unreadable.has(hash)) continue;
      this.putLayer(source, layer, hash);
      this.layersDone++;
      this.reportProgress();
      // People keep working while a large project is indexed, and search for what they just wrote.
      this.catchUp();
    }
    this.writeLayers();
  }

  /** By the numbers of sources, so that a segment has those that follow each other; new ones last. */
  private inOrder<T extends { readonly source: string }>(wanted: readonly T[]): readonly T[] {
    const numbered = wanted.map((one) => ({ one, number: this.index.findSource(one.source) ?? Infinity }));
    return numbered.sort((a, b) => (a.number === b.number ? 0 : a.number - b.number)).map(({ one }) => one);
  }

  private putLayer(source: string, layer: string, hash: string): void {
    try {
      const file = fileOf(this.opened.files, sha256.parse(hash));
      const text = layerText(file, () => this.reportProgress());
      this.layers.push({ layer, source, ...text });
      this.layerUnits += text.text.length;
    } catch (thrown) {
      if (!(thrown instanceof Fault) || thrown.data.code !== 'DAMAGED') throw thrown;
      unreadable.add(hash);
      return;
    }
    if (this.layerUnits > SEGMENT_UNITS) this.writeLayers();
  }
  /** One transaction. */
  private writeLayers(): void {
    if (this.layers.length > 0) this.index.writing(() => this.index.putLayers(this.layers));
    this.layers = [];
    this.unitsWritten += this.layerUnits;
    this.layerUnits = 0;
  }
}

const NO_PLACE = { layer: null, start: null, end: null } as const;
const placeOf = ({ layer, start, end }: NoteRow): NotePlace | null =>
  layer === null || start === null || end === null ? null : { layer, start: stored(start), end: stored(end) };
/** An anchor from outside can have any number; the index stores none that is larger. */
const stored = (offset: number): number => Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, offset));

function* inPieces<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += BATCH) yield all.slice(at, at + BATCH);
}
