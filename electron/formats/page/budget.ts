import { cutSpans, without } from './budget-effects.ts';
import { cutPictures } from './budget-pictures.ts';
import { References } from './budget-references.ts';
import { cutDashes } from './budget-strokes.ts';
import { cutStyles } from './budget-styles.ts';
import { NOTHING } from './css.ts';
import { writePage } from './fixed-point.ts';
import {
  styleTexts,
  declarationsIn,
  Selected,
  withoutAlternatives,
  withoutFunctions,
  type StyleText,
} from './selected.ts';
import {
  attribute,
  elementsOf,
  HTML,
  removeAttribute,
  type Document,
  type Element,
  isElement,
  isText,
  setAttribute,
  walk,
  type TreeNode,
  childrenOf,
  hasAttribute,
} from './tree.ts';
import { countDirections, type Directions, MOST_DIRECTION_CHANGES } from '../../../shared/text/directions.ts';

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

/** All letters in the order in which they are stored: 0.3 s for 150,000 changes. */
const UNORDERED = 'unicode-bidi:bidi-override!important';
/** Elements that begin a paragraph of their own, unless styles say otherwise. */
const BLOCKS = new Set(
  'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form fz-form h1 h2 h3 h4 h5 h6 header hgroup html legend li main nav ol p pre search section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
/** Elements whose text isn’t shown. */
const HIDDEN = new Set(['style', 'title']);

interface Paragraph extends Directions {
  readonly element: Element;
}

/**
 * Limits how often the text of a page changes direction. The paragraphs with the most changes are shown in the order in which their letters
 * are stored, until the rest costs no more than one paragraph with the most changes allowed. Returns how many were changed.
 */
function cutDirections(document: Document): number {
  const paragraphs = paragraphsOf(document);
  let cost = paragraphs.reduce((sum, { changes }) => sum + changes ** 2, 0);
  let cut = 0;
  for (const { element, changes } of paragraphs.toSorted((a, b) => b.changes - a.changes)) {
    if (cost <= MOST_DIRECTION_CHANGES ** 2) break;
    cost -= changes ** 2;
    const style = attribute(element, 'style');
    if (style?.endsWith(UNORDERED) === true) continue;
    // Placed last, so that none of the element's own declarations overrides it.
    setAttribute(element, 'style', style === null ? UNORDERED : `${style};${UNORDERED}`);
    cut += 1;
  }
  return cut;
}

function paragraphsOf(document: Document): readonly Paragraph[] {
  const paragraphs = new Map<Element, Paragraph>();
  for (const node of walk(document)) {
    const element = isText(node) ? blockOf(node.parentNode) : null;
    if (element === null || !isText(node)) continue;
    const paragraph = paragraphs.get(element) ?? { element, isRightToLeft: null, changes: 0 };
    paragraphs.set(element, paragraph);
    countDirections(paragraph, node.value);
  }
  return [...paragraphs.values()];
}

function blockOf(parent: TreeNode | null): Element | null {
  let node = parent;
  while (node !== null && isElement(node)) {
    if (node.namespaceURI === HTML && BLOCKS.has(node.tagName)) return node;
    if (HIDDEN.has(node.tagName)) return null;
    node = node.parentNode;
  }
  return null;
}

/*
 * Text that takes a browser long because of the lines it stands in: lines that end where its characters say so, and ruby (small text above
 * other text). It stays; only how it is laid out changes.
 */

/** The most lines that end at a line feed. 400,000 in a `pre` took ten seconds, and soon after that more memory than a process may have. */
const MOST_LINES = 300_000;
/**
 * The most ruby elements, each counted again for each ruby element it is in. 10,000 beside each other took two seconds, 4,500 nested ones more
 * than ten.
 */
const MOST_RUBY = 40_000;
/** The most characters in one ruby element: 16,000 words above 16,000 words took twelve seconds, 8,000 half a second. */
const LONGEST_RUBY = 10_000;

/** The most items of lists that count down. 10,000 took half a second, 30,000 more than twelve. */
const MOST_REVERSED = 10_000;
/** The most items with a number of their own. 2,000 took half a second, 4,000 five. */
const MOST_NUMBERED = 2000;

/** An element's own declaration with `!important` is stronger than any rule, also than rules in layers. */
const LINES_JOINED = 'white-space:normal!important';
const RUBY_AS_TEXT = 'display:inline!important';
const RUBY_TAGS = new Set(['ruby', 'rt', 'rb', 'rtc', 'rp']);

/**
 * Limits the lines of a page: joins the lines of the elements with the most of them, until the rest is within the limit. Returns how many
 * elements were changed.
 */
function cutLines(elements: readonly Element[]): number {
  const found = elements.flatMap((element) => {
    if (element.tagName === 'style') return [];
    const lines = childrenOf(element).reduce((sum, child) => sum + (isText(child) ? lineFeedsIn(child.value) : 0), 0);
    return lines > 0 ? [{ element, lines }] : [];
  });
  let left = found.reduce((sum, { lines }) => sum + lines, 0);
  if (left <= MOST_LINES) return 0;
  let cut = 0;
  for (const { element, lines } of found.toSorted((a, b) => b.lines - a.lines)) {
    if (left <= MOST_LINES) break;
    left -= lines;
    cut += addLast(element, LINES_JOINED);
  }
  return cut;
}

/** If too many items have a number of their own, numbers all lists from their first item on. Returns how many elements were changed. */
function cutNumbers(elements: readonly Element[]): number {
  const lists = elements.filter((one) => one.tagName === 'ol' && hasAttribute(one, 'reversed'));
  const items = elements.filter((one) => one.tagName === 'li' && hasAttribute(one, 'value'));
  const reversed = lists.reduce((sum, list) => sum + childrenOf(list).filter(isElement).length, 0);
  if (reversed <= MOST_REVERSED && items.length <= MOST_NUMBERED) return 0;
  for (const list of lists) removeAttribute(list, 'reversed');
  for (const item of items) removeAttribute(item, 'value');
  return lists.length + items.length;
}

function lineFeedsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** If there is too much ruby, shows all of it as ordinary text. Returns how many elements and declarations were changed. */
function cutRuby(elements: readonly Element[], texts: readonly StyleText[]): number {
  const declared = rubyDeclarations(texts);
  const tagged = elements.filter((one) => one.namespaceURI === HTML && RUBY_TAGS.has(one.tagName));
  if (declared.length + tagged.length === 0) return 0;
  const selected = new Selected(elements);
  const ruby = new Set<TreeNode>(tagged.filter(({ tagName }) => tagName === 'ruby'));
  for (const { text, selector } of declared) {
    if (text.of !== null) ruby.add(text.of);
    else if (selector !== null)
      for (const one of withoutFunctions(withoutAlternatives(selector)).split(','))
        for (const element of selected.of(one)) ruby.add(element);
  }
  if (!isCostly(elements, ruby)) return 0;
  const places = new Map<StyleText, Set<number>>();
  for (const { text, at } of declared) places.set(text, (places.get(text) ?? new Set()).add(at));
  for (const [text, all] of places) text.set(without(text.plain, all));
  return declared.length + tagged.reduce((sum, element) => sum + addLast(element, RUBY_AS_TEXT), 0);
}

interface RubyDeclaration {
  readonly text: StyleText;
  readonly selector: string | null;
  readonly at: number;
}

/** Declarations of `display: ruby`, or of `display` with a variable whose value may be `ruby`. */
function rubyDeclarations(texts: readonly StyleText[]): RubyDeclaration[] {
  if (!texts.some(({ plain }) => /ruby/i.test(plain))) return [];
  const isInVariable = texts.some(({ plain }) => /--[^:;{}]*:[^;{}]*ruby/i.test(plain));
  return texts.flatMap((text) =>
    /ruby|var\(/i.test(text.plain)
      ? declarationsIn(text.plain).flatMap(({ selector, name, value, at }) =>
          name === 'display' && (/ruby/i.test(value) || (isInVariable && value.includes('var(')))
            ? [{ text, selector, at }]
            : [],
        )
      : [],
  );
}

/** Whether the ruby is over the limit. In `elements` each element comes after its parent. */
function isCostly(elements: readonly Element[], ruby: ReadonlySet<TreeNode>): boolean {
  const counts = new Map<TreeNode, number>();
  const lengths = new Map<TreeNode, number>();
  let all = 0;
  for (const element of elements.toReversed()) {
    let count = ruby.has(element) ? 1 : 0;
    let length = 0;
    for (const child of childrenOf(element)) {
      count += counts.get(child) ?? 0;
      length += isText(child) ? child.value.length : (lengths.get(child) ?? 0);
    }
    counts.set(element, count);
    lengths.set(element, length);
    if (!ruby.has(element)) continue;
    if (length > LONGEST_RUBY) return true;
    all += count;
  }
  return all > MOST_RUBY;
}

/** Adds a declaration after the element’s own ones, once. Returns 1 if it was added, 0 if it was there. */
function addLast(element: Element, declaration: string): number {
  const style = attribute(element, 'style');
  if (style?.endsWith(declaration) === true) return 0;
  setAttribute(element, 'style', style === null ? declaration : `${style};${declaration}`);
  return 1;
}

/*
 * Styles whose cost grows with the depth of the elements that have them, with the number of elements beside each other, or with the number
 * of rules. What exceeds a limit is made unknown to browsers: `fz-blocked`.
 */

/**
 * The most levels of nested elements whose size depends on their content (`min-width: min-content`). Each level may lay out all that is in it
 * twice: 16 levels took Chromium minutes.
 */
const MOST_SIZED = 6;
/**
 * The most elements in one grid that is filled densely (`grid-auto-flow: dense`): each element is tried at every place. 12,000 took three
 * seconds, and twice as many four times that.
 */
const MOST_DENSE = 10_000;
/** The most elements below the roots of `@scope` rules, each counted for each root that it is in. 150 million took 4.6 GB. */
const MOST_SCOPED = 8_000_000;
/** The most cascade layers. Chromium’s time grows with the square of their number: 20,000 took seven seconds. */
const MOST_LAYERS = 2000;
/**
 * The most elements that all selectors may select together, by their last part. 30 million took Chromium four seconds, and over 15 beside
 * other work.
 */
const MOST_SELECTED = 10_000_000;
/**
 * What an `:nth-child(2 of .a)` selector is counted as, in ordinary ones: it numbers the elements of a parent again for each selector in it.
 */
const NUMBERED = 10;
/**
 * What a rule for `::scroll-marker` and `::scroll-button` is counted as for each element: these are boxes of their own. 20,000 took more than
 * ten seconds.
 */
const SCROLLED = 10_000;

const SIZES = /^(?:min|max)-(?:width|height|inline-size|block-size)$/;
const CONTENT = /(?:min|max|fit)-content|intrinsic/i;
const FLOW = /^grid(?:-auto-flow|-template)?$/;

/** The text before a rule's opening brace, or the name of an at-rule. */
interface Prelude {
  readonly written: string;
  readonly start: number;
  readonly end: number;
  readonly isAtRule: boolean;
  /** The rule around it. */
  readonly around: Prelude | null;
}

/** A change of a text: how many characters are replaced, and by what. */
interface Edit {
  readonly at: number;
  readonly length: number;
  readonly by: string;
}

/** Takes the styles that exceed these limits out of `texts`; returns how many. */
function cutLayout(elements: readonly Element[], texts: readonly StyleText[]): number {
  const page = new Page(elements);
  const edits = new Map<StyleText, Edit[]>();
  const sheets = texts.flatMap((text) => (text.of === null ? [{ text, preludes: preludesIn(text.plain) }] : []));
  const add = (text: StyleText, edit: Edit): void => {
    const there = edits.get(text);
    if (there === undefined) edits.set(text, [edit]);
    else there.push(edit);
  };
  for (const [text, edit] of [
    ...tooManyLayers(sheets),
    ...tooMuchScoped(sheets, page),
    ...tooManySelected(sheets, page),
    ...tooDeep(texts, page),
    ...tooDense(texts, page),
  ])
    add(text, edit);
  let cut = 0;
  for (const [text, all] of edits) {
    text.set(edited(text.plain, all));
    cut += all.length;
  }
  return cut;
}

/** Makes all edits in one pass: cutting a long text for each of thousands of edits takes minutes. */
function edited(css: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, length, by } of edits.toSorted((a, b) => a.at - b.at)) {
    parts.push(css.slice(from, at), by);
    from = at + length;
  }
  return parts.join('') + css.slice(from);
}

type Found = readonly (readonly [StyleText, Edit])[];
interface Sheet {
  readonly text: StyleText;
  readonly preludes: readonly Prelude[];
}

/** The elements of a page, with how many elements are in each. */
class Page {
  readonly selected: Selected;
  readonly #counts = new Map<Prelude, number>();
  #sizes: ReadonlyMap<TreeNode, number> | null = null;

  constructor(elements: readonly Element[]) {
    this.selected = new Selected(elements);
  }
  get all(): readonly Element[] {
    return this.selected.all;
  }

  /**
   * The elements that a selector may select, in lists: perhaps too many, never too few. Selectors that end with the same name share one list.
   */
  of(selector: string): readonly (readonly Element[])[] {
    return endsOf(selector).map((one) => this.selected.of(one));
  }
  /** How many elements a rule may select: perhaps too many, never too few. */
  count(rule: Prelude): number {
    const known = this.#counts.get(rule);
    if (known !== undefined) return known;
    const outer = rule.around === null ? this.all.length : this.count(rule.around);
    const count = endsOf(rule.written).reduce((sum, one) => {
      const own = this.selected.of(one.replaceAll('&', '')).length;
      return sum + (LAST_NESTED.test(one) ? Math.min(outer, own) : own);
    }, 0);
    this.#counts.set(rule, count);
    return count;
  }

  /** How many elements are in an element, including itself. */
  sizeOf(element: Element): number {
    this.#sizes ??= sizesOf(this.all);
    return this.#sizes.get(element) ?? 1;
  }
}

/** Matches a selector whose last part is `&`, alone or with more. */
const LAST_NESTED = /&[^\s>+~]*\s*$/;
const endsOf = (selectors: string): string[] => withoutFunctions(withoutAlternatives(selectors)).split(',');

function sizesOf(elements: readonly Element[]): ReadonlyMap<TreeNode, number> {
  const sizes = new Map<TreeNode, number>();
  for (const element of elements.toReversed())
    sizes.set(element, 1 + childrenOf(element).reduce((sum, child) => sum + (sizes.get(child) ?? 0), 0));
  return sizes;
}

/** The text before each opening brace of a sheet, and statements that begin with `@`. */
function preludesIn(css: string): Prelude[] {
  const found: Prelude[] = [];
  const around: Prelude[] = [];
  let start = 0;
  for (const { 0: mark, index: end } of css.matchAll(/[{};]/g)) {
    const begin = start;
    start = end + 1;
    if (mark === '}') {
      around.pop();
      continue;
    }
    const written = css.slice(begin, end);
    const isAtRule = written.trimStart().startsWith('@');
    const rule = { written, start: begin, end, isAtRule, around: around.findLast((one) => !one.isAtRule) ?? null };
    if (mark === '{') around.push(rule);
    if (mark === '{' || isAtRule) found.push(rule);
  }
  return found;
}

function blockedRule({ written, start }: Prelude): Edit {
  const at = written.indexOf('@') + 1;
  return { at: start + at, length: /^[\w-]*/.exec(written.slice(at))?.[0].length ?? 0, by: 'fz-blocked' };
}

/** The `@scope` rules over the limit; those with the most elements below their roots are taken first. */
function tooMuchScoped(sheets: readonly Sheet[], page: Page): Found {
  const scopes = sheets.flatMap(({ text, preludes }) =>
    preludes.flatMap((prelude) => {
      const root = /^\s*@scope\s*(?:\(((?:[^()]|\([^()]*\))*)\))?/i.exec(prelude.written);
      return root === null ? [] : [{ text, prelude, root: root[1] ?? '*' }];
    }),
  );
  const sizes = new Map<readonly Element[], number>();
  const sizeOf = (all: readonly Element[]): number => {
    const size = sizes.get(all) ?? all.reduce((sum, one) => sum + page.sizeOf(one), 0);
    sizes.set(all, size);
    return size;
  };
  const costs = scopes.map((scope) => ({
    ...scope,
    // The freezer’s own, one for each shadow tree: its root is one element.
    cost: OWN_SCOPE.test(scope.root) ? 0 : page.of(scope.root).reduce((sum, all) => sum + sizeOf(all), 0),
  }));
  return overLimit(costs, MOST_SCOPED).map(({ text, prelude }) => [text, blockedRule(prelude)]);
}

const OWN_SCOPE = /^\[data-fz-host="[^"]*"\]$/;

function tooManyLayers(sheets: readonly Sheet[]): Found {
  const layers = sheets.flatMap(({ text, preludes }) =>
    preludes.flatMap((prelude) => (/^\s*@layer\b/i.test(prelude.written) ? [{ text, prelude }] : [])),
  );
  const named = layers.reduce((sum, { prelude }) => sum + prelude.written.split(/[,.]/).length, 0);
  return named <= MOST_LAYERS ? [] : layers.map(({ text, prelude }) => [text, blockedRule(prelude)]);
}

/** The selectors over the limit; those that may select the most elements are taken first. */
function tooManySelected(sheets: readonly Sheet[], page: Page): Found {
  const rules = sheets.flatMap(({ text, preludes }) =>
    preludes.flatMap((prelude) => (prelude.isAtRule || prelude.written.endsWith(INVALID) ? [] : [{ text, prelude }])),
  );
  const atMost = rules.reduce(
    (sum, { prelude: { written } }) => sum + weightOf(written) * written.split(',').length,
    0,
  );
  if (atMost * page.all.length <= MOST_SELECTED) return [];
  const costs = rules.map((rule) => ({
    ...rule,
    cost: weightOf(rule.prelude.written) * page.count(rule.prelude),
  }));
  return overLimit(costs, MOST_SELECTED).map(({ text, prelude: { end } }) => [
    text,
    { at: end, length: 0, by: INVALID },
  ]);
}
function weightOf(selector: string): number {
  if (/::(?:column|scroll-)/i.test(selector)) return SCROLLED;
  return /:nth-(?:last-)?child\([^()]*\sof\s/i.test(selector) ? NUMBERED : 1;
}
/** Makes a selector, and with it its rule, invalid. */
const INVALID = ':fz-blocked(*)';

/** Of entries with a cost, the most expensive ones: without them the rest is within the limit. */
function overLimit<T extends { readonly cost: number }>(all: readonly T[], most: number): T[] {
  let left = all.reduce((sum, { cost }) => sum + cost, 0);
  return all
    .toSorted((a, b) => b.cost - a.cost)
    .filter(({ cost }) => {
      const isOver = left > most;
      if (isOver) left -= cost;
      return isOver;
    });
}

/** Declarations that make an element’s size depend on its content, if too many such elements are nested. */
function tooDeep(texts: readonly StyleText[], page: Page): Found {
  const found = concerned(texts, SIZES, CONTENT);
  if (found.length === 0) return [];
  const depths = new Map<TreeNode, number>();
  const sized = new Set<TreeNode>(listsOf(found, page).flat());
  let deepest = 0;
  for (const element of page.all) {
    const around = element.parentNode === null ? 0 : (depths.get(element.parentNode) ?? 0);
    const depth = around + (sized.has(element) ? 1 : 0);
    depths.set(element, depth);
    deepest = Math.max(deepest, depth);
  }
  return deepest <= MOST_SIZED ? [] : found.map(unnamed);
}

/** Declarations of `grid-auto-flow: dense`, if a grid has too many elements. */
function tooDense(texts: readonly StyleText[], page: Page): Found {
  const found = concerned(texts, FLOW, /dense/i);
  const isOver = listsOf(found, page).some((all) =>
    all.some((element) => childrenOf(element).filter(isElement).length > MOST_DENSE),
  );
  return isOver ? found.map(unnamed) : [];
}

interface Declaration {
  readonly text: StyleText;
  readonly selector: string | null;
  readonly name: string;
  readonly at: number;
}

/** Declarations of these names whose value contains the word, or a variable whose value may contain it. */
function concerned(texts: readonly StyleText[], names: RegExp, word: RegExp): Declaration[] {
  if (!texts.some(({ plain }) => word.test(plain))) return [];
  const isInVariable = texts.some(({ plain }) =>
    new RegExp(`(?:^|[;{])\\s*--[^:;{}]*:[^;{}]*(?:${word.source})`, 'i').test(plain),
  );
  const values = isInVariable ? new RegExp(`${word.source}|var\\(`, 'i') : word;
  // Thousands of elements have the same `style` attribute, and few texts have any.
  const known = new Map<string, readonly Omit<Declaration, 'text'>[]>();
  return texts.flatMap((text) => {
    const there =
      known.get(text.plain) ??
      (values.test(text.plain)
        ? declarationsIn(text.plain).filter(({ name, value }) => names.test(name) && values.test(value))
        : []);
    known.set(text.plain, there);
    return there.map(({ selector, name, at }) => ({ text, selector, name, at }));
  });
}

/** The elements that declarations may be for, in lists, without repeating a list. */
function listsOf(found: readonly Declaration[], page: Page): (readonly Element[])[] {
  const lists = new Set<readonly Element[]>();
  for (const { text, selector } of found) {
    if (text.of !== null) lists.add([text.of]);
    else if (selector !== null) for (const list of page.of(selector)) lists.add(list);
  }
  return [...lists];
}

const unnamed = ({ text, name, at }: Declaration): readonly [StyleText, Edit] => [
  text,
  { at, length: name.length, by: 'fz-blocked' },
];
