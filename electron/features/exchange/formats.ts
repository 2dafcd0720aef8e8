import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { OutgoingFormat } from '../../../shared/model/exchange-formats.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { annotationsToWrite, exportAnnotations } from './annotations-export.ts';
import { type BibFormat, entriesToWrite, exportBibliography } from './bibliography-export.ts';
import type { Importers, Found, Importer, FilePreview } from './import-file.ts';
import { exportQda, outlineQda } from './qda-export.ts';
import { exportPdf, outlinePdf } from './pdf-export.ts';
import { pdfImporter } from './pdf-import.ts';
import { qdaImporter } from './qda-import.ts';
import type { TextFormat } from '../../formats/foreign/read.ts';
import type { Edit } from '../../db/types.ts';
import { annotationsIn } from './annotations-import.ts';
import { bibliographyIn } from './bibliography-import.ts';

/** Writes one format. */
interface Exporter {
  write(
    context: WriteContext,
    input: CallArgs<'exchange.export'>,
  ): CallOutput<'exchange.export'> | Promise<CallOutput<'exchange.export'>>;
  /** What would be written, without writing it. */
  outline(
    context: ReadContext,
    input: CallArgs<'exchange.outline'>,
  ): CallOutput<'exchange.outline'> | Promise<CallOutput<'exchange.outline'>>;
}

const qdaExporter: Exporter = { write: exportQda, outline: outlineQda };

const bibliography = (format: BibFormat): Exporter => ({
  write: (context, { path, only, replace }) => exportBibliography(context, { path, only, replace, format }),
  outline: (context, { only }) => entriesToWrite(context, only).counts,
});

/** What writes and reads each format of `shared/model/exchange-formats.ts`: the compiler asks for every one. */
export const EXPORTERS: { readonly [F in OutgoingFormat]: Exporter } = {
  qdpx: qdaExporter,
  qdc: qdaExporter,
  webannotation: { write: exportAnnotations, outline: (context, { only }) => annotationsToWrite(context, only).counts },
  pdf: { write: exportPdf, outline: (context, { only }) => outlinePdf(context, only) },
  csl: bibliography('csl'),
  ris: bibliography('ris'),
  bibtex: bibliography('bibtex'),
};
export const IMPORTERS: Importers = {
  qdpx: qdaImporter,
  qdc: qdaImporter,
  webannotation: textImporter('json'),
  pdf: pdfImporter,
  csl: textImporter('json'),
  ris: textImporter('ris'),
  bibtex: textImporter('bibtex'),
};

/** Formats that are one text. They bring no files, so that the preview is the import without its edits. */
function textImporter(format: TextFormat): Importer {
  return {
    preview: async (importing) => (await readText(importing, format)).found,
    read: (importing) => readText(importing, format),
  };
}

async function readText(
  importing: FilePreview,
  format: TextFormat,
): Promise<{ readonly found: Found; readonly edits: readonly Edit[] }> {
  const { context, file, signal, tell, goOn } = importing;
  tell('reading', 0, 0);
  const given = await context.pool.run('foreignText', { ...file, format }, { signal });
  goOn();
  const { found, edits } =
    given.kind === 'annotations' ? annotationsIn(importing, given) : bibliographyIn(importing, given);
  return { found: { ...found, format: given.kind === 'annotations' ? 'webannotation' : given.format }, edits };
}
