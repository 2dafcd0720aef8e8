import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { WriteContext } from '../../engine/feature.ts';
import { refuseExisting } from '../../engine/write-project-file.ts';
import { targetFault } from '../../formats/bag/faults.ts';
import { csvReport } from '../../formats/report/csv.ts';
import { htmlReport } from '../../formats/report/html.ts';
import { collect } from './report-content.ts';

/**
 * Writes the evidence that fits a selection for people without Sourcebook, beside its place and then over it. EXISTS;
 * NOT_FOUND where nothing fits, or its folder is not there; NOT_ALLOWED, DISK_FULL.
 */
export function writeReport(
  context: WriteContext,
  { path, format, only, replace }: CallArgs<'report.write'>,
): CallOutput<'report.write'> {
  if (!replace) refuseExisting(path);
  const report = collect(context, only);
  const passages = report.sources.reduce((sum, source) => sum + source.passages.length, 0);
  if (passages === 0)
    throw new Fault('NOT_FOUND', 'No passage of this project fits what you chose, so no report was written.');
  const part = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.part`);
  try {
    writePieces(part, format === 'csv' ? csvReport(report) : htmlReport(report));
    renameSync(part, path);
  } catch (thrown) {
    rmSync(part, { force: true });
    throw targetFault(thrown);
  }
  return { bytes: statSync(path).size, passages };
}

const PIECE = 1 << 18;

function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'wx');
  try {
    let waiting = '';
    for (const piece of pieces) {
      waiting += piece;
      if (waiting.length < PIECE) continue;
      // Unlike writeSync, it writes on where the system took only a part.
      writeFileSync(file, waiting);
      waiting = '';
    }
    writeFileSync(file, waiting);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
