import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { Indexed, search } from '../../../shared/contract/search.ts';
import { type SourceId, sourceId } from '../../../shared/model/index.ts';
import { type Handlers, perProject, type ReadContext } from '../../project/context.ts';
import { withEvidence } from '../../project/evidence/read-set.ts';
import { sourcesUnread } from '../../project/evidence/sources-read.ts';
import type { SearchFound, SearchPlace } from '../../workers/jobs.ts';
import { makePassages, spansOfHits } from './make-passages.ts';
import { resolvedQuery } from './resolve.ts';

/** How long a search waits for recent edits to be indexed, in milliseconds. A large import takes longer. */
const WAIT = 300;
/** Names of places are read once nothing was written for so long, in milliseconds. */
const QUIET = 1000;
/** Progress is reported after half a second, then five times a second. */
const QUIET_START = 500;
const REPORT_EVERY = 200;
/** A job without progress for so long, in milliseconds, is stopped. The next search continues it. */
const TIMEOUT = 600_000;

const NOTHING_YET: SearchFound = {
  total: 0,
  complete: true,
  sources: [],
  unlisted: [],
  contents: 0,
  hits: [],
  next: null,
  faults: [],
  reading: '',
};

/** The engine's view of a project's index. Only the search threads read and write the index. */
class ProjectSearch {
  private readonly context: ReadContext;
  private readonly place: SearchPlace;
  private indexed: Indexed = { done: 0, total: 0, failed: 0 };
  /** The head of the log that the index includes; undefined if not known yet. */
  private head: string | null | undefined;
  private running: Promise<void> | null = null;
  /** Reading names of places, and the part of it that writes to the index. */
  private placing = false;
  private writing: Promise<unknown> = Promise.resolve();
  private isClosed = false;
  /** The head of the log when nothing had been written for a while. */
  private quietHead: string | null | undefined;
  /** When a search ended last. */
  private searchedAt = -Infinity;
  private began = 0;
  private reportedAt: number | null = null;

  constructor(context: ReadContext) {
    this.context = context;
    this.place = placeOf(context);
    context.atClose(() => {
      this.isClosed = true;
    });
  }

  /** Starts indexing what is not indexed yet. */
  prepare(): Indexed {
    if (this.running === null && this.head !== this.context.project.head()) {
      const running = this.run().finally(() => {
        this.running = null;
        void this.readPlaces();
      });
      // A query that waits gets the failure; if none does, the next one tries again.
      running.catch(() => undefined);
      this.running = running;
    }
    return this.indexed;
  }

  async query(input: CallArgs<'search.query'>): Promise<CallOutput<'search.query'>> {
    const { after = null, perSource = null, unread, ...asked } = input;
    const { faults: wrong, ...resolved } = await resolvedQuery(this.context, input.query);
    if (wrong.length > 0) return this.answer({ ...NOTHING_YET, faults: wrong });
    const sources = unread ? await this.unread(input.sources) : input.sources;
    // No source at all would be read as every source.
    if (unread && sources.length === 0) return this.answer(NOTHING_YET);
    const question = { ...asked, ...resolved, sources };
    const ask = async (): Promise<SearchFound | null> => {
      this.prepare();
      if (this.running !== null) await (input.whole ? this.running : soon(this.running));
      const found = await this.context.searchers.run('searchQuery', { ...this.place, ...question, perSource, after });
      this.searchedAt = performance.now();
      return found;
    };
    let found = await ask();
    if (found === null) {
      // The index was deleted or damaged, or is still being created.
      this.head = undefined;
      found = await ask();
    }
    return this.answer(found ?? NOTHING_YET);
  }

  private async unread(among: readonly SourceId[]): Promise<SourceId[]> {
    const all = await withEvidence(this.context, {}, (evidence) => sourcesUnread(this.context, evidence));
    const unread = sourceId.array().parse(all);
    return among.length === 0 ? unread : unread.filter((id) => among.includes(id));
  }

  private answer({ sources, unlisted, hits, faults, ...rest }: SearchFound): CallOutput<'search.query'> {
    return {
      ...rest,
      sources: [...sources],
      unlisted: [...unlisted],
      hits: [...hits],
      faults: faults.map(({ mends, ...fault }) => ({ ...fault, mends: [...mends] })),
      indexed: this.indexed,
    };
  }

  private async run(): Promise<void> {
    const { project, searchers } = this.context;
    this.began = performance.now();
    this.reportedAt = null;
    await this.writing;
    for (let head: string | null = null; head !== project.head() || this.head !== head;) {
      head = project.head();
      this.indexed = await searchers.run('searchIndex', this.place, {
        timeoutMs: TIMEOUT,
        onProgress: ({ done, total }) => this.progress(done ?? 0, total ?? 0),
      });
      this.head = head;
    }
    if (this.reportedAt !== null) this.context.emit('search.progress', this.indexed);
  }

  /**
   * Reads the names of places in what is indexed, a little at a time, while nothing is imported or indexed. Until then a search reads the
   * texts itself.
   */
  private async readPlaces(): Promise<void> {
    if (this.placing) return;
    this.placing = true;
    try {
      for (let left = 1; left > 0;) {
        await this.quiet();
        if (this.isClosed) return;
        const reading = this.context.searchers.run('searchPlaces', this.place);
        this.writing = reading.catch(() => undefined);
        ({ left } = await reading);
      }
    } catch {
      // The texts are read by each search then, and this is tried again after the next edit.
    } finally {
      this.placing = false;
    }
  }

  /**
   * Waits until nothing was written for a while, as an import does all the time, and nothing was searched for: what a search keeps for the
   * next one is of no use once the index was written to. Within a category, 26 ms became 200.
   */
  private async quiet(): Promise<void> {
    while (!this.isClosed) {
      const head = this.context.project.head();
      const isSearching = performance.now() - this.searchedAt < QUIET;
      if (this.running === null && head === this.quietHead && !isSearching) return;
      await pause(QUIET, undefined, { ref: false });
      if (head === this.context.project.head()) this.quietHead = head;
    }
  }

  private progress(done: number, total: number): void {
    this.indexed = { done, total, failed: this.indexed.failed };
    const now = performance.now();
    if (now - this.began < QUIET_START || (this.reportedAt !== null && now - this.reportedAt < REPORT_EVERY)) return;
    this.reportedAt = now;
    this.context.emit('search.progress', this.indexed);
  }
}

/** Waits for a short time. What is not indexed by then is found by the next search. Rejects at once if indexing fails. */
async function soon(running: Promise<void>): Promise<void> {
  const waited = Promise.withResolvers<void>();
  const timer = setTimeout(waited.resolve, WAIT);
  try {
    await Promise.race([running, waited.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** The index of a read-only project is in a temporary folder while it is open. */
function placeOf(context: ReadContext): SearchPlace {
  const { folder, readOnly } = context.project;
  if (!readOnly) return { folder, readOnly, cache: join(folder, 'cache', 'search.sqlite') };
  const temporary = mkdtempSync(join(tmpdir(), 'sourcebook-search-'));
  context.atClose(() => rmSync(temporary, { recursive: true, force: true }));
  return { folder, readOnly, cache: join(temporary, 'search.sqlite') };
}

const searchOf = perProject((context: ReadContext) => new ProjectSearch(context));

/** One search over texts, quotations and memos: shared/contract/search.ts. */
export const searchHandlers: Handlers<typeof search> = {
  'search.query': (context, input) => searchOf(context).query(input),
  'search.prepare': (context) => searchOf(context).prepare(),
  'search.spans': spansOfHits,
  'search.makePassages': makePassages,
};
