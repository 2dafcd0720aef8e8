import { cutDirections } from './budget-direction.ts';
import { cutSpans } from './budget-effects.ts';
import { cutLayout } from './budget-layout.ts';
import { cutPictures } from './budget-pictures.ts';
import { References } from './budget-references.ts';
import { cutDashes } from './budget-strokes.ts';
import { cutStyles } from './budget-styles.ts';
import { cutLines, cutNumbers, cutRuby } from './budget-text.ts';
import { NOTHING } from './css.ts';
import { writePage } from './fixed-point.ts';
import { styleTexts } from './selected.ts';
import { attribute, elementsOf, HTML, removeAttribute, type Document, type Element } from './tree.ts';

/** What a page may cost besides its own elements, counted in elements (see budget-references.ts): two seconds in Chromium. */
const MOST_ADDED = 100_000;
/**
 * References to targets that cost more than a threshold are cut. The thresholds are tried from the first to the last, until the page is within
 * the budget.
 */
const THRESHOLDS = [50_000, 10_000, 1000, 100, 10, 0];

/**
 * Returns a frozen page without what would keep a browser busy for more than some seconds; null if nothing would. Its elements and its text
 * stay as they are: only references, style rules and spans of cells are taken out, and paragraphs that change direction tens of thousands of
 * times are shown in one direction. Stored pages are cut too: they may have been frozen before there was a budget, or by someone else.
 */
export function withinBudget(tree: Document, pictures: ReadonlyMap<string, number>): string | null {
  return cutCostly(tree, pictures) ? writePage(tree) : null;
}

/** Takes everything costly out of a page; returns whether there was anything. `pictures`: see {@link picturesOf}, budget-pictures.ts. */
export function cutCostly(tree: Document, pictures: ReadonlyMap<string, number>): boolean {
  // Listed once: no element is removed from the page, only attributes and styles.
  const elements = elementsOf(tree);
  const references = cutReferences(elements);
  const texts = styleTexts(elements);
  const dashes = cutDashes(elements, texts);
  const layout = cutLayout(elements, dashes > 0 ? styleTexts(elements) : texts);
  const styles = cutStyles(elements, dashes + layout > 0 ? styleTexts(elements) : texts);
  const ruby = cutRuby(elements, dashes + layout + styles > 0 ? styleTexts(elements) : texts);
  const others =
    cutSpans(tree) + cutDirections(tree) + cutLines(elements) + cutNumbers(elements) + cutPictures(elements, pictures);
  return references + dashes + layout + styles + ruby + others > 0;
}

function cutReferences(elements: readonly Element[]): number {
  let cut = 0;
  for (const threshold of THRESHOLDS) {
    const references = new References(elements);
    if (references.added <= MOST_ADDED) return cut;
    const isCostly = (id: string): boolean => references.cost(id) > threshold;
    for (const element of elements) cut += cutFrom(element, isCostly);
  }
  return cut;
}

/** Takes an element's costly references out of it. */
function cutFrom(element: Element, isCostly: (id: string) => boolean): number {
  let cut = 0;
  const without = (css: string): string =>
    css.replace(/url\("#([^"]*)"\)/g, (written: string, id: string) => {
      if (!isCostly(id)) return written;
      cut += 1;
      return NOTHING;
    });
  const isHtml = element.namespaceURI === HTML;
  const href = attribute(element, 'href');
  if (!isHtml && href?.startsWith('#') === true && isCostly(href.slice(1))) {
    removeAttribute(element, 'href');
    cut += 1;
  }
  for (const one of element.attrs) if (!isHtml || one.name === 'style') one.value = without(one.value);
  if (isHtml && element.tagName === 'style') {
    for (const child of element.childNodes) if ('value' in child) child.value = without(child.value);
  }
  return cut;
}
