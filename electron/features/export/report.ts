import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { exportFault } from '../../../shared/file-faults.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { WriteContext } from '../../project/context.ts';
import { assertAbsent } from '../../project/export/project-file.ts';
import { csvReport } from '../../formats/report/csv.ts';
import { htmlReport } from '../../formats/report/html.ts';
import type { Piece } from '../../formats/report/model.ts';
import { besideOf, goOn, tell } from './partial-file.ts';
import { collect } from './report-content.ts';

/**
 * Writes a report on the evidence that fits a selection, for people without Sourcebook. It is written to a temporary file and then
 * renamed: if stopped or killed, a former file stays as it was. EXISTS; NOT_FOUND if nothing fits or the folder does not exist;
 * NOT_ALLOWED, DISK_FULL, CANCELLED.
 */
export async function writeReport(
  context: WriteContext,
  { path, format, only, replace, keys }: CallArgs<'report.write'>,
): Promise<CallOutput<'report.write'>> {
  if (!replace) assertAbsent(path);
  // Without an await, so that all of it is one state of the project.
  const report = collect(context, { only, keys: new Map(keys.map(({ id, trust }) => [id, trust])) }, (done, total) => {
    goOn(context);
    tell(context, 'collecting', done, total);
  });
  const exhibits = report.sources.reduce((sum, source) => sum + source.passages.length, 0);
  if (exhibits === 0) throw new Fault('NOT_FOUND', 'No passages match these filters, so no report was written.');
  const part = besideOf(path);
  try {
    await writePieces(context, part, REPORTS[format](report), exhibits);
    renameSync(part, path);
  } catch (thrown) {
    rmSync(part, { force: true });
    throw exportFault(thrown);
  }
  const bytes = statSync(path).size;
  tell(context, 'done', exhibits, exhibits);
  return { bytes, exhibits };
}

const REPORTS = { csv: csvReport, html: htmlReport } satisfies Record<CallArgs<'report.write'>['format'], unknown>;

/** Characters written at once. Between two pieces the export can be stopped, and other calls are answered. */
const PIECE = 1 << 18;

async function writePieces(context: WriteContext, path: string, pieces: Iterable<Piece>, total: number): Promise<void> {
  const file = openSync(path, 'wx');
  try {
    let waiting = '';
    for (const { text, passages } of pieces) {
      waiting += text;
      if (waiting.length < PIECE) continue;
      // Unlike writeSync, this goes on if the system wrote only a part.
      writeFileSync(file, waiting);
      waiting = '';
      tell(context, 'writing', passages, total);
      await setImmediate();
      goOn(context);
    }
    writeFileSync(file, waiting);
    goOn(context);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
