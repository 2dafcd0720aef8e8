import { cutEffects } from './budget-effects.ts';
import { rulesOf } from './budget-references.ts';
import { Selected, styleTexts, withoutFunctions, type StyleText } from './selected.ts';
import { attribute, childrenOf, isText, type Element, type TreeNode } from './tree.ts';

/*
 * Styles that take a browser minutes. A function is taken out by calling it `fz-blocked`, as the freezer does with those it
 * doesn't know: the rule or declaration then is invalid, and what is around it stays as written.
 */

/** The most elements that all `:has()` of a page may look at. */
const MOST_HAS = 20_000_000;
/**
 * The most elements times `style()` queries: each query is asked of every element, since every element is a container for it. Three seconds.
 */
const MOST_ASKED = 2_000_000;
/** The most characters that the value of one variable may become. Chromium stops at 2 million, for each element anew. */
const MOST_EXPANDED = 100_000;
/** The most `~` in a selector: real ones have one or two, and each further one looks at all siblings again. */
const MOST_SIBLINGS = 4;
const MOST_REPEATED = 10_000;
const MOST_BLURS = 20;
/** The most selectors that nested rules may multiply to. */
const MOST_PRODUCT = 10_000;
/** The most levels of columns in columns: each lays out all that is in it several times. */
const MOST_COLUMN_DEPTH = 4;
/** The most characters in columns. In low columns each line is a column, and Chromium’s time grows with the square of their number. */
const MOST_IN_COLUMNS = 200_000;
/** The most shadows, backgrounds or animations of one declaration. */
const MOST_LAYERS = 100;

/** Takes the costly parts out of a page's styles, which are listed in `texts`; returns their number. */
export function cutStyles(elements: readonly Element[], texts: readonly StyleText[]): number {
  const css = texts.map(({ plain }) => plain);
  const isHasCostly = workOfHas(elements, css) > MOST_HAS;
  const queries = css.reduce((sum, text) => sum + countOf(text, STYLE_QUERIES), 0);
  const isAskedOften = queries > 0 && queries * elements.length > MOST_ASKED;
  const isLong = longVariables(css);
  const columns = columnsOf(elements, css);
  const isDeep = columns.depth > MOST_COLUMN_DEPTH || columns.characters > MOST_IN_COLUMNS;
  const cutFrom = (plain: string): Cut => cutCss(plain, { isHasCostly, isAskedOften, isLong, isDeep });
  // Thousands of elements have the same `style` attribute.
  const known = new Map<string, Cut>();
  let cut = 0;
  for (const { plain, set } of texts) {
    const one = known.get(plain) ?? cutFrom(plain);
    known.set(plain, one);
    if (one.css !== plain) set(one.css);
    cut += one.cut;
  }
  return cut + cutEffects(elements, cut > 0 ? styleTexts(elements) : texts);
}

/** Css without its costly parts, and how many there were. */
interface Cut {
  readonly css: string;
  readonly cut: number;
}

function cutCss(
  plain: string,
  {
    isHasCostly,
    isAskedOften,
    isLong,
    isDeep,
  }: {
    readonly isHasCostly: boolean;
    readonly isAskedOften: boolean;
    readonly isLong: (name: string) => boolean;
    readonly isDeep: boolean;
  },
): Cut {
  let cut = 0;
  const unnamed = (declaration: string): string => {
    cut += 1;
    return declaration.replace(/^[\w-]+/, 'fz-blocked');
  };
  const blocked = (text: string, name: RegExp): string =>
    text.replace(name, () => {
      cut += 1;
      return 'fz-blocked(';
    });
  let after = isHasCostly ? blocked(plain, /has\(/gi) : plain;
  if (isAskedOften) after = blocked(after, STYLE_QUERIES);
  after = after.replace(VARIABLE, (whole, name: string) => (isLong(name) ? blocked(whole, /var\(/gi) : whole));
  after = after.replace(/repeat\(\s*\+?(\d+)/gi, (whole, times: string) =>
    Number(times) > MOST_REPEATED ? blocked(whole, /repeat\(/gi) : whole,
  );
  after = after.replace(/filter\s*:[^;{}]*/gi, (whole) =>
    countOf(whole, BLURS) > MOST_BLURS ? blocked(whole, BLURS) : whole,
  );
  after = after.replace(LAYERED, (whole, value: string) => (commasIn(value) > MOST_LAYERS ? unnamed(whole) : whole));
  if (isDeep) after = after.replace(COLUMNS, unnamed);
  // In one pass: cutting a long text for each of thousands of rules takes minutes.
  const parts: string[] = [];
  let from = 0;
  for (const { selector, end, product } of selectorsIn(after)) {
    const isCostly = countOf(selector, /~(?!=)/g) > MOST_SIBLINGS || product > MOST_PRODUCT;
    if (!isCostly || selector.endsWith(INVALID)) continue;
    cut += 1;
    parts.push(after.slice(from, end), INVALID);
    from = end;
  }
  return { css: parts.join('') + after.slice(from), cut };
}

/** Makes a selector, and with it its rule, invalid. */
const INVALID = ':fz-blocked(*)';
/** Matches style queries, in `@container` and in `if()`. */
const STYLE_QUERIES = /(?<![\w-])style\(/gi;
const BLURS = /(?:blur|drop-shadow)\(/gi;
const VARIABLE = /(?:^|(?<=[;{]))\s*(--[^\s:;{}()]+)\s*:([^;{}]*)/g;
const countOf = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

const LAYERED =
  /(?<![\w-])(?:(?:box|text)-shadow|background(?:-image)?|mask(?:-image)?|animation(?:-name)?)\s*:([^;{}]*)/gi;
const COLUMNS = /(?<![\w-])(?:columns|column-count|column-width)(?=\s*:)/gi;

/** Counts the commas outside of brackets. */
function commasIn(value: string): number {
  let depth = 0;
  let count = 0;
  for (const character of value) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === ',' && depth === 0) count += 1;
  }
  return count;
}

interface Selectors {
  readonly selector: string;
  readonly end: number;
  /** How many selectors it stands for, multiplied with those of the rules around it. */
  readonly product: number;
}

/** The text before each opening brace. A regular expression would read a long declaration again from each of its characters. */
function selectorsIn(css: string): Selectors[] {
  const found: Selectors[] = [];
  const around: number[] = [];
  let start = 0;
  for (const { 0: mark, index: end } of css.matchAll(/[{};]/g)) {
    if (mark === '}') around.pop();
    if (mark === '{') {
      const selector = css.slice(start, end);
      const own = selector.trimStart().startsWith('@') ? 1 : Math.max(commasIn(selector) + 1, countOf(selector, /&/g));
      const product = own * (around.at(-1) ?? 1);
      around.push(product);
      found.push({ selector, end, product });
    }
    start = end + 1;
  }
  return found;
}

interface Columns {
  /** How deeply elements with columns are nested. */
  readonly depth: number;
  /** How long the text in columns is. */
  readonly characters: number;
}

function columnsOf(elements: readonly Element[], css: readonly string[]): Columns {
  if (!css.some((text) => text.includes('column'))) return { depth: 0, characters: 0 };
  const selected = new Selected(elements);
  const inColumns = new Set<TreeNode>();
  for (const element of selected.all) if (/column/i.test(attribute(element, 'style') ?? '')) inColumns.add(element);
  for (const text of css) {
    if (!text.includes('{') || !text.includes('column')) continue;
    for (const { selector, css: declared } of rulesOf(text)) {
      if (declared.search(COLUMNS) < 0) continue;
      for (const one of withoutFunctions(selector).split(','))
        for (const element of selected.of(one)) inColumns.add(element);
    }
  }
  const depths = new Map<TreeNode, number>();
  let deepest = 0;
  let characters = 0;
  for (const element of selected.all) {
    const around = element.parentNode === null ? 0 : (depths.get(element.parentNode) ?? 0);
    const depth = around + (inColumns.has(element) ? 1 : 0);
    depths.set(element, depth);
    deepest = Math.max(deepest, depth);
    if (depth > 0) for (const child of childrenOf(element)) if (isText(child)) characters += child.value.length;
  }
  return { depth: deepest, characters };
}

/** How many elements all `:has()` look at together: each looks at everything in, or beside, the elements that it is tested on. */
function workOfHas(elements: readonly Element[], sheets: readonly string[]): number {
  const asking = sheets.flatMap((css) =>
    // Few texts have any `:has()`: looking for all selectors took longer than all other checks here.
    /:has\(/i.test(css) ? selectorsIn(css).flatMap(({ selector }) => (/:has\(/i.test(selector) ? [selector] : [])) : [],
  );
  if (asking.length === 0) return 0;
  const selected = new Selected(elements);
  const sizes = new Map<TreeNode, number>();
  for (const element of selected.all.toReversed()) {
    const own = 1 + childrenOf(element).reduce((sum, child) => sum + (sizes.get(child) ?? 0), 0);
    sizes.set(element, own);
  }
  let work = 0;
  for (const selector of asking) {
    const isBeside = /:has\([^)]*[+~]/i.test(selector);
    for (const part of partsThatAsk(selector)) {
      for (const element of selected.of(part)) {
        const around = isBeside ? element.parentNode : element;
        work += (around === null ? 0 : sizes.get(around)) ?? selected.all.length;
      }
    }
  }
  return work;
}

/** The parts of a selector that contain `:has()`, without the content of brackets. */
function partsThatAsk(selector: string): string[] {
  let plain = selector.replace(/:has\(/gi, ':asks:x(');
  for (let inner = plain; ; inner = plain) {
    plain = inner.replace(/:[\w-]+\([^()]*\)/g, '');
    if (plain === inner) break;
  }
  return plain.split(/[\s>+~,]+/).filter((part) => part.includes(':asks'));
}

/** Which variables become too long when the variables in them are replaced: `--b: var(--a) var(--a)` and so on. */
function longVariables(sheets: readonly string[]): (name: string) => boolean {
  const values = new Map<string, { length: number; uses: string[] }[]>();
  for (const css of sheets) {
    for (const [, name = '', value = ''] of css.matchAll(VARIABLE)) {
      const uses = [...value.matchAll(/var\(\s*(--[^\s,()]+)/gi)].map(([, used = '']) => used);
      const there = values.get(name);
      if (there === undefined) values.set(name, [{ length: value.length, uses }]);
      else there.push({ length: value.length, uses });
    }
  }
  const lengths = new Map<string, number>();
  // At most 100 levels of variables that refer to each other, one in each round: pages nest a dozen.
  for (let changed = true, round = 0; changed && round < 100; round++) {
    changed = false;
    for (const [name, all] of values) {
      const longest = Math.max(
        ...all.map(({ length, uses }) => uses.reduce((sum, used) => sum + (lengths.get(used) ?? 0), length)),
      );
      if (longest <= (lengths.get(name) ?? -1) || (lengths.get(name) ?? 0) > 2 ** 40) continue;
      lengths.set(name, longest);
      changed = true;
    }
  }
  return (name) => (lengths.get(name) ?? 0) > MOST_EXPANDED;
}
