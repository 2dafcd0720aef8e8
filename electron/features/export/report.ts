import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { WriteContext } from '../../project/context.ts';
import { assertAbsent } from '../../project/export/project-file.ts';
import { csvReport } from '../../formats/report/csv.ts';
import { htmlReport } from '../../formats/report/html.ts';
import { goOn, tell, writeText } from '../../project/export/partial-file.ts';
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
  return { bytes: await writeText(context, path, REPORTS[format](report), exhibits), exhibits };
}

const REPORTS = { csv: csvReport, html: htmlReport } satisfies Record<CallArgs<'report.write'>['format'], unknown>;
