import type { CallArgs } from '../../../../shared/contract/index.ts';
import type { ImportItem, ImportReport } from '../../../../shared/contract/sources.ts';
import { Fault } from '../../../../shared/errors.ts';
import type { WriteContext } from '../../../engine/feature.ts';
import { checkRecord, recordFields } from '../record-edits.ts';
import { createChannel, createTurns } from './channel.ts';
import { release } from './holds.ts';
import { importFile, item, settle, type Importing, type Outcome } from './one-file.ts';
import { createProgress } from './progress.ts';
import { type Running, whileRunning } from './running.ts';
import { type Found, walk } from './walk.ts';

/** Files in work at a time: one more than the pool has workers, so that one is copied while two are read. */
const AT_A_TIME = 3;

type Input = CallArgs<'import.run'>;
type Protected = Extract<Outcome, { kind: 'protected' }>;

/**
 * Brings files in: each ends as added, duplicate, skipped or failed, and none stops the others. Protected ones are asked
 * about when all others are done. Cancelling ends it between two files or in the middle of one, of which nothing is
 * left; what was added stays. Throws PROJECT_READ_ONLY, BAD_INPUT for a record that cannot be set, EXISTS for a job that is running.
 */
export function runImport(context: WriteContext, input: Input): Promise<ImportReport> {
  const progress = createProgress(input.job, (event) => context.emit('import.progress', event));
  const begun = { job: input.job, startedAt: context.now(), progress };
  return whileRunning(context.project, begun, async (running) => {
    if (context.project.readOnly) {
      throw new Fault('PROJECT_READ_ONLY', 'This project is open for reading only, so nothing can be brought in.');
    }
    checkRecord(context.db, recordFields(input.record), { grade: null, gradeReason: null });
    const importing: Importing = {
      context,
      signal: running.signal,
      progress,
      record: input.record,
      passwords: [...input.passwords],
      claims: new Map(),
      inTurn: createTurns(),
    };
    const items = await importAll(importing, input, running);
    progress.end();
    const report: ImportReport = { job: input.job, items, cancelled: running.signal.aborted };
    context.emit('import.done', report);
    return report;
  });
}

/** The report's lines in the order in which the files were found; those that were not finished are not in it. */
async function importAll(importing: Importing, input: Input, running: Running): Promise<ImportItem[]> {
  const { progress, signal } = importing;
  const items: (ImportItem | null)[] = [];
  const asking: { index: number; outcome: Protected }[] = [];
  const finish = (index: number, finished: ImportItem): void => {
    items[index] = finished;
    progress.finished(finished);
  };

  const files = createChannel<{ index: number; found: Found }>();
  const find = async (): Promise<void> => {
    try {
      for await (const found of walk(input.paths, input.shortPaths)) {
        if (signal.aborted) break;
        files.put({ index: items.push(null) - 1, found });
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
      if (outcome.kind === 'done') finish(next.index, outcome.item);
      else {
        asking.push({ index: next.index, outcome });
        progress.waits(next.found.path);
      }
    }
  };
  await untilCancelled(signal, [find(), ...Array.from({ length: AT_A_TIME }, work)]);

  asking.sort((a, b) => a.index - b.index);
  for (const { index, outcome } of asking) {
    const answered = await decide(importing, input, running, outcome);
    if (answered !== null) finish(index, answered);
  }
  return items.filter((one) => one !== null);
}

/** Waits for all of them, so that none is left running; being cancelled is no failure. */
async function untilCancelled(signal: AbortSignal, work: readonly Promise<unknown>[]): Promise<void> {
  for (const one of await Promise.allSettled(work)) {
    if (one.status === 'rejected' && !isCancelled(signal, one.reason)) throw one.reason;
  }
}

const isCancelled = (signal: AbortSignal, reason: unknown): boolean =>
  signal.aborted && reason instanceof Fault && reason.data.code === 'CANCELLED';

/** What becomes of a protected file, whose original is held until then. Null when the import was cancelled before. */
async function decide(
  importing: Importing,
  input: Input,
  running: Running,
  first: Protected,
): Promise<ImportItem | null> {
  let answered: ImportItem | null = null;
  try {
    if (!running.signal.aborted) answered = await askUntilOpen(importing, input, running, first);
  } catch (thrown) {
    if (!isCancelled(running.signal, thrown)) throw thrown;
  } finally {
    release(importing.context, first.taken.sha256, (answered?.source ?? null) !== null);
  }
  return answered;
}

/** Asks for a file's password until one fits or the file is skipped. */
async function askUntilOpen(
  importing: Importing,
  { job, askPassword }: Input,
  running: Running,
  first: Protected,
): Promise<ImportItem | null> {
  const { taken } = first;
  const { path } = taken.found;
  // An answer for an earlier file may fit this one too.
  let outcome: Outcome = importing.passwords.length === 0 ? first : await settle(importing, taken);
  let asked = false;
  while (outcome.kind === 'protected') {
    if (!askPassword) return item(taken.found, 'failed', { error: outcome.error });
    const answer = running.answer(path, asked);
    importing.context.emit('import.password', { job, path, wrong: asked });
    const password = await answer;
    if (running.signal.aborted) return null;
    if (password === null) return item(taken.found, 'skipped', { error: outcome.error });
    asked = true;
    importing.passwords.push(password);
    outcome = await settle(importing, taken);
  }
  return outcome.item;
}
