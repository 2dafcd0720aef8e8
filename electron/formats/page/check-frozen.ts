import { buildPageText } from '../../../shared/text/page-text.ts';
import { withinBudget } from './budget.ts';
import { readBack } from './fixed-point.ts';
import { LIMITS } from './limits.ts';
import { parse5Tree, type TreeNode } from './tree.ts';
import { findActive } from './verify.ts';

export interface FrozenCheck {
  /** The page's text; empty if it is too large to read. */
  readonly text: string;
  /** What a frozen page of ours never contains, one line each; empty if the page is undamaged and inert. */
  readonly problems: readonly string[];
  /** The page without what would keep a browser busy for minutes, if anything would. */
  readonly cut?: string;
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
export function checkFrozen(html: string): FrozenCheck {
  if (html.length > MAX_LENGTH) return { text: '', problems: ['more than a frozen page can hold'] };
  const { tree, html: again } = readBack(html);
  const problems = findActive(tree);
  if (again !== html) problems.push('markup that changes when it is read');
  const { text } = buildPageText<TreeNode>(tree, parse5Tree);
  const cut = problems.length > 0 ? null : withinBudget(tree);
  return { text, problems, ...(cut !== null && { cut }) };
}
