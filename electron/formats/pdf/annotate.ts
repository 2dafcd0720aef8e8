import { createHash } from 'node:crypto';
import { chmodSync, constants, copyFileSync, closeSync, fstatSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Quad } from '../../../shared/model/index.ts';
import { type ByteSource, fileSource } from './byte-source.ts';
import { CrossReferences } from './cross-references.ts';
import type { Pdfium } from './pdfium.ts';
import { withDocument, MAX_PAGES } from './pdfium-text.ts';
import { BadSyntax, entryOf, type PdfValue } from './syntax.ts';

/** An annotation that is to be written: one highlighted passage, or an area, on one page. */
export interface PdfMark {
  /** From 1. */
  readonly page: number;
  readonly kind: 'highlight' | 'area';
  /** The places of its words, or one area, in the page’s own coordinates. */
  readonly quads: readonly Quad[];
  readonly author: string;
  /** Epoch ms. */
  readonly created: number;
  readonly changed: number;
  readonly subject: string;
  readonly contents: string;
  /** `#RRGGBB` */
  readonly colour: string;
  /** The annotation's name, unique on its page. */
  readonly name: string;
}

export interface Annotated {
  readonly bytes: number;
  /** For each page that got annotations: its number from 0, and how many annotations it now has. */
  readonly pages: readonly { readonly index: number; readonly annotations: number }[];
}

/**
 * Copies a PDF to `to`, which must not exist, and appends annotations as an incremental update (ISO 32000-2, 7.5.6): the bytes of the
 * original stay as they are, at the beginning of the file. UNSUPPORTED for an encrypted PDF, whose strings would have to be encrypted
 * too; DAMAGED where the file’s parts aren’t where it says: readers repair that each in their own way, so that nothing can be added surely.
 */
export function annotatePdf(from: string, to: string, marks: readonly PdfMark[]): Result<Annotated> {
  const source = fileSource(from);
  try {
    const references = new CrossReferences(source);
    if (entryOf(references.trailer.value, 'Encrypt') !== null)
      return fail(
        'UNSUPPORTED',
        'This PDF is encrypted, so nothing can be added to it. Add a copy without a password as a source, or export passages in another format.',
      );
    const { objects, pages } = changedObjects(references, marks);
    copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    // A copy is read-only like its original, and only root could append to it.
    chmodSync(to, 0o600);
    const bytes = writeUpdate(to, {
      references,
      objects,
      endsInLine: endsInLine(source),
      id: createHash('sha256').update(JSON.stringify(marks)).digest('hex').slice(0, 32),
    });
    return ok({ bytes, pages });
  } catch (thrown) {
    if (!(thrown instanceof BadSyntax)) throw thrown;
    return notFound(thrown.message);
  } finally {
    source.close();
  }
}

/** Whether PDFium finds the original's pages in a copy, and on pages that got annotations the expected number of them. */
export const hasAnnotations = (
  pdfium: Pdfium,
  source: ByteSource,
  count: number,
  pages: Annotated['pages'],
): Result<boolean> =>
  withDocument(pdfium, source, [], (document) =>
    ok(document.pages === count && pages.every((page) => document.annotations(page.index) === page.annotations)),
  );

/** The error for a copy in which PDFium doesn’t find what was added. */
export const notFound = (detail = 'PDFium doesn’t find what was added'): Result<never> =>
  fail(
    'DAMAGED',
    'The parts of this PDF aren’t where it says, so nothing can be added to it surely. Export passages in another format, or repair the PDF and add it as a source.',
    { detail },
  );

const endsInLine = (source: ByteSource): boolean => {
  const [last] = source.read(source.length - 1, source.length);
  return last === 10 || last === 13;
};

/** The new annotations, and the pages that list them. */
function changedObjects(
  references: CrossReferences,
  marks: readonly PdfMark[],
): { readonly objects: NewObject[]; readonly pages: Annotated['pages'] } {
  const numbers = pagesOf(references);
  const objects: NewObject[] = [];
  const pages: Annotated['pages'][number][] = [];
  let next = references.size;
  const byPage = Map.groupBy(marks, ({ page }) => numbers[page - 1] ?? -1);
  for (const [number, added] of byPage) {
    const page = references.object(number);
    if (page === null) throw new BadSyntax(`no page ${added[0]?.page ?? 0}`);
    const before = annotationsOf(references, page.value, page.bytes);
    const names: string[] = [];
    for (const mark of added) {
      names.push(`${next} 0 R`);
      objects.push({ number: next, generation: 0, body: annotation(mark, number, next + 1) });
      objects.push({ number: next + 1, generation: 0, body: appearance(mark) });
      next += 2;
    }
    const all = [before.text, ...names].filter((text) => text.trim() !== '').join(' ');
    const body = withEntry(page.value, page.bytes, 'Annots', `[${all}]`);
    objects.push({ number, generation: page.generation, body });
    for (const [index, one] of numbers.entries())
      if (one === number) pages.push({ index, annotations: before.count + added.length });
  }
  return { objects: objects.toSorted((a, b) => a.number - b.number), pages };
}

/** The annotations that a page lists, as they are written. */
function annotationsOf(
  references: CrossReferences,
  page: PdfValue,
  bytes: Uint8Array,
): { readonly text: string; readonly count: number } {
  const given = entryOf(page, 'Annots');
  if (given === null) return { text: '', count: 0 };
  const found =
    given.value.kind === 'reference'
      ? references.object(given.value.to)
      : { value: given.value, bytes: bytes.slice(given.start, given.end) };
  if (found === null || found.value.kind !== 'array') return { text: '', count: 0 };
  const text = Buffer.from(found.bytes).toString('latin1');
  return { text: text.slice(1, -1), count: found.value.items.length };
}

/** A dictionary as it is written, with one entry replaced or added. */
function withEntry(value: PdfValue, bytes: Uint8Array, key: string, text: string): string {
  if (value.kind !== 'dictionary') throw new BadSyntax('a page that is no dictionary');
  const raw = Buffer.from(bytes).toString('latin1');
  let kept = '';
  let at = 0;
  for (const entry of value.entries.filter((one) => one.key === key)) {
    kept += raw.slice(at, entry.keyStart);
    at = entry.end;
  }
  kept += raw.slice(at);
  return `${kept.slice(0, kept.lastIndexOf('>>'))} /${key} ${text} >>`;
}

function annotation(mark: PdfMark, page: number, look: number): string {
  const isArea = mark.kind === 'area';
  // The order in which all programs write them, which is not the one that the standard describes: upper left, upper right, then below.
  const quads = mark.quads.map(([x0, y0, x1, y1, x2, y2, x3, y3]) => numbers([x3, y3, x2, y2, x0, y0, x1, y1]));
  return [
    `<< /Type /Annot /Subtype /${isArea ? 'Square' : 'Highlight'} /F 4 /P ${page} 0 R`,
    `/Rect [${numbers(boundsOf(mark))}] /C [${numbers(rgb(mark.colour))}] /CA ${isArea ? 1 : INK}`,
    isArea ? `/BS << /W ${LINE} /S /S >>` : `/QuadPoints [${quads.join(' ')}]`,
    `/T ${textString(mark.author)} /Subj ${textString(mark.subject)} /Contents ${textString(mark.contents)}`,
    `/CreationDate ${date(mark.created)} /M ${date(mark.changed)} /NM ${textString(mark.name)}`,
    `/AP << /N ${look} 0 R >> >>`,
  ].join(' ');
}

/** Opacity of the colour over words. */
const INK = 0.5;
/** Line width of an area's frame, in points. */
const LINE = 1.5;

/** Draws an annotation: for words, a colour that multiplies with the page, so that letters stay black; for an area, a frame. */
function appearance(mark: PdfMark): string {
  const bounds = boundsOf(mark);
  const [left, bottom, right, top] = bounds;
  const colour = numbers(rgb(mark.colour));
  const drawn =
    mark.kind === 'area'
      ? `${colour} RG ${LINE} w ${numbers([left + LINE / 2, bottom + LINE / 2, right - left - LINE, top - bottom - LINE])} re S`
      : [
          `/G gs ${colour} rg`,
          ...mark.quads.map(
            ([x0, y0, x1, y1, x2, y2, x3, y3]) =>
              `${numbers([x0, y0])} m ${numbers([x1, y1])} l ${numbers([x2, y2])} l ${numbers([x3, y3])} l h f`,
          ),
        ].join('\n');
  const says = [
    `<< /Type /XObject /Subtype /Form /BBox [${numbers(bounds)}]`,
    `/Resources << /ExtGState << /G << /Type /ExtGState /BM /Multiply /ca ${INK} >> >> >>`,
    `/Group << /S /Transparency >> /Length ${drawn.length} >>`,
  ];
  return `${says.join(' ')}\nstream\n${drawn}\nendstream`;
}

type Box = readonly [left: number, bottom: number, right: number, top: number];

function boundsOf({ quads }: PdfMark): Box {
  const xs = quads.flatMap((quad) => quad.filter((_, n) => n % 2 === 0));
  const ys = quads.flatMap((quad) => quad.filter((_, n) => n % 2 === 1));
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Numbers with at most three decimals, never with an exponent. */
const numbers = (all: readonly number[]): string => all.map((one) => String(Number(one.toFixed(3)))).join(' ');

/** A colour as shares of 255, rounded up a little: programs that round and programs that cut off then show the same colour. */
const rgb = (colour: string): number[] =>
  [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16);
    return part === 0 ? 0 : Math.min(1, (part + 0.25) / 255);
  });

/** A date in UTC (ISO 32000-2, 7.9.4). */
const date = (at: number): string => `(D:${new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)}Z)`;

/** A text string (7.9.2.2): ASCII as it is, everything else in UTF-16. */
function textString(text: string): string {
  const whole = text.toWellFormed();
  if (/^[\n\x20-\x7e]*$/.test(whole))
    return `(${whole.replace(/[\\()]/g, (sign) => `\\${sign}`).replaceAll('\n', '\\n')})`;
  const utf16 = Buffer.from(`\ufeff${whole}`, 'utf16le').swap16();
  return `<${utf16.toString('hex').toUpperCase()}>`;
}

/** The numbers of the objects of a document’s pages, in order (ISO 32000-2, 7.7.3). Throws {@link BadSyntax}. */
function pagesOf(references: CrossReferences): number[] {
  const root = dictionaryAt(references, entryOf(references.trailer.value, 'Root')?.value);
  const tree = entryOf(root, 'Pages')?.value;
  if (tree?.kind !== 'reference') throw new BadSyntax('no page tree');
  const pages: number[] = [];
  const open = new Set<number>();
  const visit = (number: number): void => {
    if (open.has(number)) throw new BadSyntax('a page tree that contains itself');
    const node = references.object(number)?.value;
    if (node === undefined) throw new BadSyntax('a page that is missing');
    const kids = entryOf(node, 'Kids')?.value;
    if (kids === undefined) {
      if (pages.length >= MAX_PAGES) throw new BadSyntax('too many pages');
      pages.push(number);
      return;
    }
    const listed = references.resolve(kids);
    if (listed?.kind !== 'array' || open.size > DEEPEST) throw new BadSyntax('a page tree that is none');
    open.add(number);
    for (const { value } of listed.items) {
      if (value.kind !== 'reference') throw new BadSyntax('a page that is no object');
      visit(value.to);
    }
    open.delete(number);
  };
  visit(tree.to);
  return pages;
}

/** The most levels of page-tree nodes: deeper than any real tree. */
const DEEPEST = 200;

function dictionaryAt(references: CrossReferences, value: PdfValue | undefined): PdfValue {
  const found = value === undefined ? null : references.resolve(value);
  if (found?.kind !== 'dictionary') throw new BadSyntax('no catalogue');
  return found;
}

/** An object as it will stand in the file; its body is in Latin-1. */
interface NewObject {
  readonly number: number;
  readonly generation: number;
  readonly body: string;
}

interface Update {
  readonly references: CrossReferences;
  /** In the order of their numbers, each once. */
  readonly objects: readonly NewObject[];
  /** Whether the file ends in a line break. */
  readonly endsInLine: boolean;
  /** 32 hexadecimal digits: the second half of the file’s new /ID. */
  readonly id: string;
}

/**
 * Appends objects and a new section of cross-references to the copy of a PDF, a table or a stream as its last one is. Returns the
 * file’s length in bytes.
 */
function writeUpdate(path: string, update: Update): number {
  const { references, objects, endsInLine } = update;
  const file = openSync(path, 'a');
  try {
    let at = fstatSync(file).size;
    const put = (text: string): void => {
      const bytes = Buffer.from(text, 'latin1');
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      at += bytes.length;
    };
    if (!endsInLine) put('\n');
    const places = new Map<number, { at: number; generation: number }>();
    for (const { number, generation, body } of objects) {
      places.set(number, { at: at - references.base, generation });
      put(`${number} ${generation} obj\n${body}\nendobj\n`);
    }
    const start = at - references.base;
    put(references.isStream ? streamSection(update, places, start) : tableSection(update, places));
    put(`startxref\n${start}\n%%EOF\n`);
    fsyncSync(file);
    return at;
  } finally {
    closeSync(file);
  }
}

type Places = Map<number, { readonly at: number; readonly generation: number }>;

/** Numbers that follow each other are one range. */
function rangesOf(numbers: readonly number[]): { first: number; count: number }[] {
  const ranges: { first: number; count: number }[] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last.first + last.count === number) last.count++;
    else ranges.push({ first: number, count: 1 });
  }
  return ranges;
}

function tableSection(update: Update, places: Places): string {
  const lines = ['xref'];
  for (const { first, count } of rangesOf([...places.keys()])) {
    lines.push(`${first} ${count}`);
    for (let number = first; number < first + count; number++) {
      const { at, generation } = places.get(number) ?? { at: 0, generation: 0 };
      lines.push(`${String(at).padStart(10, '0')} ${String(generation).padStart(5, '0')} n `);
    }
  }
  return `${lines.join('\n')}\ntrailer\n<< ${entriesOf(update, sizeWith(update))} >>\n`;
}

const WIDTHS = [1, 5, 2] as const;

function streamSection(update: Update, places: Places, start: number): string {
  const number = sizeWith(update);
  const all = new Map([...places, [number, { at: start, generation: 0 }]]);
  const rows = Buffer.alloc(all.size * 8);
  for (const [row, { at, generation }] of [...all.values()].entries()) {
    rows.writeUInt8(1, row * 8);
    rows.writeUIntBE(at, row * 8 + 1, WIDTHS[1]);
    rows.writeUInt16BE(generation, row * 8 + 6);
  }
  const index = rangesOf([...all.keys()]).map(({ first, count }) => `${first} ${count}`);
  const says = `/Type /XRef /W [${WIDTHS.join(' ')}] /Index [${index.join(' ')}] /Length ${rows.length}`;
  const body = `<< ${says} ${entriesOf(update, number + 1)} >>\nstream\n${rows.toString('latin1')}\nendstream`;
  return `${number} 0 obj\n${body}\nendobj\n`;
}

/** The first number that no object has. */
const sizeWith = ({ references, objects }: Update): number =>
  Math.max(references.size, (objects.at(-1)?.number ?? 0) + 1);

/** The entries of the new trailer: those of the last trailer that describe the document, with the new size and /ID. */
function entriesOf({ references, id }: Update, size: number): string {
  const { value, bytes } = references.trailer;
  const raw = (key: string): string | null => {
    const found = entryOf(value, key);
    return found === null ? null : Buffer.from(bytes.subarray(found.start, found.end)).toString('latin1');
  };
  const kept = ['Root', 'Info'].flatMap((key) => {
    const text = raw(key);
    return text === null ? [] : [`/${key} ${text}`];
  });
  const before = entryOf(value, 'ID')?.value;
  const first = before?.kind === 'array' ? before.items[0] : undefined;
  const firstId =
    first?.value.kind === 'string' ? Buffer.from(bytes.subarray(first.start, first.end)).toString('latin1') : null;
  const ids = firstId === null ? [] : [`/ID [${firstId} <${id}>]`];
  return [`/Size ${size}`, ...kept, ...ids, `/Prev ${references.start}`].join(' ');
}
