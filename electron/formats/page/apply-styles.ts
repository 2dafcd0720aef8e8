import { Fault, fail, ok } from '../../../shared/errors.ts';
import { asShownNote, isWithoutStyles, STYLES_VERSION } from '../../../shared/model/layer-notes.ts';
import { decodeLayerFile, encodeLayerFile } from '../../../shared/text/layer-file.ts';
import {
  buildPageText,
  eachHiddenText,
  effectOf,
  namedEffect,
  STAMP,
  stampOf,
  type Effect,
} from '../../../shared/text/page-text.ts';
import type { Sha256 } from '../../../shared/model/index.ts';
import type { Extraction } from '../extracted.ts';
import { readBack, stableMarkup, writePage } from './fixed-point.ts';
import { hashOf } from './resources.ts';
import {
  childrenOf,
  HTML,
  isElement,
  parse5Tree,
  removeAttribute,
  setAttribute,
  type Document,
  type TreeNode,
} from './tree.ts';

export interface StylesInput {
  readonly frozen: Uint8Array;
  readonly layerFile: Uint8Array;
  /** What the page's styles make of each element, in document order: shared/contract/page-styles.ts. */
  readonly styles: readonly string[];
  readonly browser: string;
}

/**
 * Writes a page's styles into the frozen page and makes its text with them: a layer that no longer depends on a browser. It
 * has no record and no resource bytes, which do not change. Errors: BAD_INPUT if the styles are not this page's or hide all
 * of its text; then the page stays as it is.
 */
export function applyStyles(input: StylesInput): Extraction {
  try {
    return withStyles(input);
  } catch (thrown) {
    if (thrown instanceof Fault) return fail(thrown.data.code, thrown.data.message, thrown.data.context);
    throw thrown;
  }
}

function withStyles({ frozen, layerFile, styles, browser }: StylesInput): Extraction {
  const before = decodeLayerFile(layerFile);
  const { tree } = readBack(new TextDecoder('utf-8', { ignoreBOM: true }).decode(frozen));
  const hadText = buildPageText<TreeNode>(tree, parse5Tree).text.trim() !== '';
  stamp(tree, styles);
  const { html, text } = stableMarkup(writePage(tree));
  if (hadText && text.trim() === '') throw new Fault('BAD_INPUT', 'Its styles hide all of its text.');
  const page = new TextEncoder().encode(html);
  const notes = [asShownNote(browser, hiddenWords(tree)), ...before.notes.filter((note) => !isWithoutStyles(note))];
  const version = `${before.version}${STYLES_VERSION}`;
  const file = encodeLayerFile({
    ...before,
    version,
    notes,
    frozen: hashOf(page),
    pages: [{ text, box: [0, 0, 0, 0], rotation: 0, failed: false, geometry: null }],
  });
  return ok({
    engine: before.engine,
    version,
    layerFile: file,
    // The layer's id comes from this hash. It is of the whole file: two browsers may hide different words and leave the same
    // text, and then the frozen pages differ, but one id must never name two layers.
    textSha256: hashOf(file),
    length: text.length,
    hasText: text.trim() !== '',
    pages: [{ page: 1, start: 0, end: text.length, box: [0, 0, 0, 0] as const, rotation: 0, failed: false }],
    notes,
    frozen: page,
    resources: [],
    record: {},
    prefilled: {},
  });
}

/** Stamps each element whose styles make of it something else than its name and place do. */
function stamp(document: Document, styles: readonly string[]): void {
  const open: { node: TreeNode; around: Effect | undefined }[] = [{ node: document, around: undefined }];
  let count = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, around } = next;
    let within = around;
    if (isElement(node)) {
      const style = styles[count++] ?? '';
      const isUsual = style === stampOf(namedEffect<TreeNode>(parse5Tree, node, around), node.namespaceURI === HTML);
      if (style !== '' && !isUsual) setAttribute(node, STAMP, style);
      within = effectOf<TreeNode>(parse5Tree, node, around);
    }
    for (const child of childrenOf(node).toReversed()) open.push({ node: child, around: within });
  }
  if (count !== styles.length) {
    throw new Fault('BAD_INPUT', 'The window showed a different page from the frozen one.', {
      here: count,
      there: styles.length,
    });
  }
}

/**
 * The hash of a frozen page without what {@link applyStyles} wrote into it. Throws BAD_INPUT for a page that is none.
 */
export function unstampedHash(page: Uint8Array): Sha256 {
  const { tree } = readBack(new TextDecoder('utf-8', { ignoreBOM: true }).decode(page));
  const open: TreeNode[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isElement(node)) removeAttribute(node, STAMP);
    open.push(...childrenOf(node));
  }
  return hashOf(new TextEncoder().encode(writePage(tree)));
}

/** Words for counting: runs of letters and digits, and each Chinese character or kana by itself. No run without an end: see directions.ts. */
const WORD = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|[[\p{L}\p{M}\p{N}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]]{1,1000}/gv;

function hiddenWords(tree: Document): number {
  let count = 0;
  eachHiddenText<TreeNode>(tree, parse5Tree, (text) => {
    for (const _word of text.matchAll(WORD)) count++;
  });
  return count;
}
