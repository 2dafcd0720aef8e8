import {
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNull,
  type PDFDict,
  type PDFObject,
  type PDFRef,
} from '@cantoo/pdf-lib';

/** A line of an outline to be written into a PDF. */
export interface WrittenEntry {
  readonly title: string;
  /** From 1; without one the entry has no target. */
  readonly page?: number;
  /** Points from the page's lower edge; without it, the page's top. */
  readonly top?: number;
  readonly children?: readonly WrittenEntry[];
}

/** The same PDF with this outline (ISO 32000-2, 12.3.3). */
export async function withOutline(pdf: Uint8Array, entries: readonly WrittenEntry[]): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const { context } = document;
  const pages = document.getPages();
  const write = (siblings: readonly WrittenEntry[], parent: PDFRef, above: PDFDict): void => {
    const refs = siblings.map(() => context.nextRef());
    for (const [at, { title, page, top, children = [] }] of siblings.entries()) {
      const ref = refs[at];
      if (ref === undefined) continue;
      const line = context.obj({ Title: PDFHexString.fromText(title), Parent: parent });
      const target = page === undefined ? undefined : pages[page - 1]?.ref;
      if (target !== undefined) line.set(PDFName.of('Dest'), context.obj(destination(target, top)));
      const [before, after] = [refs[at - 1], refs[at + 1]];
      if (before !== undefined) line.set(PDFName.of('Prev'), before);
      if (after !== undefined) line.set(PDFName.of('Next'), after);
      context.assign(ref, line);
      write(children, ref, line);
    }
    const [first, last] = [refs[0], refs.at(-1)];
    if (first === undefined || last === undefined) return;
    above.set(PDFName.of('First'), first);
    above.set(PDFName.of('Last'), last);
    above.set(PDFName.of('Count'), context.obj(refs.length));
  };
  const root = context.nextRef();
  const outlines = context.obj({ Type: 'Outlines' });
  write(entries, root, outlines);
  context.assign(root, outlines);
  document.catalog.set(PDFName.of('Outlines'), root);
  return document.save();
}

const destination = (page: PDFRef, top: number | undefined): (PDFObject | number | string)[] =>
  top === undefined ? [page, 'Fit'] : [page, 'XYZ', PDFNull, top, PDFNull];
