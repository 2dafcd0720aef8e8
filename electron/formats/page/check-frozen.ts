import { Fault } from '../../../shared/errors.ts';
import type { Sha256 } from '../../../shared/model/index.ts';
import { buildPageText } from '../../../shared/text/page-text.ts';
import { cutCostly } from './budget.ts';
import { picturesOf } from './budget-pictures.ts';
import { NOTHING, OLD_NOTHING, rewriteStyleSheet } from './css.ts';
import { addFieldStyles, replaceFields } from './fields.ts';
import { readBack, stableMarkup, writePage } from './fixed-point.ts';
import { LIMITS } from './limits.ts';
import { HTML, isElement, isText, parse5Tree, walk, type Document, type TreeNode } from './tree.ts';
import { findActive } from './verify.ts';

/** An image of a stored page. */
export interface StoredPicture {
  readonly hash: Sha256;
  readonly bytes: Uint8Array;
}

export interface FrozenCheck {
  /** The page's text; empty if it is too large to read. */
  readonly text: string;
  /** What a frozen page of ours never contains, one line each; empty if the page is undamaged and inert. */
  readonly problems: readonly string[];
  /** What is shown in its place, with the same text: see {@link toShow}. Absent if it is shown as it is. */
  readonly shown?: string;
  /** Something that would keep a browser busy for minutes was left out of it. */
  readonly isCut?: true;
}

/**
 * Largest frozen page. Writing an ampersand takes five characters, so freezing a page of {@link LIMITS}.html adds at most
 * that many; writing its styles adds a stamp of eighteen for each element.
 */
const MAX_LENGTH = 5 * LIMITS.html + 18 * LIMITS.nodes;

/**
 * The text of a stored frozen page and whether it is inert, parsed as a browser does. Its hash only shows that it is the page
 * its sender meant; this shows whether the freezer could have made it, whoever sent it. Takes as long as freezing, so it also
 * runs in a worker.
 */
export function checkFrozen(html: string, pictures: readonly StoredPicture[] = []): FrozenCheck {
  if (html.length > MAX_LENGTH) return { text: '', problems: ['more than a frozen page can hold'] };
  const { tree, html: again } = readBack(html);
  const problems = findActive(tree);
  if (again !== html) problems.push('markup that changes when it is read');
  const { text } = buildPageText<TreeNode>(tree, parse5Tree);
  return { text, problems, ...(problems.length === 0 && toShow(tree, text, pictures)) };
}

/**
 * A stored page keeps its bytes, but what an older version stored is shown as this one would have frozen it: without what costs
 * too much, without fields, and without addresses that Chromium reports.
 */
function toShow(
  tree: Document,
  text: string,
  pictures: readonly StoredPicture[],
): Pick<FrozenCheck, 'shown' | 'isCut'> {
  const isCut = cutCostly(tree, picturesOf(pictures.map(({ hash, bytes }) => [hash, bytes] as const)));
  const addresses = emptyAddresses(tree);
  const cut = isCut || addresses ? writePage(tree) : null;
  const withBoxes = showFields(tree, text);
  const shown = withBoxes ?? cut;
  return { ...(shown !== null && { shown }), ...(isCut && { isCut }) };
}

/** Null if there are no fields, or if the boxes would change the text. */
function showFields(tree: Document, text: string): string | null {
  if (replaceFields(tree) === 0) return null;
  for (const node of walk(tree)) {
    if (!isElement(node) || node.tagName !== 'style' || node.namespaceURI !== HTML) continue;
    for (const child of node.childNodes) if (isText(child)) child.value = withFieldNames(child.value);
  }
  addFieldStyles(tree);
  try {
    const shown = stableMarkup(writePage(tree));
    return shown.text === text ? shown.html : null;
  } catch (thrown) {
    if (thrown instanceof Fault) return null;
    throw thrown;
  }
}

const withFieldNames = (css: string): string =>
  rewriteStyleSheet(css, { image: (address) => address, sheet: () => null }, 'fields');

function emptyAddresses(tree: Document): boolean {
  let isChanged = false;
  const emptied = (css: string): string => {
    if (!css.includes(OLD_NOTHING)) return css;
    isChanged = true;
    return css.replaceAll(OLD_NOTHING, NOTHING);
  };
  for (const node of walk(tree)) {
    if (!isElement(node)) continue;
    for (const one of node.attrs)
      if (one.name === 'style' || node.namespaceURI !== HTML) one.value = emptied(one.value);
    if (node.tagName !== 'style') continue;
    for (const child of node.childNodes) if (isText(child)) child.value = emptied(child.value);
  }
  return isChanged;
}
