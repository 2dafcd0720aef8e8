import { ok, type Result } from '../../../shared/errors.ts';
import type { Area, Quad } from '../../../shared/model/index.ts';
import type { ByteSource } from './byte-source.ts';
import { type Pdfium, readUtf16, withCString, withMemory } from './pdfium.ts';
import { withDocument } from './pdfium-text.ts';

/** The kinds of annotations that become passages (ISO 32000-2, 12.5.6.1), by PDFium’s numbers. */
const KINDS = new Map([
  [1, 'Text'],
  [3, 'FreeText'],
  [5, 'Square'],
  [9, 'Highlight'],
  [10, 'Underline'],
  [11, 'Squiggly'],
  [12, 'StrikeOut'],
] as const);
type Kind = typeof KINDS extends Map<number, infer K> ? K : never;

/** Kinds that people make and that Sourcebook has no place for. All other kinds are parts of the document: links, form fields. */
const DRAWN = new Map([
  [4, 'Line'],
  [6, 'Circle'],
  [7, 'Polygon'],
  [8, 'PolyLine'],
  [13, 'Stamp'],
  [14, 'Caret'],
  [15, 'Ink'],
  [17, 'FileAttachment'],
]);

/** An annotation as a PDF has it. */
export interface PdfAnnotation {
  /** From 1. */
  readonly page: number;
  readonly kind: Kind;
  /** The places of its words, each with its corners in any order. */
  readonly quads: readonly Quad[];
  readonly rect: Area;
  /** Text as written; empty if absent. */
  readonly author: string;
  readonly contents: string;
  readonly name: string;
  /** PDF dates, `D:20240301093000+08'00'`. */
  readonly created: string;
  readonly changed: string;
  /** `#rrggbb` */
  readonly colour: string | null;
}

export interface PdfAnnotations {
  readonly annotations: readonly PdfAnnotation[];
  /** How many of each other kind there are; `Reply` is an answer to another annotation. */
  readonly others: Readonly<Record<string, number>>;
  /** There are more than were read. */
  readonly isCut: boolean;
}

/** The most annotations that are read: more than people make. */
const MOST = 20_000;
const MOST_QUADS = 2_000;
const MOST_LETTERS = 100_000;
/**
 * The most letters and quads of all annotations together: thousands can share one long text, or one list of quads. A file of 4 MB whose 20,000
 * annotations did so took a worker half a minute and all of its memory, and gave nothing useful.
 */
const MOST_LETTERS_IN_ALL = 8_000_000;
const MOST_QUADS_IN_ALL = 400_000;

/** The annotations that people made in a PDF, in the order of its pages, read without opening the pages. Errors as for reading. */
export function annotationsOf(
  pdfium: Pdfium,
  source: ByteSource,
  passwords: readonly string[],
): Result<PdfAnnotations> {
  return withDocument<PdfAnnotations>(pdfium, source, passwords, (document) => {
    const annotations: PdfAnnotation[] = [];
    const others: Record<string, number> = {};
    const count = (kind: string): void => void (others[kind] = (others[kind] ?? 0) + 1);
    let seen = 0;
    let [letters, quads] = [0, 0];
    for (let index = 0; index < document.pages; index++) {
      const listed = document.annotations(index);
      for (let at = 0; at < listed; at++) {
        if ((seen += 1) > MOST || letters > MOST_LETTERS_IN_ALL || quads > MOST_QUADS_IN_ALL)
          return ok({ annotations, others, isCut: true });
        document.withAnnotation(index, at, (annotation) => {
          const type = pdfium.raw.FPDFAnnot_GetSubtype(annotation);
          const kind = KINDS.get(type as Parameters<typeof KINDS.get>[0]);
          const drawn = DRAWN.get(type);
          if (kind !== undefined && hasKey(pdfium, annotation, 'IRT')) count('Reply');
          else if (kind !== undefined) {
            const one = read(pdfium, annotation, kind, index + 1);
            letters += one.contents.length;
            quads += one.quads.length;
            annotations.push(one);
          } else if (drawn !== undefined) count(drawn);
        });
      }
    }
    return ok({ annotations, others, isCut: false });
  });
}

const keyed = <T>(pdfium: Pdfium, key: string, work: (name: number) => T): T =>
  withCString(pdfium, Buffer.from(key, 'latin1'), work);

const hasKey = (pdfium: Pdfium, annotation: number, key: string): boolean =>
  keyed(pdfium, key, (name) => pdfium.raw.FPDFAnnot_HasKey(annotation, name)) !== 0;

function read(pdfium: Pdfium, annotation: number, kind: Kind, page: number): PdfAnnotation {
  const text = (key: string): string =>
    keyed(pdfium, key, (name) =>
      readUtf16(
        pdfium,
        (buffer, size) => pdfium.raw.FPDFAnnot_GetStringValue(annotation, name, buffer, size),
        MOST_LETTERS,
      ),
    ).toWellFormed();
  return {
    page,
    kind,
    quads: quadsOf(pdfium, annotation),
    rect: rectOf(pdfium, annotation),
    author: oneLine(text('T')),
    contents: text('Contents').replace(/\r\n?/g, '\n').replace(NOT_SHOWN, ''),
    name: text('NM'),
    created: text('CreationDate'),
    changed: text('M'),
    colour: colourOf(pdfium, annotation),
  };
}

/** Control characters, and characters that turn the direction of the following text and so would show other words. */
const NOT_SHOWN = /[^\P{Cc}\n\t]|[\u202a-\u202e]/gu;

/** The most letters of a name. A longer text is no name, and would hide the text beside it. */
const NAME_LETTERS = 200;
const oneLine = (name: string): string =>
  [...name.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()].slice(0, NAME_LETTERS).join('');

function quadsOf(pdfium: Pdfium, annotation: number): Quad[] {
  const count = Math.min(MOST_QUADS, Math.max(0, pdfium.raw.FPDFAnnot_CountAttachmentPoints(annotation)));
  const quads: Quad[] = [];
  withMemory(pdfium, 32, (at) => {
    for (let n = 0; n < count; n++) {
      if (pdfium.raw.FPDFAnnot_GetAttachmentPoints(annotation, n, at) === 0) continue;
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = pdfium.floats().subarray(at >> 2, (at >> 2) + 8);
      const quad: Quad = [a, b, c, d, e, f, g, h];
      if (quad.every(Number.isFinite)) quads.push(quad);
    }
  });
  return quads;
}

function rectOf(pdfium: Pdfium, annotation: number): Area {
  return withMemory(pdfium, 16, (at) => {
    if (pdfium.raw.FPDFAnnot_GetRect(annotation, at) === 0) return [0, 0, 0, 0];
    // FS_RECTF: left, top, right, bottom, in any order in a file that is not sound.
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = pdfium.floats().subarray(at >> 2, (at >> 2) + 4);
    const rect: Area = [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
    return rect.every(Number.isFinite) ? rect : [0, 0, 0, 0];
  });
}

const COLOUR = 0;
function colourOf(pdfium: Pdfium, annotation: number): string | null {
  return withMemory(pdfium, 12, (at) => {
    if (pdfium.raw.EPDFAnnot_GetColor(annotation, COLOUR, at, at + 4, at + 8) === 0) return null;
    const view = new DataView(pdfium.bytes().buffer);
    const parts = [0, 4, 8].map((n) => Math.min(255, view.getUint32(at + n, true)));
    return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  });
}
