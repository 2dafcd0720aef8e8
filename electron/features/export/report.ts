import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { WriteContext } from '../../project/context.ts';
import { assertAbsent } from '../../project/export/project-file.ts';
import { csvReport, reportTable } from '../../formats/report/csv.ts';
import { csvHead, csvLine } from '../../formats/report/csv-cells.ts';
import type { Report } from '../../formats/report/model.ts';
import { htmlReport } from '../../formats/report/html.ts';
import { goOn, tell, type TextPiece, writeText } from '../../project/export/partial-file.ts';
import { rowsForWorkbook, writeWorkbook } from '../../project/export/workbook.ts';
import { Masking } from '../../project/masks/masking.ts';
import { collect } from '../../project/report/content.ts';

/**
 * Writes a report on the evidence that fits a selection, for people without Sourcebook. It is written to a temporary file and then
 * renamed: if stopped or killed, a former file stays as it was. EXISTS; NOT_FOUND if nothing fits or the folder does not exist;
 * NOT_ALLOWED, DISK_FULL, CANCELLED.
 */
export async function writeReport(
  context: WriteContext,
  { path, format, only, replace, keys, columns: explained }: CallArgs<'report.write'>,
): Promise<CallOutput<'report.write'>> {
  if (!replace) for (const one of explained === undefined ? [path] : [path, explained]) assertAbsent(one);
  // Without an await, so that all of it is one state of the project.
  const collected = collect(
    context,
    { only, keys: new Map(keys.map(({ id, trust }) => [id, trust])) },
    (done, total) => {
      goOn(context);
      tell(context, 'collecting', done, total);
    },
  );
  const report = withoutGuessable(context, collected);
  const exhibits = report.sources.reduce((sum, source) => sum + source.passages.length, 0);
  if (exhibits === 0) throw new Fault('NOT_FOUND', 'No passages match these filters, so no report was written.');
  if (format === 'csv' && explained !== undefined) await writeText(context, explained, columnsOf(report), exhibits);
  if (format !== 'xlsx') return { bytes: await writeText(context, path, TEXTS[format](report), exhibits), exhibits };
  const about = [
    ['Codebook', `${report.codebook.title} ${report.codebook.version}`.trim()],
    ['Selection', report.chosen.join('; ')],
    ['State of the project', report.head],
    ...(report.masks ?? []).map(({ kind, reason, count }) => [kind, `${count}: ${reason}`] as const),
  ] as const;
  const { columns, rows } = reportTable(report);
  const { bytes } = await writeWorkbook(context, path, {
    columns,
    about,
    rows: rowsForWorkbook(path, rows, exhibits),
  });
  return { bytes, exhibits };
}

/** Without hashes, and ids that derive from them, that would confirm a guess at what is masked. */
function withoutGuessable(context: WriteContext, report: Report): Report {
  const masking = new Masking(context);
  const sources = report.sources.map((one) => (masking.isGuessable(one) ? { ...one, id: '', sha256: '' } : one));
  return { ...report, sources };
}

const EXPLAINED = ['column', 'kind', 'what it is'];

/** What each column of the table is, for people who do not know Sourcebook. */
function* columnsOf(report: Report): Generator<TextPiece> {
  yield { text: csvHead(EXPLAINED), passages: 0 };
  for (const { name, kind, means } of reportTable(report).columns)
    yield { text: csvLine(EXPLAINED, [name, kind, means]), passages: 0 };
}

const TEXTS = { csv: csvReport, html: htmlReport } satisfies Record<
  Exclude<CallArgs<'report.write'>['format'], 'xlsx'>,
  unknown
>;
