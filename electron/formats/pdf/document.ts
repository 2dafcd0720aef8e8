import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Area } from '../../../shared/model/index.ts';
import { quarterTurn } from '../../../shared/text/layer-file.ts';
import type { ByteSource } from './byte-source.ts';
import { type Pdfium, readUtf16, withCString, withMemory } from './pdfium.ts';

/** An open PDF. Close it before opening another one in the same instance. */
export interface PdfDocument {
  readonly pages: number;
  /** A password was needed to open it. */
  readonly protected: boolean;
  /** Text from the Info dictionary: `Title`, `Author`, `CreationDate` …; empty if absent. */
  info(key: string): string;
  /** The catalogue's /Lang; empty if absent. */
  language(): string;
  /** How many annotations a page (from 0) lists, without opening it. */
  annotations(index: number): number;
  /** Opens one annotation of a page, without opening the page; null if it can’t be read. */
  withAnnotation<T>(index: number, at: number, work: (annotation: number) => T): T | null;
  /** Opens one page (from 0) for `work`; null if PDFium cannot load it. */
  withPage<T>(index: number, work: (page: number, place: PagePlace) => T): T | null;
  close(): void;
}

export interface PagePlace {
  /** Crop box within the media box: left, bottom, right, top. */
  readonly box: Area;
  readonly rotation: 0 | 90 | 180 | 270;
}

/** The values of FPDF_GetLastError for a wrong or missing password, and for encryption that needs something else. */
const ERROR_PASSWORD = 4;
const ERROR_SECURITY = 5;
const FILE_ACCESS_SIZE = 12;

/**
 * Opens a PDF, using the first of `passwords` that fits if it needs one. PASSWORD_NEEDED if none was given, PASSWORD_WRONG if
 * none fits, UNSUPPORTED if no password opens it, DAMAGED if PDFium cannot read it.
 */
export function openDocument(pdfium: Pdfium, source: ByteSource, passwords: readonly string[]): Result<PdfDocument> {
  const access = fileAccess(pdfium, source);
  let failure = 0;
  for (const password of [new Uint8Array(0), ...passwords.flatMap(encodings)]) {
    const handle = withCString(pdfium, password, (text) => pdfium.raw.FPDF_LoadCustomDocument(access.address, text));
    if (handle !== 0) return ok(document(pdfium, handle, password.length > 0, access.release));
    failure = pdfium.raw.FPDF_GetLastError();
    if (failure !== ERROR_PASSWORD) break;
  }
  access.release();
  if (failure === ERROR_SECURITY) return lockedOtherwise(source);
  if (failure !== ERROR_PASSWORD) {
    return fail('DAMAGED', 'This PDF is damaged or isn’t a PDF. Get a new copy.', { reason: failure });
  }
  return noPassword(passwords);
}

/** Security handlers for certificates (ISO 32000-2, 7.6.5), by their names in a file. */
const CERTIFICATE = /\/(?:Adobe\.PubSec|Adobe\.PPKLite|Entrust\.PPKEF)\b/;
const PIECE = 2 ** 20;
const OVERLAP = 64;

/**
 * The error for a file that is encrypted with something else than a password. The description of the encryption is never encrypted itself.
 */
function lockedOtherwise(source: ByteSource): Result<never> {
  const says = new TextDecoder('latin1');
  let isForCertificate = false;
  for (let at = 0; at < source.length && !isForCertificate; at += PIECE)
    isForCertificate = CERTIFICATE.test(says.decode(source.read(at, Math.min(source.length, at + PIECE + OVERLAP))));
  return fail(
    'UNSUPPORTED',
    isForCertificate
      ? 'This PDF is encrypted for a certificate, so only a program with that certificate’s key can open it. Ask for a copy without encryption, or with a password.'
      : 'This PDF is protected in a way that no password opens, which only its own program can. Ask for a copy without protection, or with a password.',
  );
}

/** The error for a protected file when no password was given or none fits. */
export function noPassword(passwords: readonly string[]): Result<never> {
  return passwords.length === 0
    ? fail('PASSWORD_NEEDED', 'This PDF is protected. Enter its password to read it.')
    : fail('PASSWORD_WRONG', 'Incorrect PDF password. Check it and try again.');
}

/**
 * The forms of a password to try: as typed, and normalised by SASLprep (RFC 4013) as PDF 2.0 requires, which PDFium does not
 * do. Encryption before PDF 2.0 uses PDFDocEncoding, which PDFium derives from UTF-8 itself.
 */
export function encodings(password: string): Uint8Array[] {
  const prepared = password.normalize('NFKC').replaceAll('\u00ad', '');
  return [...new Set([password, prepared])].filter((text) => text !== '').map((text) => new TextEncoder().encode(text));
}

/**
 * An FPDF_FILEACCESS through which PDFium reads the file in pieces: it is never in PDFium's memory as a whole, so a scan of
 * some hundred megabytes needs no more than its largest page.
 */
function fileAccess(pdfium: Pdfium, source: ByteSource): { address: number; release: () => void } {
  const getBlock = pdfium.callback((_param, position, buffer, size) => {
    const at = position >>> 0;
    const end = at + (size >>> 0);
    if (end > source.length) return 0;
    pdfium.bytes().set(source.read(at, end), buffer);
    return 1;
  });
  const address = pdfium.raw.malloc(FILE_ACCESS_SIZE);
  const view = new DataView(pdfium.bytes().buffer);
  view.setUint32(address, source.length, true);
  view.setUint32(address + 4, getBlock, true);
  view.setUint32(address + 8, 0, true);
  return {
    address,
    release: () => {
      pdfium.raw.free(address);
      pdfium.releaseCallback(getBlock);
    },
  };
}

function document(pdfium: Pdfium, handle: number, isProtected: boolean, release: () => void): PdfDocument {
  const { raw } = pdfium;
  return {
    pages: Math.max(0, raw.FPDF_GetPageCount(handle)),
    protected: isProtected,
    info: (key) =>
      withCString(pdfium, new TextEncoder().encode(key), (name) =>
        readUtf16(pdfium, (buffer, size) => raw.FPDF_GetMetaText(handle, name, buffer, size)),
      ),
    language: () => readUtf16(pdfium, (buffer, size) => raw.EPDFCatalog_GetLanguage(handle, buffer, size), 100),
    annotations: (index) => Math.max(0, raw.EPDFPage_GetAnnotCountRaw(handle, index)),
    withAnnotation: (index, at, work) => {
      const annotation = raw.EPDFPage_GetAnnotRaw(handle, index, at);
      if (annotation === 0) return null;
      try {
        return work(annotation);
      } finally {
        raw.FPDFPage_CloseAnnot(annotation);
      }
    },
    withPage: (index, work) => {
      const page = raw.FPDF_LoadPage(handle, index);
      if (page === 0) return null;
      try {
        return work(page, {
          box: boundingBox(pdfium, page),
          rotation: quarterTurn(raw.FPDFPage_GetRotation(page) * 90),
        });
      } finally {
        raw.FPDF_ClosePage(page);
      }
    },
    close: () => {
      raw.FPDF_CloseDocument(handle);
      release();
    },
  };
}

/** US Letter: used by PDFium and pdf.js for a page whose box is invalid. */
export const DEFAULT_BOX: Area = [0, 0, 612, 792];

function boundingBox(pdfium: Pdfium, page: number): Area {
  return withMemory(pdfium, 16, (rect) => {
    pdfium.raw.FPDF_GetPageBoundingBox(page, rect);
    // FS_RECTF: left, top, right, bottom.
    const [left = 0, top = 0, right = 0, bottom = 0] = pdfium.floats().subarray(rect >> 2, (rect >> 2) + 4);
    return sensibleBox([left, bottom, right, top]);
  });
}

/** The box, or that of a Letter page if its edges are not numbers, out of order, or too large for any printer. */
export function sensibleBox(box: Area): Area {
  const [left, bottom, right, top] = box;
  const sensible = right > left && top > bottom && box.every((edge) => Math.abs(edge) < 1e6);
  return sensible ? box : DEFAULT_BOX;
}
