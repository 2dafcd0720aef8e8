import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { withSnapshot } from '../../db/index.ts';
import { Coders, csvReport, reportCells, reportColumns, type ReportRows } from '../../formats/report/csv.ts';
import { csvHead, csvLine } from '../../formats/report/csv-cells.ts';
import { htmlReport } from '../../formats/report/html.ts';
import type { ReportPassage, ReportSource } from '../../formats/report/model.ts';
import type { XlsxColumn } from '../../formats/xlsx/write.ts';
import type { WriteContext } from '../../project/context.ts';
import { goOn, inTurns, tell, type TextPiece, writeText } from '../../project/export/partial-file.ts';
import { assertAbsent } from '../../project/export/project-file.ts';
import { spooledRows, writeWorkbook } from '../../project/export/workbook.ts';
import { Masking } from '../../project/masks/masking.ts';
import { signersOfAll } from '../../project/people/signers.ts';
import { choose, type Chosen, collect, type OpenReport, openReport } from '../../project/report/content.ts';
import { mostCoders } from '../../project/report/queries.ts';

type Input = CallArgs<'report.write'>;
type Written = CallOutput<'report.write'>;
type Source = Omit<ReportSource, 'passages'>;

/**
 * Writes a report on the evidence that fits a selection, for people without Sourcebook. It is written to a temporary file and then
 * renamed: if stopped or killed, a former file stays as it was. EXISTS; NOT_FOUND if nothing fits or the folder does not exist;
 * NOT_ALLOWED, DISK_FULL, CANCELLED.
 */
export async function writeReport(context: WriteContext, input: Input): Promise<Written> {
  const { path, format, replace, columns } = input;
  if (!replace) for (const one of columns === undefined ? [path] : [path, columns]) assertAbsent(one);
  if (format === 'html') return writePage(context, input);
  return withSnapshot(context.project, context.person, (project) =>
    writeTable({ ...context, project, db: project.write }, input),
  );
}

const chosenBy = (context: WriteContext, { only, keys }: Input): Chosen =>
  choose(context, { only, keys: new Map(keys.map(({ id, trust }) => [id, trust])) });

/** The page begins with its contents, so that all of it is read before the first of it is written. */
async function writePage(context: WriteContext, input: Input): Promise<Written> {
  // Without an await, so that all of it is one state of the project.
  const report = collect(context, chosenBy(context, input), (done, total) => {
    goOn(context);
    tell(context, 'collecting', done, total);
  });
  const exhibits = report.sources.reduce((sum, source) => sum + source.passages.length, 0);
  if (exhibits === 0) throw noneFits();
  const pieces = htmlReport({ ...report, sources: withoutGuessable(context, report.sources) });
  return { bytes: await writeText(context, input.path, pieces, exhibits), exhibits };
}

/** `context`: one state of the project, of which passages are read while those before them are written. */
async function writeTable(context: WriteContext, input: Input): Promise<Written> {
  const { path, format, columns: explained } = input;
  tell(context, 'collecting', 0, 0);
  const chosen = chosenBy(context, input);
  const report = openReport(context, chosen);
  const total = chosen.count;
  if (report.exhibits({ isCodingOnly: true }).next().done === true) throw noneFits();
  const coders = await codersOf(context, report, total);
  let exhibits = 0;
  const sources = withoutGuessable(context, report.sources);
  function* rows(): Generator<{ passage: ReportPassage; source: Source }> {
    for (const { passage, at } of report.exhibits()) {
      exhibits = passage.number;
      const source = sources[at];
      if (source !== undefined) yield { passage, source };
    }
  }
  const table = { coders, rows: rows() };
  const columns = reportColumns(coders);
  if (format === 'xlsx') {
    const spooled = await spooledRows(context, path, reportCells(table), total);
    const { bytes } = await writeWorkbook(context, path, { columns, about: aboutOf(report), rows: spooled });
    return { bytes, exhibits };
  }
  if (explained !== undefined) await writeText(context, explained, explainedIn(columns), total);
  const bytes = await writeText(context, path, csvReport(table), total);
  return { bytes, exhibits };
}

const noneFits = (): Fault => new Fault('NOT_FOUND', 'No passages match these filters, so no report was written.');

/** Everyone who coded one of the passages: their columns come before the first row. Once all are found who can be, no more is read. */
async function codersOf(context: WriteContext, report: OpenReport, total: number): Promise<ReportRows['coders']> {
  const coders = new Coders();
  // Who signed tags in other names counts as their coder.
  const others = new Set((report.signers ?? signersOfAll(context)).of.values()).size;
  const most = (context.db.get(mostCoders, {})?.most ?? 0) + others;
  const watch = (done: number): void => tell(context, 'collecting', done, total);
  for await (const { passage } of inTurns(context, report.exhibits({ isCodingOnly: true, watch }))) {
    coders.add(passage);
    if (coders.names.size >= most) break;
  }
  return coders.names;
}

const aboutOf = ({ about: { codebook, chosen, head, masks = [] } }: OpenReport) =>
  [
    ['Codebook', `${codebook.title} ${codebook.version}`.trim()],
    ['Selection', chosen.join('; ')],
    ['State of the project', head],
    ...masks.map(({ kind, reason, count }) => [kind, `${count}: ${reason}`] as const),
  ] as const;

/** Without hashes, and ids that derive from them, that would confirm a guess at what is masked. */
function withoutGuessable<S extends Source>(context: WriteContext, sources: readonly S[]): readonly S[] {
  const masking = new Masking(context);
  return sources.map((one) => (masking.isGuessable(one) ? { ...one, id: '', sha256: '' } : one));
}

const EXPLAINED = ['column', 'kind', 'what it is'];

/** What each column of the table is, for people who do not know Sourcebook. */
function* explainedIn(columns: readonly XlsxColumn[]): Generator<TextPiece> {
  yield { text: csvHead(EXPLAINED), passages: 0 };
  for (const { name, kind, means } of columns) yield { text: csvLine(EXPLAINED, [name, kind, means]), passages: 0 };
}
