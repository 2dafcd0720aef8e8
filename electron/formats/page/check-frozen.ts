import { buildPageText } from '../../../shared/text/page-text.ts';
import { readBack } from './fixed-point.ts';
import { LIMITS } from './limits.ts';
import { parse5Tree, type TreeNode } from './tree.ts';
import { findActive } from './verify.ts';

export interface FrozenCheck {
  /** The text of the page as it is read; empty where it is too large to be read. */
  readonly text: string;
  /** What no frozen page of ours has, one line each; empty for a page that is whole and inert. */
  readonly problems: readonly string[];
}

/**
 * Writing an ampersand takes five characters: a page of {@link LIMITS}.html grows by no more when it is frozen; and by a stamp
 * of eighteen for each element when its styles are written into it.
 */
const MAX_LENGTH = 5 * LIMITS.html + 18 * LIMITS.nodes;

/**
 * What a stored frozen page says and whether it is inert, read as a browser reads it. Its hash says that it is the page
 * its sender meant; this says whether the freezer could have made it, whoever sent it. Takes as long as freezing does,
 * so it belongs in a worker too.
 */
export function checkFrozen(html: string): FrozenCheck {
  if (html.length > MAX_LENGTH) return { text: '', problems: ['more than a frozen page can hold'] };
  const { tree, html: again } = readBack(html);
  const problems = findActive(tree);
  if (again !== html) problems.push('markup that changes when it is read');
  return { text: buildPageText<TreeNode>(tree, parse5Tree).text, problems };
}
