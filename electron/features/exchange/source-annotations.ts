import type { ExchangeLedger } from '../../../shared/contract/exchange.ts';
import { Fault } from '../../../shared/errors.ts';
import { sha256, type SourceId } from '../../../shared/model/index.ts';
import type { PdfAnnotations } from '../../formats/pdf/annotations.ts';
import { perProject, type ReadContext, type WriteContext } from '../../project/context.ts';
import type { AddFiles } from '../../project/sources/added-files.ts';
import { IMPORTERS } from './formats.ts';
import { importFile } from './import-file.ts';
import { pdfAnnotationsIn } from './pdf-import.ts';
import { sourcesToExchange } from './queries.ts';
import type { SourceRow } from './find-sources.ts';

const NONE: PdfAnnotations = { annotations: [], others: {}, isCut: false };
/** What was read of PDFs, whose bytes never change, by hash; the last ones. */
const readBefore = perProject(() => new Map<string, Promise<PdfAnnotations>>());
const MOST_KEPT = 50;
/** Nobody asked for it: a PDF that takes longer is offered nothing. */
const LIMITS = { timeoutMs: 20_000, totalMs: 20_000 };

/** See `exchange.annotations`. */
export async function annotationsOfSource(
  context: ReadContext,
  { source }: { readonly source: SourceId },
): Promise<ExchangeLedger> {
  const row = pdfOf(context, source);
  const read = await readOnce(context, row);
  const importing = { context, tell: () => undefined, goOn: () => undefined };
  const none = { program: null, lines: [], notCarried: [], missing: [] };
  const { found } =
    read.annotations.length === 0 && Object.keys(read.others).length === 0
      ? { found: none }
      : pdfAnnotationsIn(importing, row, read);
  return { questions: [], ...found, format: 'pdf', name: row.fileName ?? '' };
}

/** See `exchange.takeAnnotations`. */
export async function takeAnnotations(
  context: WriteContext,
  { source }: { readonly source: SourceId },
  addFiles: AddFiles,
): Promise<ExchangeLedger> {
  const row = pdfOf(context, source);
  const name = row.fileName ?? '';
  // What undo calls it: “import plan.pdf” is what added the source.
  const called = `highlights in ${name.replace(/\.pdf$/i, '')}.pdf`;
  const said = { answers: { codes: {}, coders: {} }, files: {} };
  const made = await importFile(context, { path: pathOf(context, row), name: called, ...said }, IMPORTERS, addFiles);
  return { ...made, name };
}

function pdfOf({ db }: ReadContext | WriteContext, id: SourceId): SourceRow {
  const row = db.all(sourcesToExchange, {}).find((one) => one.id === id);
  if (row === undefined) throw new Fault('NOT_FOUND', 'No such source in this project.', { id });
  if (row.kind !== 'pdf') throw new Fault('UNSUPPORTED', 'Only a PDF has annotations that become passages.', { id });
  return row;
}

/** The PDF’s bytes: taken out of an archive, or the original. */
function pathOf({ files }: Pick<ReadContext, 'files'>, row: SourceRow): string {
  const content = sha256.safeParse(row.content).data;
  if (content !== undefined && files.hasLayer(content)) return files.layerPath(content);
  const original = sha256.safeParse(row.sha256).data;
  if (original === undefined) throw new Fault('NOT_FOUND', 'The PDF’s file is missing from this project.');
  return files.originalPath(original);
}

function readOnce(context: ReadContext, row: SourceRow): Promise<PdfAnnotations> {
  const kept = readBefore(context);
  const path = pathOf(context, row);
  const known = kept.get(path);
  if (known !== undefined) return known;
  const made = context.pool
    .run('pdfAnnotations', { path, passwords: [] }, LIMITS)
    .then((read) => (read.ok ? read.value : NONE))
    .catch((thrown: unknown) => {
      if (thrown instanceof Fault && thrown.data.code !== 'CANCELLED') return NONE;
      kept.delete(path);
      throw thrown;
    });
  const oldest = kept.keys().next();
  if (kept.size >= MOST_KEPT && oldest.done !== true) kept.delete(oldest.value);
  kept.set(path, made);
  return made;
}
