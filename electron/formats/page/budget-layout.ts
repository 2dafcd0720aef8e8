import { declarationsIn, Selected, withoutAlternatives, withoutFunctions, type StyleText } from './selected.ts';
import { childrenOf, isElement, type Element, type TreeNode } from './tree.ts';

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
export function cutLayout(elements: readonly Element[], texts: readonly StyleText[]): number {
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
