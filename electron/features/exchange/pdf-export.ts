import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { exportFault } from '../../../shared/file-faults.ts';
import { shortened } from '../../../shared/query/faults.ts';
import { fileNameOf } from '../../../shared/text/file-name.ts';
import type { Readable } from '../../db/types.ts';
import { addEntry, writeZip } from '../../formats/zip/write.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { besideOf, goOn, tell } from '../../project/export/partial-file.ts';
import { type Part, partOf } from '../../project/export/part.ts';
import { assertAbsent, exportWorkplace } from '../../project/export/project-file.ts';
import { maskedFor } from '../../project/masks/outgoing.ts';
import type { MaskedArea, Masking } from '../../project/masks/masking.ts';
import type { PageMask } from '../../formats/pdf/redact.ts';
import { withPseudonyms } from '../../project/export/pseudonymous.ts';
import { type MarkedPdf, type MarkedPdfs, pdfMarks } from './pdf-marks.ts';
import { shownFile, signedAmong } from './signed-pdfs.ts';
import { unaltered } from './unaltered.ts';

type Input = CallArgs<'exchange.export'>;
type Exported = CallOutput<'exchange.export'>;

/** Copies of PDFs with their passages as annotations. What the contract says of `exchange.export`. */
export async function exportPdf(
  context: WriteContext,
  { path, only, replace, pseudonyms }: Pick<Input, 'path' | 'only' | 'replace' | 'pseudonyms'>,
): Promise<Exported> {
  if (!replace) assertAbsent(path);
  const part = partOf(context, only);
  const masking = maskedFor(context, { sources: part?.sources ?? null });
  if (!pseudonyms) return write(context, path, marked(context.db, masking, part));
  return withPseudonyms(context, part, async ({ from }) => {
    // The new log has nothing but the part, under other ids.
    const all = from === undefined ? null : marked(from.read, masking, null, part === null);
    if (all === null) throw new Fault('INTERNAL', 'The names couldn’t be replaced, so no file was written. Try again.');
    return write(context, path, all);
  });
}

/** What the contract says of `exchange.outline`. */
export async function outlinePdf(context: ReadContext, only: Input['only']): Promise<CallOutput<'exchange.outline'>> {
  const part = partOf(context, only);
  const masking = maskedFor(context, { sources: part?.sources ?? null });
  const { pdfs, counts, left } = marked(context.db, masking, part);
  return { categories: 0, ...counts, notCarried: left.list(), signed: await signedAmong(context, pdfs) };
}

/** The copies to write, without masked words in what people wrote. NOT_FOUND if no passage fits. */
function marked(db: Readable, masking: Masking, part: Part | null, isWhole = part === null): MarkedPdfs {
  const sources = part?.sources ?? null;
  const found = pdfMarks(db, { sources, mayShow: part?.mayShow ?? (() => true), isWhole });
  const all = withoutMasked(found, masking);
  if (all.pdfs.length === 0)
    throw found.pdfs.length > 0
      ? new Fault('NOT_FOUND', `${MASKED} So no file was written.`)
      : new Fault('NOT_FOUND', 'No passages on PDFs match these filters, so no file was written.');
  return all;
}

const MASKED = 'It has masked words whose place on the page isn’t known.';
const REDACTED = 'It has masks, so the copy has pictures of its pages with what is masked painted over, and no text.';

function withoutMasked({ pdfs, counts, left }: MarkedPdfs, masking: Masking): MarkedPdfs {
  const areasOf = ({ source }: MarkedPdf) => masking.areasOf(source.id);
  const [kept, masked] = [
    pdfs.filter((one) => areasOf(one).isComplete),
    pdfs.filter((one) => !areasOf(one).isComplete),
  ];
  const copies = kept.map((one) => ({
    source: masking.row(one.source),
    marks: one.marks.map((mark) => masking.row(mark, ['kind', 'colour', 'name'])),
    masks: byPage(areasOf(one).areas),
  }));
  const ids = new Set(kept.map(({ source }) => source.id));
  left.masks(masking, (id) => ids.has(id));
  left.add('PDF', MASKED, masked.length);
  left.add('Page', REDACTED, copies.filter(({ masks }) => masks.length > 0).length);
  const passagesOf = (some: readonly MarkedPdf[]): number =>
    new Set(some.flatMap(({ marks }) => marks.map(({ name }) => name.replace(/#.*/, '')))).size;
  return {
    pdfs: copies,
    counts: {
      ...counts,
      sources: counts.sources - masked.length,
      passages: counts.passages - passagesOf(masked),
    },
    left,
  };
}

function byPage(areas: readonly MaskedArea[]): PageMask[] {
  const pages = Map.groupBy(areas, ({ page }) => page);
  return [...pages].map(([page, on]) => ({ page, areas: on.map(({ area }) => area) }));
}

async function write(context: WriteContext, path: string, all: MarkedPdfs): Promise<Exported> {
  const { pdfs, counts, left } = all;
  const [first, ...others] = pdfs;
  const zips = /\.zip$/i.test(path);
  if (first !== undefined && others.length === 0 && !zips) {
    const bytes = await writeOne(context, path, first);
    return { path, bytes, categories: 0, ...counts, notCarried: left.list(), signed: await signedAmong(context, pdfs) };
  }
  if (/\.pdf$/i.test(path))
    throw new Fault(
      'BAD_INPUT',
      `${pdfs.length} PDFs have passages that fit. Name a folder or a .zip, or choose one source.`,
      { sources: pdfs.length },
    );
  const made = zips ? await writeAllZipped(context, path, all) : await writeAll(context, path, all);
  const { bytes, failed } = made;
  const passages = new Set(failed.flatMap(({ marks }) => marks.map(({ name }) => name.replace(/#.*/, '')))).size;
  return {
    path,
    bytes,
    categories: 0,
    ...counts,
    sources: counts.sources - failed.length,
    passages: counts.passages - passages,
    notCarried: left.list(),
    signed: await signedAmong(
      context,
      pdfs.filter((one) => !failed.includes(one)),
    ),
  };
}

async function writeOne(context: WriteContext, path: string, pdf: MarkedPdf): Promise<number> {
  const part = besideOf(path);
  try {
    tell(context, 'writing', 0, pdf.marks.length);
    const bytes = await annotated(context, pdf, part);
    renameSync(part, path);
    tell(context, 'done', bytes, bytes);
    return bytes;
  } catch (thrown) {
    rmSync(part, { force: true });
    throw exportFault(thrown);
  }
}

/** Writes one annotated copy, of the original or of its pages without what is masked. Throws what the jobs answer. */
async function annotated(context: WriteContext, { source, marks, masks }: MarkedPdf, to: string): Promise<number> {
  const { signal } = context;
  const redacted = `${to}.masked`;
  try {
    let path = shownFile(context, source);
    await unaltered(context, source);
    if (masks.length > 0) {
      const made = await context.pool.run('redactPdf', { path, to: redacted, masks, passwords: [] }, { signal });
      if (!made.ok) throw new Fault(made.error.code, made.error.message, made.error.context);
      path = redacted;
    }
    const made = await context.pool.run('annotatePdf', { path, to, marks }, { signal });
    if (made.ok) return made.value.bytes;
    throw new Fault(made.error.code, made.error.message, made.error.context);
  } catch (thrown) {
    rmSync(to, { force: true });
    goOn(context);
    throw thrown;
  } finally {
    rmSync(redacted, { force: true });
  }
}

/** A name in the folder for each: that of the file it was, told apart by a number. */
function namesOf(pdfs: readonly MarkedPdf[]): string[] {
  const taken = new Set<string>();
  return pdfs.map(({ source }) => {
    const stem = fileNameOf((source.fileName ?? source.title ?? '').replace(/\.pdf$/i, ''));
    for (let count = 1; ; count += 1) {
      const name = `${stem}${count === 1 ? '' : ` ${count}`}.pdf`;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  });
}

interface Made {
  readonly bytes: number;
  readonly failed: readonly MarkedPdf[];
}

/** Calls `keep` with each annotated copy in turn. One that can’t be made is listed as left out; the fault is thrown if none can. */
async function eachAnnotated(
  context: WriteContext,
  folder: string,
  { pdfs, left }: MarkedPdfs,
  keep: (name: string, file: string, bytes: number) => Promise<void> | void,
): Promise<Made> {
  let total = 0;
  const failed: MarkedPdf[] = [];
  for (const [n, name] of namesOf(pdfs).entries()) {
    const pdf = pdfs[n];
    if (pdf === undefined) continue;
    tell(context, 'writing', n, pdfs.length);
    goOn(context);
    try {
      const bytes = await annotated(context, pdf, join(folder, name));
      await keep(name, join(folder, name), bytes);
      total += bytes;
    } catch (thrown) {
      if (!(thrown instanceof Fault) || !OF_ONE_FILE.has(thrown.data.code)) throw thrown;
      failed.push(pdf);
      if (failed.length === pdfs.length) throw thrown;
      left.add('PDF', `“${shortened(pdf.source.title ?? name)}”: ${thrown.data.message}`);
    }
  }
  tell(context, 'done', total, total);
  return { bytes: total, failed };
}
const OF_ONE_FILE: ReadonlySet<string> = new Set([
  'UNSUPPORTED',
  'DAMAGED',
  'TOO_LARGE',
  'TIMED_OUT',
  'NOT_FOUND',
  'PASSWORD_NEEDED',
]);

async function writeAll(context: WriteContext, path: string, all: MarkedPdfs): Promise<Made> {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined)
    throw new Fault(
      'EXISTS',
      `“${basename(path)}” already exists, and a folder is never replaced. Choose another name.`,
      {
        name: basename(path),
      },
    );
  const part = besideOf(path);
  try {
    mkdirSync(part);
    const made = await eachAnnotated(context, part, all, () => undefined);
    renameSync(part, path);
    return made;
  } catch (thrown) {
    rmSync(part, { recursive: true, force: true });
    throw exportFault(thrown);
  }
}

async function writeAllZipped(context: WriteContext, path: string, all: MarkedPdfs): Promise<Made> {
  const { folder, remove } = exportWorkplace(context.project);
  const place = mkdtempSync(join(folder, 'pdfs-'));
  try {
    const { filled, bytes } = await writeZip(path, (zip) =>
      eachAnnotated(context, place, all, async (name, file) => {
        await addEntry(zip, { path: name, content: { file }, deflate: false });
        rmSync(file);
      }),
    );
    return { ...filled, bytes };
  } finally {
    rmSync(place, { recursive: true, force: true });
    remove();
  }
}
