import { createHash } from 'node:crypto';
import { Fault } from '../../../shared/errors.ts';
import type { Indexed } from '../../../shared/contract/search.ts';
import { sha256 } from '../../../shared/model/index.ts';
import { readings } from '../../../shared/text/search-fold.ts';
import type { IndexPosition, SearchIndex } from '../../db/search/search-index.ts';
import { fileOf } from '../../project/sources/layers.ts';
import {
  countNotes,
  layersToIndex,
  memosAfter,
  memosByIds,
  memosOnPassages,
  quotesByIds,
  quotesOfSource,
  sourceIds,
  type NoteRow,
} from './queries.ts';
import { discardIndex, indexForWriting, isDamage, projectAt, searching, type Opened } from './thread.ts';
import type { SearchPlace } from '../../workers/jobs.ts';
import { chunksOf, windowOf, wordsToIndex } from './chunks.ts';

/** Notes a transaction: some 20 ms, in which a reader of the index need not wait. */
const AT_ONCE = 400;
/** Characters of six bits: that a note's text changes and its mark does not happens once in 2 ** 66 times. */
const MARK = 11;
const NOTES = ['passage', 'memo'] as const;
type Note = (typeof NOTES)[number];

export type Tell = (done: number, total: number) => void;

/** Layers this thread could not read: they are tried again when the project is opened again. */
const unreadable = new Set<string>();

/**
 * Brings the index up to the project as it is: what people wrote first, then texts of sources, one transaction each, so
 * that a kill leaves an index that is used. Runs in a thread of the search, the only one that writes.
 */
export function indexProject(place: SearchPlace, tell: Tell): Indexed {
  return searching(() => {
    try {
      return new Indexing(place, tell).run();
    } catch (thrown) {
      if (!isDamage(thrown)) throw thrown;
      // The index, since a layer's damage is caught where it is read; the project's own would come up again.
      discardIndex(place);
      return new Indexing(place, tell).run();
    }
  });
}

class Indexing {
  private readonly opened: Opened;
  private readonly index: SearchIndex;
  private readonly tell: Tell;
  private layersDone = 0;
  private notesDone = 0;
  private total = 0;

  constructor(place: SearchPlace, tell: Tell) {
    this.opened = projectAt(place);
    this.index = indexForWriting(place, this.opened.project.id);
    this.tell = tell;
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
    if (this.layersDone > here.size) this.index.settle();
    const failed = wanted.filter(({ sha256: hash }) => unreadable.has(hash)).length;
    return { done: this.total - failed, total: this.total, failed };
  }

  private told(): void {
    this.tell(Math.min(this.total, this.layersDone + this.notesDone), this.total);
  }

  /** What was written since the index last looked. */
  private catchUp(): void {
    const { project } = this.opened;
    const before = this.index.position();
    const now = project.position();
    if (before === null || !project.passed(before)) this.readAllNotes(now);
    else if (before.commit !== now.commit) this.putTouched(before, now);
  }

  private putTouched(before: IndexPosition, now: IndexPosition): void {
    const { project } = this.opened;
    const touched = Map.groupBy(project.touchedSince(before.commit, NOTES), ({ kind }) => kind);
    const ids = (kind: Note): string[] => (touched.get(kind) ?? []).map(({ id }) => id);
    for (const some of inPieces(ids('passage'))) {
      this.putNotes('passage', some, project.read.all(quotesByIds, { ids: JSON.stringify(some) }));
      const memos = project.read.all(memosOnPassages, { ids: JSON.stringify(some) });
      this.putNotes('memo', [], memos);
    }
    for (const some of inPieces(ids('memo')))
      this.putNotes('memo', some, project.read.all(memosByIds, { ids: JSON.stringify(some) }));
    this.index.writing(() => this.index.setPosition(now));
  }

  /** Every passage and memo: for a new index, and for a project whose log is another than the index knew. */
  private readAllNotes(now: IndexPosition): void {
    const { read } = this.opened.project;
    const gone = new Set(this.index.notes());
    const putAll = (kind: Note, rows: readonly NoteRow[]): void => {
      for (const some of inPieces(rows)) {
        this.putNotes(kind, [], some);
        for (const { id } of some) gone.delete(id);
        this.notesDone += some.length;
        this.told();
      }
    };
    for (const { id } of read.all(sourceIds, {})) putAll('passage', read.all(quotesOfSource, { source: id }));
    for (let after = ''; ;) {
      const rows = read.all(memosAfter, { after, limit: AT_ONCE });
      putAll('memo', rows);
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.id;
    }
    this.index.writing(() => {
      for (const ref of gone) this.index.removeNote(ref);
      this.index.setPosition(now);
    });
  }

  /** One transaction. Of `ids`, those without a row are gone. */
  private putNotes(kind: Note, ids: readonly string[], rows: readonly NoteRow[]): void {
    const there = new Set(rows.map(({ id }) => id));
    this.index.writing(() => {
      for (const id of ids) if (!there.has(id)) this.index.removeNote(id);
      for (const row of rows) this.putNote(kind, row);
    });
    this.told();
  }

  private putNote(kind: Note, { id, source, text }: NoteRow): void {
    if (typeof text !== 'string' || text === '') return this.index.removeNote(id);
    const mark = createHash('sha256')
      .update(`${source ?? ''} ${text}`)
      .digest('base64url')
      .slice(0, MARK);
    if (this.index.markOf(id) === mark) return;
    const folded = readings(text).map((reading) => reading.text);
    this.index.putNote(kind, id, source, mark, folded);
  }

  private putLayers(
    wanted: readonly { readonly source: string; readonly layer: string; readonly sha256: string }[],
    here: ReadonlySet<string>,
  ): void {
    const current = new Set(wanted.map(({ layer }) => layer));
    for (const layer of here) if (!current.has(layer)) this.index.writing(() => this.index.removeLayer(layer));
    for (const { source, layer, sha256: hash } of wanted) {
      if (here.has(layer) || unreadable.has(hash)) continue;
      this.putLayer(source, layer, hash);
      this.layersDone++;
      this.told();
      // Somebody works on while a large project is indexed, and searches for what they just wrote.
      this.catchUp();
    }
  }

  private putLayer(source: string, layer: string, hash: string): void {
    const pieces: { start: number; end: number; page: number; readings: string[] }[] = [];
    try {
      const file = fileOf(this.opened.files, sha256.parse(hash));
      for (const chunk of chunksOf(file)) {
        pieces.push({ ...chunk, readings: wordsToIndex(windowOf(file, chunk), chunk.end - chunk.start) });
        if (pieces.length % 50 === 0) this.told();
      }
    } catch (thrown) {
      if (!(thrown instanceof Fault) || thrown.data.code !== 'DAMAGED') throw thrown;
      unreadable.add(hash);
      return;
    }
    this.index.writing(() => this.index.putLayer(layer, source, pieces));
  }
}

function* inPieces<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += AT_ONCE) yield all.slice(at, at + AT_ONCE);
}
