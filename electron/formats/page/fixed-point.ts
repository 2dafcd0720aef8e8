import { defaultTreeAdapter, html as parse5Html, serialize } from 'parse5';
import { Fault } from '../../../shared/errors.ts';
import { buildPageText } from '../../../shared/text/page-text.ts';
import { LIMITS } from './limits.ts';
import { parsePage } from './parse.ts';
import {
  childrenOf,
  HTML,
  isElement,
  parse5Tree,
  type ChildNode,
  type Document,
  type ParentNode,
  type TreeNode,
} from './tree.ts';
import { findActive } from './verify.ts';

export interface StableMarkup {
  /** The frozen page. Parsing and writing it again gives the same page. */
  readonly html: string;
  readonly text: string;
  /** The page as parsed. */
  readonly tree: Document;
}

/** Parsing moves misplaced elements; two rounds are enough on real pages. */
const ROUNDS = 10;
/** The walk flattens at {@link LIMITS.depth}; parsing may add a few levels (`tbody`). */
const DEPTH = LIMITS.depth + 40;

/**
 * Markup that, when parsed, gives the tree that was checked. Misnested elements move during parsing, and markup that hides in
 * the move (mutation XSS) would only show then. The text is made from the parsed tree, so it is the text a browser sees.
 * Throws BAD_INPUT for a page whose markup never stops changing, or in which something active remains.
 */
export function stableMarkup(written: string): StableMarkup {
  let html = written;
  for (let round = 0; round < ROUNDS; round++) {
    const { tree, html: again } = readBack(html);
    if (again === html) {
      const active = findActive(tree);
      if (active.length > 0) throw rejected(active.slice(0, 3).join('; '));
      return { html, text: buildPageText<TreeNode>(tree, parse5Tree).text, tree };
    }
    html = again;
  }
  throw rejected('its markup changes each time it is read');
}

/** As parse5 writes a tree, but keeps limited-quirks mode: parse5 only writes a document type's name. */
export function writePage(document: Document): string {
  const html = serialize(document);
  const isLimited = defaultTreeAdapter.getDocumentMode(document) === parse5Html.DOCUMENT_MODE.LIMITED_QUIRKS;
  return isLimited ? html.replace(/^<!DOCTYPE html>/, LIMITED_QUIRKS) : html;
}
const LIMITED_QUIRKS =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/** A page as a browser parses it, and as it would be written again; with stable markup both are equal. */
export function readBack(html: string): { readonly tree: Document; readonly html: string } {
  const tree = parsePage(html);
  flattenBelow(tree, DEPTH);
  return { tree, html: writePage(tree) };
}

const rejected = (why: string): Fault =>
  new Fault('BAD_INPUT', `This page couldn’t be made safe to show: ${why}. Its file is unchanged.`, {
    why,
  });

/** Moves everything below `limit` levels up to that level, in document order. */
function flattenBelow(root: Document, limit: number): void {
  const open: { node: ParentNode; depth: number }[] = [{ node: root, depth: 0 }];
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const { node, depth } = top;
    if (depth >= limit) node.childNodes = descendants(node);
    for (const child of node.childNodes) {
      if ('parentNode' in child) child.parentNode = node;
      if (isElement(child)) open.push({ node: child, depth: depth + 1 });
    }
  }
}

/** Everything below a node, flattened; a style sheet, an SVG or a formula stays whole. */
function descendants(node: ParentNode): ChildNode[] {
  const flat: ChildNode[] = [];
  const open = [...childrenOf(node)].reverse();
  for (let child = open.pop(); child !== undefined; child = open.pop()) {
    flat.push(child);
    if (!isElement(child) || child.namespaceURI !== HTML || child.tagName === 'style' || child.tagName === 'title')
      continue;
    for (const inner of [...child.childNodes].reverse()) open.push(inner);
    child.childNodes = [];
  }
  return flat;
}
