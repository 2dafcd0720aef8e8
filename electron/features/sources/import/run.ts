import type { CallArgs } from '../../../../shared/contract/index.ts';
import type { ImportItem, ImportReport } from '../../../../shared/contract/sources.ts';
import { Fault } from '../../../../shared/errors.ts';
import { assertNamed } from '../../../db/index.ts';
import type { Edit } from '../../../db/types.ts';
import type { WriteContext } from '../../../project/context.ts';
import { checkRecord, recordFields } from '../edits.ts';
import { createAddresses, done, type Importing, item, type Outcome } from './context.ts';
import { takePages } from './archive.ts';
import { askUntilOpen } from './make-source.ts';
import { releaseTaken, importFile, sourceOf } from './one-file.ts';
import { createProgress, failedReport, keepReport, whileRunning, whileUnlisted } from './jobs.ts';
import { type Found, walk } from './walk.ts';

/** Files processed at a time: one more than the pool has workers, so that one is copied while two are read. */
const AT_A_TIME = 3;

type Input = CallArgs<'import.run'>;
type Decided = Extract<Outcome, { kind: 'done' | 'pages' }>;
type Undecided = Exclude<Outcome, Decided>;

/**
 * Imports files. Each file, or each page of an archive, is added, duplicate, skipped or failed, and none stops the others.
 * Passwords and pages of archives are asked for when all other files are done. Cancelling keeps what was added and leaves
 * nothing of the file in progress. Throws PROJECT_READ_ONLY, NAME_NEEDED, BAD_INPUT for invalid details, EXISTS for a job that is running.
 */
export function runImport(context: WriteContext, input: Input): Promise<ImportReport> {
  const progress = createProgress(input.job, (event) => context.emit('import.progress', event));
  const begun = { job: input.job, startedAt: context.now(), progress };
  const run = async (running: Importing['running']): Promise<ImportReport> => {
    const report = await importAs({ context, input, running, progress, act: { first: null } });
    keepReport(context.project, report);
    context.emit('import.done', report);
    return report;
  };
  return whileRunning(context.project, begun, (running) =>
    run(running).catch((thrown: unknown) => {
      // Whoever asked for the import hears of it by the error; a page that is loaded later asks for the report.
      keepReport(context.project, failedReport(input.job, input.paths, thrown));
      throw thrown;
    }),
  );
}

/** Where the edits of an import go that is a part of something else. `onProgress` counts files. */
interface ImportInto {
  readonly collect: (edits: readonly Edit[]) => void;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/** Imports files as {@link runImport} does, but commits nothing and tells no window. */
export function importInto(
  context: WriteContext,
  input: Input,
  { collect, signal, onProgress }: ImportInto,
): Promise<ImportReport> {
  const progress = createProgress(input.job, ({ done: count }) => onProgress(count));
  return whileUnlisted({ job: input.job, startedAt: context.now(), progress }, signal, (running) =>
    importAs({ context, input, running, progress, act: { first: null, collect } }),
  );
}

async function importAs(
  given: Pick<Importing, 'context' | 'input' | 'running' | 'progress' | 'act'>,
): Promise<ImportReport> {
  const { context, input, running, progress } = given;
  if (context.project.readOnly) {
    throw new Fault('PROJECT_READ_ONLY', 'This project is read-only, so nothing can be imported.');
  }
  assertNamed(context.person);
  checkRecord(context.db, recordFields(input.record), { grade: null, gradeReason: null });
  const items = await importAll({
    ...given,
    signal: running.signal,
    passwords: [...input.passwords],
    claims: new Map(),
    addresses: createAddresses(input.pages),
    inTurn: createTurns(),
  });
  progress.end();
  return { job: input.job, items, cancelled: running.signal.aborted };
}

/** The report's lines in the order in which the files were found, without unfinished ones. */
async function importAll(importing: Importing): Promise<ImportItem[]> {
  const { progress, signal, input } = importing;
  const items: (readonly ImportItem[])[] = [];
  const asking: { index: number; outcome: Undecided }[] = [];
  const finish = (index: number, decided: Decided): void => {
    items[index] = decided.kind === 'done' ? [decided.item] : decided.items;
    if (decided.kind === 'done') progress.finished(decided.item);
  };

  const files = createChannel<{ index: number; found: Found }>();
  const find = async (): Promise<void> => {
    try {
      for await (const found of walk(input.paths, input.shortPaths)) {
        if (signal.aborted) break;
        files.put({ index: items.push([]) - 1, found });
        progress.found();
      }
    } finally {
      files.end();
      progress.walked();
    }
  };
  const work = async (): Promise<void> => {
    for (let next = await files.take(); next !== undefined && !signal.aborted; next = await files.take()) {
      const outcome = await importFile(importing, next.found);
      if (outcome.kind === 'done' || outcome.kind === 'pages') finish(next.index, outcome);
      else {
        asking.push({ index: next.index, outcome });
        progress.waits(next.found.path);
      }
    }
  };
  await untilCancelled(signal, [find(), ...Array.from({ length: AT_A_TIME }, work)]);

  asking.sort((a, b) => a.index - b.index);
  for (const { index, outcome } of asking) {
    const decided = await decide(importing, outcome);
    if (decided !== null) finish(index, decided);
  }
  return [...items.flat(), ...(signal.aborted ? [] : missingPages(importing))];
}

/** Waits for all of them, so that none is left running. Cancelling is not a failure. */
async function untilCancelled(signal: AbortSignal, work: readonly Promise<unknown>[]): Promise<void> {
  for (const one of await Promise.allSettled(work)) {
    if (one.status === 'rejected' && !isCancelled(signal, one.reason)) throw one.reason;
  }
}

const isCancelled = (signal: AbortSignal, reason: unknown): boolean =>
  signal.aborted && reason instanceof Fault && reason.data.code === 'CANCELLED';

/** Asks the person about a file and releases its originals. Null if the import was cancelled. */
async function decide(importing: Importing, outcome: Undecided): Promise<Decided | null> {
  const { signal, context } = importing;
  const { taken } = outcome.kind === 'protected' ? outcome.candidate : outcome;
  let decided: Decided | null = null;
  try {
    if (!signal.aborted) decided = await ask(importing, outcome);
  } catch (thrown) {
    if (!isCancelled(signal, thrown)) throw thrown;
  } finally {
    const held = [...new Set([taken.sha256, ...taken.parts.map((part) => part.sha256)])];
    releaseTaken(context, held, decided === null ? null : sourceOf(decided));
  }
  return decided;
}

async function ask(importing: Importing, outcome: Undecided): Promise<Decided | null> {
  if (outcome.kind === 'protected') {
    const answered = await askUntilOpen(importing, outcome);
    return answered === null ? null : done(answered);
  }
  const { context, input, running } = importing;
  const { taken, contents } = outcome;
  const asked = { job: input.job, path: taken.found.path, archive: contents.archive, pages: [...contents.pages] };
  const choice = running.askPages(asked);
  context.emit('import.pages', asked);
  const keys = new Set(await choice);
  if (running.signal.aborted) return null;
  const chosen = contents.pages.filter((page) => keys.has(page.key));
  if (chosen.length > 0) return takePages(importing, taken, contents, chosen);
  const error = {
    code: 'CANCELLED',
    message: 'You didn’t select any of its pages, so nothing was imported.',
  } as const;
  return done(item(taken.found, 'skipped', { error }));
}

/** The addresses that are in no archive of the import, as failed items. */
function missingPages({ addresses, progress }: Importing): ImportItem[] {
  return addresses.missing().map(({ address, archive }) => {
    progress.found();
    const message =
      archive === null
        ? `None of these files is a web archive that could contain ${address}.`
        : `No archive here contains ${address}. “sourcebook pages FILE” lists an archive’s pages.`;
    const missing: ImportItem = {
      path: archive ?? '',
      page: address,
      status: 'failed',
      source: null,
      error: { code: 'NOT_FOUND', message, context: { page: address } },
      notes: [],
    };
    progress.finished(missing);
    return missing;
  });
}

/** A queue that several consumers empty while it is still being filled. */
interface Channel<T> {
  put(item: T): void;
  /** No more items will come; waiting consumers get undefined. */
  end(): void;
  /** The next item; undefined when the channel has ended and is empty. */
  take(): Promise<T | undefined>;
}

function createChannel<T>(): Channel<T> {
  const items: T[] = [];
  const takers: ((item: T | undefined) => void)[] = [];
  let ended = false;
  return {
    put: (item) => {
      const taker = takers.shift();
      if (taker === undefined) items.push(item);
      else taker(item);
    },
    end: () => {
      ended = true;
      for (const taker of takers.splice(0)) taker(undefined);
    },
    take: () => {
      if (items.length > 0 || ended) return Promise.resolve(items.shift());
      return new Promise((resolve) => takers.push(resolve));
    },
  };
}

/** Runs pieces of work one after the other, in order. One that fails does not stop the others. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  };
}
