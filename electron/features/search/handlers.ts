import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { Indexed, search } from '../../../shared/contract/search.ts';
import type { ReadContext, Handlers } from '../../project/context.ts';
import type { SearchFound, SearchPlace } from '../../workers/jobs.ts';

/** So long a search waits for what was just written to be indexed; a large import takes longer. Milliseconds. */
const WAIT = 300;
/** Progress is told when it takes longer than half a second, and five times a second then. */
const UNTOLD = 500;
const EVERY = 200;
/** A job without a word of progress for so long is ended, and begun again where it was. */
const QUIET = 600_000;

const NOTHING_YET: SearchFound = { total: 0, complete: true, hits: [], next: null };

/** What the engine knows of a project's index: it neither reads nor writes it, threads of the search do. */
class Searching {
  private readonly context: ReadContext;
  private readonly place: SearchPlace;
  private indexed: Indexed = { done: 0, total: 0, failed: 0 };
  /** The log's head that the index has reached; undefined before it was looked at. */
  private head: string | null | undefined;
  private running: Promise<void> | null = null;
  private began = 0;
  private toldAt: number | null = null;

  constructor(context: ReadContext) {
    this.context = context;
    this.place = placeOf(context);
  }

  /** Begins to index what is not indexed yet. */
  prepare(): Indexed {
    if (this.running === null && this.head !== this.context.project.head()) {
      const running = this.run().finally(() => (this.running = null));
      // Whoever waits hears of a failure; where nobody does, the next search tries again.
      running.catch(() => undefined);
      this.running = running;
    }
    return this.indexed;
  }

  async query(input: CallArgs<'search.query'>): Promise<CallOutput<'search.query'>> {
    const { after = null, ...question } = input;
    const ask = async (): Promise<SearchFound | null> => {
      this.prepare();
      if (this.running !== null) await (input.whole ? this.running : soon(this.running));
      return this.context.searchers.run('searchQuery', { ...this.place, ...question, after });
    };
    let found = await ask();
    if (found === null) {
      // Somebody deleted the cache, or it was damaged; or it is still being made, and there is nothing in it yet.
      this.head = undefined;
      found = await ask();
    }
    const { total, complete, hits, next } = found ?? NOTHING_YET;
    return { total, complete, hits: [...hits], next, indexed: this.indexed };
  }

  private async run(): Promise<void> {
    const { project, searchers } = this.context;
    this.began = performance.now();
    this.toldAt = null;
    for (let head: string | null = null; head !== project.head() || this.head !== head;) {
      head = project.head();
      this.indexed = await searchers.run('searchIndex', this.place, {
        timeoutMs: QUIET,
        onProgress: ({ page, pages }) => this.progress(page ?? 0, pages ?? 0),
      });
      this.head = head;
    }
    if (this.toldAt !== null) this.context.emit('search.progress', this.indexed);
  }

  private progress(done: number, total: number): void {
    this.indexed = { done, total, failed: this.indexed.failed };
    const now = performance.now();
    if (now - this.began < UNTOLD || (this.toldAt !== null && now - this.toldAt < EVERY)) return;
    this.toldAt = now;
    this.context.emit('search.progress', this.indexed);
  }
}

/** Waits a little. What is not indexed by then is found with the next search; a failure is told at once. */
async function soon(running: Promise<void>): Promise<void> {
  const waited = Promise.withResolvers<void>();
  const timer = setTimeout(waited.resolve, WAIT);
  try {
    await Promise.race([running, waited.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** A project that cannot be written has its index in a folder of its own, for as long as it is open. */
function placeOf(context: ReadContext): SearchPlace {
  const { folder, readOnly } = context.project;
  if (!readOnly) return { folder, readOnly, cache: join(folder, 'cache', 'search.sqlite') };
  const temporary = mkdtempSync(join(tmpdir(), 'sourcebook-search-'));
  context.atClose(() => rmSync(temporary, { recursive: true, force: true }));
  return { folder, readOnly, cache: join(temporary, 'search.sqlite') };
}

/** By project: it ends with the engine. */
const all = new WeakMap<ReadContext['project'], Searching>();

function searchingIn(context: ReadContext): Searching {
  const known = all.get(context.project) ?? new Searching(context);
  all.set(context.project, known);
  return known;
}

/** One search over texts, quotations and memos: shared/contract/search.ts. */
export const searchHandlers: Handlers<typeof search> = {
  'search.query': (context, input) => searchingIn(context).query(input),
  'search.prepare': (context) => searchingIn(context).prepare(),
};
