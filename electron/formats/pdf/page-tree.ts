import type { CrossReferences } from './cross-references.ts';
import { MAX_PAGES } from './pdfium-text.ts';
import { BadSyntax, entryOf, type PdfValue } from './syntax.ts';

/** The numbers of the objects of a document’s pages, in order (ISO 32000-2, 7.7.3). Throws {@link BadSyntax}. */
export function pagesOf(references: CrossReferences): number[] {
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
