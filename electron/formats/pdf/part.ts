import { ok } from '../../../shared/errors.ts';
import type { LayerEngine } from '../../../shared/model/index.ts';
import { PASSWORD_TO_SHOW } from '../../../shared/model/layer-notes.ts';
import { encodeLayerFile, joinLayerFiles, openLayerFile } from '../../../shared/text/layer-file.ts';
import type { Extraction } from '../extracted.ts';
import { extractedFrom } from '../layer.ts';
import { qualityOf, undecodedShare, type Quality } from '../text-quality.ts';
import { type PdfMetadata, prefill } from './metadata.ts';
import type { ReadPdf } from './pdfium-text.ts';

/** Some pages of a PDF, read and encoded; a whole PDF is one part. */
export interface PdfPart {
  /** A layer file of these pages only. */
  readonly layerFile: Uint8Array;
  readonly metadata: PdfMetadata;
  readonly protected: boolean;
  readonly quality: Quality;
  readonly failedPages: number;
  readonly pages: number;
  /** Pages (1 is the first) that were left out, since they took too long or too much memory. */
  readonly stopped: readonly number[];
}

/** If more than this share of the characters is undecoded, another engine is tried. */
const MANY_UNDECODED = 0.05;
const NO_HEAD = { engine: 'pdfium', version: '', notes: [], frozen: null, resources: [] } as const;

/** If there are fewer characters a page on average, another engine is tried: a scan's page numbers alone are as many. */
const FEW_A_PAGE = 4;

export function toPart({ pages, metadata, protected: isProtected }: ReadPdf, stopped: readonly number[] = []): PdfPart {
  return {
    layerFile: encodeLayerFile({ ...NO_HEAD, pages }),
    metadata,
    protected: isProtected,
    quality: qualityOf(pages.map((page) => page.text)),
    failedPages: pages.filter((page) => page.failed).length,
    pages: pages.length,
    stopped,
  };
}

/** Whether PDFium's result is so poor that pdf.js should be tried: no page loads, little text, or much of it undecoded. */
export function isPoor(parts: readonly PdfPart[]): boolean {
  return hasLittle(parts) || shareOf(parts) > MANY_UNDECODED;
}

/** No text, or next to none, as in scans, for which no engine finds more. */
export function hasLittle(parts: readonly PdfPart[]): boolean {
  return readable(parts) < FEW_A_PAGE * parts.reduce((total, { pages }) => total + pages, 0);
}

/** Characters that are drawn and decoded. */
export function readable(parts: readonly PdfPart[]): number {
  return parts.reduce((total, { quality }) => total + quality.drawn - quality.undecoded, 0);
}

/** The undecoded share of the text of all parts. */
export function shareOf(parts: readonly PdfPart[]): number {
  const sum = (what: keyof Quality): number => parts.reduce((total, part) => total + part.quality[what], 0);
  return undecodedShare({ drawn: sum('drawn'), undecoded: sum('undecoded') });
}

/** Joins the parts into one extraction, with the same bytes whether one worker read them or several. */
export function joinParts(
  parts: readonly PdfPart[],
  engine: Extract<LayerEngine, 'pdfium' | 'pdfjs'>,
  version: string,
  remarks: readonly string[],
): Extraction {
  const files = parts.map((part) => part.layerFile);
  const first = parts[0];
  const details = prefill(first?.metadata ?? { title: '', author: '', creationDate: '', language: '' });
  const stopped = [...new Set(parts.flatMap((part) => part.stopped))].toSorted((a, b) => a - b);
  const notes = [
    ...remarks,
    ...stoppedNotes(stopped),
    ...failedNotes(files, stopped),
    ...(first?.protected === true ? [PASSWORD_TO_SHOW] : []),
    ...details.notes,
  ];
  return ok(extractedFrom(joinLayerFiles({ engine, version, notes, frozen: null, resources: [] }, files), details));
}

function stoppedNotes(pages: readonly number[]): string[] {
  if (pages.length === 0) return [];
  const which = pages.length === 1 ? `Page ${pages[0]} was` : `Pages ${pages.join(', ')} were`;
  return [
    `${which} not read: more time or memory is needed than Sourcebook allows. The file may be damaged or malicious.`,
  ];
}

function failedNotes(files: readonly Uint8Array[], stopped: readonly number[]): string[] {
  const failed = files
    .flatMap((file) => openLayerFile(file).pages.map((page) => page.failed))
    .flatMap((isFailed, index) => (isFailed && !stopped.includes(index + 1) ? [index + 1] : []));
  if (failed.length === 0) return [];
  if (failed.length === 1) return [`Page ${failed[0]} couldn’t be read.`];
  const listed = failed.slice(0, 20).join(', ');
  return [`${failed.length} pages couldn’t be read: ${listed}${failed.length > 20 ? ' …' : ''}.`];
}
