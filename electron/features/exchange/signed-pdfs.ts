import type { CallOutput } from '../../../shared/contract/index.ts';
import { sha256 } from '../../../shared/model/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { PdfSignatures } from '../../formats/pdf/signatures.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import type { SourceRow } from './find-sources.ts';
import type { MarkedPdf } from './pdf-marks.ts';

type Signed = NonNullable<CallOutput<'exchange.outline'>['signed']>;

/** By the SHA-256 of what was looked at: the same bytes have the same signatures. */
const known = perProject(() => new Map<string, PdfSignatures>());

/** The PDFs among these that are digitally signed, and what an annotated copy does to that. */
export async function signedAmong(context: ReadContext, pdfs: readonly MarkedPdf[]): Promise<Signed> {
  const signatures = known(context);
  const all = pdfs.flatMap((pdf) => {
    const file = fileOf(context, pdf.source);
    return file === null ? [] : [{ pdf, ...file }];
  });
  const unknown = all.filter(({ hash }) => !signatures.has(hash));
  if (unknown.length > 0) {
    const paths = unknown.map(({ path }) => path);
    const found = await context.pool.run('pdfSignatures', { paths }, { signal: context.signal });
    for (const [n, { hash }] of unknown.entries()) {
      const one = found[n];
      if (one !== undefined) signatures.set(hash, one);
    }
  }
  return all.flatMap(({ pdf: { source, masks }, hash }) => {
    const { count, forbidsAnnotations } = signatures.get(hash) ?? { count: 0, forbidsAnnotations: false };
    if (count === 0) return [];
    const copy = masks.length > 0 ? 'pictures' : forbidsAnnotations ? 'forbidden' : 'added';
    return [{ title: source.title ?? source.fileName ?? '', signatures: count, copy } as const];
  });
}

/** The PDF’s bytes: taken out of an archive, or the original. NOT_FOUND if they are missing. */
export function shownFile(context: Pick<ReadContext, 'files'>, row: SourceRow): string {
  const file = fileOf(context, row);
  if (file === null) throw new Fault('NOT_FOUND', 'The PDF’s file is missing from this project. Verify the project.');
  return file.path;
}

function fileOf({ files }: Pick<ReadContext, 'files'>, row: SourceRow): { path: string; hash: string } | null {
  const content = sha256.safeParse(row.content).data;
  if (content !== undefined && files.hasLayer(content) && !files.layerPath(content).endsWith('.zst'))
    return { path: files.layerPath(content), hash: content };
  const original = sha256.safeParse(row.sha256).data;
  return original !== undefined && files.hasOriginal(original)
    ? { path: files.originalPath(original), hash: original }
    : null;
}
