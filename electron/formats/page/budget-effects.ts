import {
  declarationsIn,
  Selected,
  withoutAlternatives,
  withoutFunctions,
  type Declared,
  type StyleText,
} from './selected.ts';
import {
  attribute,
  childrenOf,
  HTML,
  isElement,
  removeAttribute,
  type Document,
  type Element,
  type TreeNode,
} from './tree.ts';

/*
 * Limits what costly styles cost over all elements of a page: on one element each is harmless, on a thousand it keeps Chromium
 * busy for minutes. A declaration counts for each element that its rule may select. What exceeds the limit is taken out, the
 * most expensive declarations first.
 */

/** A kind of declaration whose cost adds up over the elements that have it. */
interface Effect {
  readonly names: RegExp;
  /** What the declaration costs for one element. */
  readonly cost: (value: string) => number;
  /** What all elements may cost together: some three seconds in Chromium, drawing without a graphics card. */
  readonly most: number;
}

const isSet = (value: string): number =>
  /^(?:none|normal|auto|initial|unset|revert|inherit|0s?)\b/i.test(value) ? 0 : 1;
const countOf = (value: string, what: RegExp): number => value.match(what)?.length ?? 0;
const words = (value: string): number => countOf(value, /[^\s,]+/g);
/** Pixels that a blur spreads over, as far as the value states lengths. */
const blurred = (value: string): number =>
  [...value.matchAll(/(?:blur|drop-shadow)\(([^)]*)/gi)].reduce(
    (sum, [, lengths = '']) =>
      sum + Math.max(10, ...[...lengths.matchAll(/[\d.]+/g)].map(([number]) => Number(number))),
    0,
  );
/** What a text's shadows cost that spread over more than a few pixels. */
const shadowCost = (value: string): number =>
  value
    .replace(/(?<![\w-])\(/g, ' ')
    .replace(/\b(?:rgb|hsl|hwb|lab|lch|ok|color|light)[\w-]*\([^()]*\)/gi, '')
    .split(',')
    .reduce((sum, shadow) => {
      const lengths = [...shadow.matchAll(/(?<![#\w.-])-?([\d.]+)([a-z]*)/gi)].map(
        ([, number, unit = '']) => Number(number) * (PIXELS[unit.toLowerCase()] ?? 16),
      );
      const blur = shadow.includes('(') ? Math.max(0, ...lengths) : (lengths[2] ?? 0);
      return blur > 10 ? sum + blur ** 3 / 100 : sum;
    }, 0);
/** Pixels of each unit. Units that are not listed depend on the letters or the window. */
const PIXELS: Readonly<Record<string, number>> = { '': 1, px: 1, pt: 1.4, mm: 4, q: 1, cm: 38, in: 96 };
/** Characters of the strings in a value that are longer than a sign or a few words. */
const longStrings = (value: string, longest: number): number =>
  [...value.matchAll(/"[^"]*"|'[^']*'/g)].reduce((sum, [{ length }]) => (length > longest ? sum + length : sum), 0);

/**
 * How many characters a `content` value may produce. A counter may produce many, and a quotation mark depends on all before it. `counters()`
 * produces a number and a separator for each level of elements: 3,800 elements in 190 levels took two seconds.
 */
const contentLength = (value: string, { longest, levels }: Pick<Counted, 'longest' | 'levels'>): number =>
  [...value.matchAll(/attr\(\s*([\w-]+)/gi)].reduce(
    (sum, [, name = '']) => sum + longest(name.toLowerCase()),
    value.length +
      100 * countOf(value, /counter\(|-quote/gi) +
      (/counters\(/i.test(value) ? Math.max(100, levels() * value.length) : 0),
  );

/** `conditions`: how many container queries the page has; each is evaluated for every container. */
const effects = (
  elements: number,
  conditions: number,
  counted: Pick<Counted, 'longest' | 'levels'>,
): readonly Effect[] => [
  { names: /^(?:-webkit-)?backdrop-filter$/, cost: isSet, most: 40 },
  { names: /^mix-blend-mode$/, cost: isSet, most: 100 },
  {
    names: /^(?:-webkit-)?mask(?:-image|-border|-border-source|-box-image|-box-image-source)?$/,
    cost: isSet,
    most: 200,
  },
  { names: /^(?:-webkit-)?filter$/, cost: blurred, most: 5000 },
  { names: /^(?:clip-path|-webkit-clip-path|shape-outside|d)$/, cost: words, most: 100_000 },
  { names: /^(?:-webkit-)?animation(?:-name)?$/, cost: isSet, most: 1000 },
  // At most 80 elements in one 3D space: Chromium cuts their planes where they meet. 190 took five seconds, and the cost grows faster than
  // linearly.
  { names: /^(?:-webkit-)?transform-style$/, cost: (value) => countOf(value, /preserve-3d/gi), most: 80 },
  { names: /^will-change$/, cost: isSet, most: 2000 },
  { names: /^position-try(?:-fallbacks|-options)?$/, cost: words, most: 1000 },
  { names: /^(?!--)/, cost: (value) => countOf(value, /anchor(?:-size)?\(/gi), most: 300 },
  // Chromium searches the place of each initial letter among all before it: 4,000 took a second, and 20,000 twenty.
  { names: /^(?:-webkit-)?initial-letter$/, cost: isSet, most: 4000 },
  { names: /^container(?:-type)?$/, cost: isSet, most: 5_000_000 / Math.max(1, conditions) },
  // Each name is searched among the page’s own fonts. A font stack of usual length (20 names) counts nothing.
  { names: /^font(?:-family)?$/, cost: (value) => Math.max(0, countOf(value, /,/g) - 20), most: 100_000 },
  // Each element stores the variables that are set on it: 60 million took 1.3 GB.
  { names: /^--/, cost: () => 1, most: 10_000_000 },
  { names: /^counter-(?:increment|reset)$/, cost: words, most: 100_000 },
  // Each counter is searched among all that were set before it.
  { names: /^counter-set$/, cost: words, most: 10_000 },
  { names: /^position$/, cost: (value) => countOf(value, /sticky/gi), most: 10_000 },
  // 300 of 100 pixels took two seconds, 33 of 300 more than twelve, 5,000 of 5 a quarter of one.
  { names: /^text-shadow$/, cost: shadowCost, most: 3_000_000 },
  // Long strings are written out for each element: 5,000 characters on 20,000 elements took more than twelve seconds.
  {
    names: /^(?:list-style(?:-type)?|quotes|hyphenate-character)$/,
    cost: (value) => longStrings(value, 100),
    most: 5_000_000,
  },
  // List markers of `@counter-style`, which may repeat a sign a hundred times in each number: 95 characters on 20,000 elements took twelve
  // seconds.
  {
    names: /^(?:additive-symbols|symbols|pad|prefix|suffix|negative)$/,
    cost: (value) => longStrings(value, 20),
    most: 200_000 / Math.max(1, elements),
  },
  { names: /^content$/, cost: (value) => contentLength(value, counted), most: 5_000_000 },
];

/** The name of declarations that were taken out already. A variable is not counted where it is set, but where it is used. */
const IGNORED = /^fz-blocked$/;

/** Takes out what costs too much over all elements, whose styles are in `texts`; returns the number of declarations. */
export function cutEffects(elements: readonly Element[], texts: readonly StyleText[]): number {
  // Thousands of elements have the same `style` attribute.
  const known = new Map<string, readonly Declared[]>();
  const all = texts.flatMap((text) => {
    const declared = known.get(text.plain) ?? declarationsIn(text.plain);
    known.set(text.plain, declared);
    return declared.map((one) => ({ ...one, text }));
  });
  const declaredNames = new Set(all.map(({ name }) => name).filter((name) => !IGNORED.test(name)));
  const values = new Values(all);
  const counted = new Counted(elements, all);
  const cut = new Map<StyleText, Set<number>>();
  const conditions = texts.reduce((sum, { plain }) => sum + countOf(plain, /@container/gi), 0);
  for (const { names, cost, most } of effects(elements.length, conditions, counted)) {
    const concerned = new Set([...declaredNames].filter((name) => names.test(name)));
    if (concerned.size === 0) continue;
    const costly = all.flatMap((one) => {
      const each = concerned.has(one.name) ? cost(values.whole(one.value)) : 0;
      return each === 0 ? [] : [{ one, each }];
    });
    // Nearly always the estimate is within the limit: then no selector has to be looked up.
    if (costly.reduce((sum, { one, each }) => sum + each * counted.atMost(one), 0) <= most) continue;
    const costs = costly.map(({ one, each }) => ({ one, cost: each * counted.elements(one) }));
    let left = costs.reduce((sum, each) => sum + each.cost, 0);
    for (const each of costs.toSorted((a, b) => b.cost - a.cost)) {
      if (left <= most) break;
      left -= each.cost;
      cut.set(each.one.text, (cut.get(each.one.text) ?? new Set()).add(each.one.at));
    }
  }
  for (const [text, places] of cut) text.set(without(text.plain, places));
  return [...cut.values()].reduce((sum, places) => sum + places.size, 0);
}

/** Makes the declarations at these places unknown to browsers. */
export function without(css: string, places: ReadonlySet<number>): string {
  const parts: string[] = [];
  let from = 0;
  for (const at of [...places].toSorted((a, b) => a - b)) {
    const name = /^[\w-]+/.exec(css.slice(at, at + LONGEST_NAME))?.[0] ?? '';
    parts.push(css.slice(from, at), name === '' ? '' : 'fz-blocked');
    from = at + name.length;
  }
  return parts.join('') + css.slice(from);
}
/**
 * The longest name that is replaced whole: no property has a longer one. A longer name of a variable keeps its end, behind the name that
 * replaces its beginning.
 */
const LONGEST_NAME = 200;

/** Replaces variables in a value by their values. */
class Values {
  readonly #variables = new Map<string, string>();

  constructor(all: readonly Declared[]) {
    // The longest value counts, since it is not known here which value an element has.
    for (const { name, value } of all)
      if (name.startsWith('--') && value.length > (this.#variables.get(name) ?? '').length)
        this.#variables.set(name, value);
  }

  /** A value with its variables replaced, as deeply as pages nest them. A longer one is cut by longVariables (budget-styles.ts). */
  whole(value: string): string {
    let whole = value;
    for (let depth = 0; depth < MOST_DEPTH && whole.includes('var('); depth++) {
      whole = whole.replace(/var\(\s*(--[^\s,()]+)/gi, (_, name: string) => `(${this.#variables.get(name) ?? ''} `);
      if (whole.length > MOST_LENGTH) break;
    }
    return whole;
  }
}
const MOST_DEPTH = 12;
const MOST_LENGTH = 100_000;

/** How many elements a declaration is for. Only the last part of a selector is compared: the count may be too high, never too low. */
class Counted {
  readonly #selected: Selected;
  readonly #known = new Map<string, number>();
  readonly #longest = new Map<string, number>();
  /** The values of `animation` and `animation-name`, each with the number of its elements. */
  readonly #animations: { readonly value: string; readonly elements: number }[] = [];

  constructor(elements: readonly Element[], all: readonly Declared[]) {
    this.#selected = new Selected(elements);
    for (const { selector, keyframes, name, value } of all)
      if (keyframes === null && /^(?:-webkit-)?animation(?:-name)?$/.test(name))
        this.#animations.push({ value, elements: this.#of(selector) });
  }

  /** The length of the longest value of an attribute in the page. */
  readonly longest = (name: string): number => {
    const known = this.#longest.get(name);
    if (known !== undefined) return known;
    const length = this.#selected.all.reduce((most, one) => Math.max(most, attribute(one, name)?.length ?? 0), 0);
    this.#longest.set(name, length);
    return length;
  };

  /** How deeply elements are nested. */
  readonly levels = (): number => {
    if (this.#levels > 0) return this.#levels;
    const levels = new Map<TreeNode, number>();
    // Each element comes after its parent.
    for (const one of this.#selected.all) {
      const level = 1 + (one.parentNode === null ? 0 : (levels.get(one.parentNode) ?? 0));
      levels.set(one, level);
      this.#levels = Math.max(this.#levels, level);
    }
    return this.#levels;
  };
  #levels = 0;

  /** An upper bound of {@link elements}, without looking up any selector. */
  atMost({ selector, keyframes }: Declared): number {
    if (keyframes !== null) return this.#animations.reduce((sum, { elements }) => sum + elements, 0);
    return selector === null ? 1 : this.#selected.all.length;
  }

  elements({ selector, keyframes }: Declared): number {
    if (keyframes === null) return this.#of(selector);
    return this.#animations.reduce(
      (sum, { value, elements }) => sum + (value.includes(keyframes) || value.includes('var(') ? elements : 0),
      0,
    );
  }

  /** How many elements a selector may select; a declaration without a selector is for one element. */
  #of(selector: string | null): number {
    if (selector === null) return 1;
    const known = this.#known.get(selector);
    if (known !== undefined) return known;
    const count = withoutFunctions(withoutAlternatives(selector))
      .split(',')
      .reduce((sum, one) => sum + this.#selected.of(one).length, 0);
    this.#known.set(selector, Math.min(count, this.#selected.all.length));
    return this.#known.get(selector) ?? 0;
  }
}

/** The most slots in the tables of a page, each counted as often as a cell covers it. So many take Chromium three seconds. */
const MOST_SLOTS = 400_000;

/** Takes the longest spans out of tables with too many overlapping cells; returns how many. */
export function cutSpans(document: Document): number {
  const rows = new Map<Element, number>();
  const spans: { element: Element; table: Element }[] = [];
  for (const { element, table } of partsOfTables(document)) {
    if (element.tagName === 'tr') rows.set(table, (rows.get(table) ?? 0) + 1);
    else spans.push({ element, table });
  }
  const costs = spans.map(({ element, table }) => {
    const height = rows.get(table) ?? 1;
    const isCell = element.tagName === 'td' || element.tagName === 'th';
    // `rowspan=0` spans all remaining rows.
    const down = isCell ? Math.min(height, spanOf(element, 'rowspan') || height) : height;
    return { element, places: down * Math.min(1000, spanOf(element, isCell ? 'colspan' : 'span') || 1) };
  });
  let left = costs.reduce((sum, { places }) => sum + places, 0);
  let cut = 0;
  for (const { element, places } of costs.toSorted((a, b) => b.places - a.places)) {
    if (left <= MOST_SLOTS || places === 1) break;
    left -= places - 1;
    for (const name of ['colspan', 'rowspan', 'span']) removeAttribute(element, name);
    cut += 1;
  }
  return cut;
}

/** Rows, cells and columns, each with its table. */
function* partsOfTables(document: Document): Generator<{ element: Element; table: Element }> {
  const open: { node: TreeNode; table: Element | null }[] = [{ node: document, table: null }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node } = next;
    let { table } = next;
    if (isElement(node) && node.namespaceURI === HTML) {
      if (node.tagName === 'table') table = node;
      else if (table !== null && /^(?:tr|td|th|col|colgroup)$/.test(node.tagName)) yield { element: node, table };
    }
    for (const child of childrenOf(node)) open.push({ node: child, table });
  }
}

const spanOf = (element: Element, name: string): number => {
  const number = Number.parseInt(attribute(element, name) ?? '1', 10);
  return number >= 0 ? number : 1;
};
