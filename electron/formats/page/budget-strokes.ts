import { References } from './budget-references.ts';
import { declarationsIn, Selected, type StyleText } from './selected.ts';
import { attribute, childrenOf, HTML, isElement, removeAttribute, type Element } from './tree.ts';

/*
 * Dashed lines are drawn dash by dash: a line of 2,000 units with dashes of a thousandth has a million of them, and Chromium is
 * busy with 300 such lines for minutes. Where a page has too many, its finest dashes are taken out, and those lines are solid.
 */

/** The most dashes of a page: some three seconds in Chromium. */
const MOST_DASHES = 4_000_000;
/** The most dashes of one line: Chromium draws a line with more as a solid one. */
const MOST_OF_ONE = 1_000_000;
/** The length assumed for a line whose length the page’s attributes don’t state: along text, or set by a style. */
const UNKNOWN_LENGTH = 10_000;
const NAME = 'stroke-dasharray';

/** One place where dashes are declared. */
interface Dashes {
  readonly count: number;
  readonly cut: () => void;
}

/** Takes out the finest dashes of a page with too many; returns how many declarations. */
export function cutDashes(elements: readonly Element[], texts: readonly StyleText[]): number {
  const declared = dashesIn(elements, texts);
  let left = declared.reduce((sum, { count }) => sum + count, 0);
  let cut = 0;
  for (const one of declared.toSorted((a, b) => b.count - a.count)) {
    if (left <= MOST_DASHES) break;
    left -= one.count;
    one.cut();
    cut += 1;
  }
  return cut;
}

function dashesIn(elements: readonly Element[], all: readonly StyleText[]): Dashes[] {
  const texts = all.filter(({ plain }) => /stroke-dasharray/i.test(plain));
  const holders = elements.filter((one) => one.namespaceURI !== HTML && attribute(one, NAME) !== null);
  if (texts.length === 0 && holders.length === 0) return [];
  const selected = new Selected(elements);
  const lengths = new Lengths(elements);
  const found = holders.map((element): Dashes => ({
    count: lengths.dashes([element], attribute(element, NAME) ?? ''),
    cut: () => removeAttribute(element, NAME),
  }));
  for (const text of texts) {
    const own = declarationsIn(text.plain).filter(({ name }) => name === NAME);
    const count = own.reduce((sum, { selector, value }) => {
      const elements = selector === null ? (text.of === null ? [] : [text.of]) : elementsOf(selected, selector);
      return sum + lengths.dashes(elements, value);
    }, 0);
    found.push({ count, cut: () => text.set(text.plain.replace(/stroke-dasharray(?=\s*:)/gi, 'fz-blocked')) });
  }
  return found;
}

const elementsOf = (selected: Selected, selectors: string): readonly Element[] =>
  selectors.includes('(') ? selected.all : [...new Set(selectors.split(',').flatMap((one) => [...selected.of(one)]))];

/** How long the lines of a page are at most, and how often each is drawn. */
class Lengths {
  readonly #known = new Map<Element, number>();
  /** Elements that references show, with all elements in them. */
  readonly #shown = new Set<Element>();
  /** How often such an element is shown, at most. */
  readonly #times: number;
  /** Whether dashes may keep their length while the drawing is enlarged. */
  readonly #isEnlarged: boolean;

  constructor(all: readonly Element[]) {
    this.#times = 1 + new References(all).added;
    const ids = new Set(
      all.flatMap(({ attrs }) =>
        attrs.flatMap(({ value }) => [...value.matchAll(/#([^"')\s]+)/g)].map(([, id]) => id)),
      ),
    );
    const isStyled = all.some((one) => one.tagName === 'style' && one.namespaceURI === HTML);
    for (const one of all) {
      const id = attribute(one, 'id');
      if (id !== null && (isStyled || ids.has(id))) this.#shown.add(one);
    }
    this.#isEnlarged = all.some(({ attrs }) =>
      attrs.some(({ value }) => /(?:scale|matrix)\w*\([^)]*\d{3}/i.test(value)),
    );
  }

  /** The dashes of all lines in these elements, which inherit `value`. */
  dashes(elements: readonly Element[], value: string): number {
    const parts = value.match(/[\d.]+(?:e[-+]?\d+)?/gi)?.map(Number) ?? [];
    const sum = parts.reduce((all, one) => all + one, 0);
    // A computed length can be as small as anybody likes.
    const density = /[a-z]\(/i.test(value) ? Infinity : sum === 0 ? 0 : parts.length / sum;
    if (density === 0) return 0;
    let count = 0;
    const open = elements.map((element) => ({ element, times: this.#timesOf(element) }));
    const seen = new Set<Element>();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next.element)) continue;
      seen.add(next.element);
      const times = this.#shown.has(next.element) ? this.#times : next.times;
      count += times * Math.min(MOST_OF_ONE, this.#of(next.element) * density || 0);
      for (const child of childrenOf(next.element)) if (isElement(child)) open.push({ element: child, times });
    }
    return count;
  }

  #timesOf(element: Element): number {
    for (let node = element.parentNode; node !== null && isElement(node); node = node.parentNode)
      if (this.#shown.has(node)) return this.#times;
    return 1;
  }

  #of(element: Element): number {
    const known = this.#known.get(element);
    if (known !== undefined) return known;
    const whole = attribute(element, 'pathLength');
    const isFixed = this.#isEnlarged && element.attrs.some(({ value }) => /non-scaling-stroke/i.test(value));
    const length = isFixed ? Infinity : whole === null ? lengthOf(element) : Math.abs(Number.parseFloat(whole)) || 0;
    this.#known.set(element, length);
    return length;
  }
}

const numbersIn = (text: string | null): number[] => (text?.match(/-?[\d.]+(?:e[-+]?\d+)?/gi) ?? []).map(Number);
/** A number of an attribute; a percentage is of the drawing, whose size is not known here. */
function sizeOf(element: Element, name: string): number {
  const written = attribute(element, name) ?? '';
  return written.endsWith('%') ? UNKNOWN_LENGTH : Math.abs(Number.parseFloat(written)) || 0;
}

/** The length of an element’s line in its own units, at most; 0 if it is no line. */
function lengthOf(element: Element): number {
  const size = (name: string): number => sizeOf(element, name);
  switch (element.tagName) {
    case 'path':
      return Math.max(pathLength(attribute(element, 'd') ?? ''), isStyled(element) ? UNKNOWN_LENGTH : 0);
    case 'polyline':
    case 'polygon':
      return 2 * pathLength(`M${attribute(element, 'points') ?? ''}`);
    case 'line':
      return size('x1') + size('x2') + size('y1') + size('y2');
    case 'rect':
      return 2 * (size('width') + size('height')) || UNKNOWN_LENGTH;
    case 'circle':
    case 'ellipse':
      return 7 * Math.max(size('r'), size('rx'), size('ry')) || UNKNOWN_LENGTH;
    case 'text':
    case 'tspan':
    case 'textPath':
      return UNKNOWN_LENGTH;
    default:
      return 0;
  }
}

const isStyled = (element: Element): boolean => attribute(element, 'd') === null;

/** How many numbers each command of a path takes; numbers that aren’t coordinates of a point are left out. */
const POINTS: Readonly<Record<string, number>> = { m: 2, l: 2, t: 2, h: 1, v: 1, s: 4, q: 4, c: 6, a: 7 };

/** The length of a path’s lines, and of the lines through the control points of its curves, which are no shorter. */
function pathLength(path: string): number {
  let [x, y] = [0, 0];
  let [fromX, fromY] = [0, 0];
  let length = 0;
  const to = (nextX: number, nextY: number): void => {
    length += Math.abs(nextX - x) + Math.abs(nextY - y);
    [x, y] = [nextX, nextY];
  };
  for (const [, letter = '', numbers = ''] of path.matchAll(/([a-df-z])([^a-df-z]*)/gi)) {
    const command = letter.toLowerCase();
    const isRelative = letter === command;
    if (command === 'z') to(fromX, fromY);
    const count = POINTS[command];
    if (count === undefined) continue;
    const all = numbersIn(numbers);
    for (let at = 0; at + count <= all.length; at += count) {
      const [baseX, baseY] = isRelative ? [x, y] : [0, 0];
      const part = all.slice(at, at + count);
      if (command === 'h') to(baseX + (part[0] ?? 0), y);
      else if (command === 'v') to(x, baseY + (part[0] ?? 0));
      else if (command === 'a') {
        length += 7 * Math.max(Math.abs(part[0] ?? 0), Math.abs(part[1] ?? 0));
        to(baseX + (part[5] ?? 0), baseY + (part[6] ?? 0));
      } else for (let pair = 0; pair < count; pair += 2) to(baseX + (part[pair] ?? 0), baseY + (part[pair + 1] ?? 0));
      if (command === 'm' && at === 0) [fromX, fromY] = [x, y];
    }
  }
  return length;
}
