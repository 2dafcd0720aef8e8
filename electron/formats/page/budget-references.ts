import { declarationsIn, plainCss, Selected } from './selected.ts';
import { attribute, childrenOf, HTML, isElement, textContent, type Element } from './tree.ts';

/*
 * What the references of an SVG cost. A `use` shows a copy of its target, a pattern or mask paints its content once more for
 * each element that has it, and each may refer to others. A page of 1.1 KB whose 30 groups each contain two `use` of the group
 * before asks for 2³⁰ copies, and Chromium makes them.
 */

/** One reference of an element. A paint is inherited: everything in the element is painted with it. */
interface Reference {
  readonly target: Element;
  readonly isInherited: boolean;
  /** Whether it is a marker, which is drawn at each point of a line. */
  readonly isMarker: boolean;
}

/** A way to name a target in an attribute or a style sheet, as the freezer writes it. */
const TARGETS = /url\("#([^"]*)"\)/g;
const VARIABLES = /var\(\s*(--[^\s,()]+)/gi;
/** A declaration with its name. */
const DECLARATIONS = /(?:^|[;{])\s*([^\s:;{}()]+)\s*:([^;{}]*)/g;
const MARKERS = /^marker(?:-start|-mid|-end)?$/;
const INHERITED = /^(?:fill|stroke|marker|marker-start|marker-mid|marker-end|--.*)$/;

/** The costs of a page's references, in units of one element: 20 µs where it was measured. */
export class References {
  readonly #selected: Selected;
  readonly #costs = new Map<Element, number>();
  readonly #bySheet: ReadonlyMap<Element, readonly Reference[]>;
  readonly #variables: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #allPoints: number;
  /** The points of the longest line that a style declares. */
  readonly #mostByStyle: number;
  /** All that the page's references add to its own elements. */
  readonly added: number;

  constructor(elements: readonly Element[]) {
    this.#selected = new Selected(elements);
    const sheets = elements.filter(isSheet).map((sheet) => plainCss(textContent(sheet)));
    const isReferring = sheets.some((css) => css.includes('url("#'));
    const css = [...sheets, ...stylesOf(elements)];
    this.#variables = targetsOfVariables(css.filter((one) => one.includes('--')));
    this.#bySheet = isReferring || this.#variables.size > 0 ? this.#fromSheets(sheets) : new Map();
    this.#mostByStyle = css.reduce((most, one) => Math.max(most, pointsByStyle(one)), 0);
    this.#allPoints = this.#selected.all.reduce((sum, one) => sum + this.#points(one), 0);
    let added = 0;
    for (const element of this.#selected.all) added += this.#addedBy(element);
    this.added = added;
  }

  /** What showing the target of an id costs, once. */
  cost(id: string): number {
    const target = this.#target(id);
    return target === null ? 0 : this.#cost(target);
  }

  /** The points of an element’s line, at most. */
  #points(element: Element): number {
    if (!LINES.has(element.tagName)) return 0;
    const line = attribute(element, 'd') ?? attribute(element, 'points');
    const byStyle = element.tagName === 'path' ? this.#mostByStyle : 0;
    return Math.max(2, byStyle, numbersIn(line ?? ''));
  }

  #target(id: string): Element | null {
    return this.#selected.first(id) ?? this.#selected.first(decoded(id));
  }

  /** The cost of an element with everything in it and everything it refers to. Infinite for one that refers to itself. */
  #cost(root: Element): number {
    const known = this.#costs.get(root);
    if (known !== undefined) return known;
    const open: { element: Element; pending: Element[] }[] = [];
    const enter = (element: Element): void => {
      // Infinite until it is known: an element that refers back to itself never ends.
      this.#costs.set(element, Infinity);
      const within = isGradient(element) ? [] : childrenOf(element).filter(isElement);
      open.push({ element, pending: [...within, ...this.#references(element).map(({ target }) => target)] });
    };
    enter(root);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.pending.pop();
      if (next !== undefined) {
        if (!this.#costs.has(next)) enter(next);
        continue;
      }
      open.pop();
      this.#costs.set(top.element, this.#sum(top.element));
    }
    return this.#costs.get(root) ?? 0;
  }

  /** The sum, once everything it consists of is known. */
  #sum(element: Element): number {
    const costOf = (one: Element): number => this.#costs.get(one) ?? 0;
    let own = ownCost(element);
    if (!isGradient(element)) for (const child of childrenOf(element)) if (isElement(child)) own += costOf(child);
    let painted = 0;
    let marked = 0;
    for (const { target, isInherited, isMarker } of this.#references(element)) {
      if (isMarker) marked += costOf(target);
      else if (isInherited) painted += costOf(target);
      else own += costOf(target);
    }
    const points = marked === 0 ? 0 : this.#pointsIn(element);
    return own + (painted === 0 ? 0 : own * painted) + (points === 0 ? 0 : points * marked);
  }

  /** The points of all lines in an element, at most. A `use` may show any line of the page. */
  #pointsIn(root: Element): number {
    let points = 0;
    const open = [root];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      points += this.#points(next);
      if (next.tagName === 'use') points += this.#allPoints;
      for (const child of childrenOf(next)) if (isElement(child)) open.push(child);
    }
    return points;
  }

  #addedBy(element: Element): number {
    const references = this.#references(element);
    if (references.length === 0) return 0;
    const whole = this.#cost(element);
    let within = ownCost(element);
    if (!isGradient(element))
      for (const child of childrenOf(element)) if (isElement(child)) within += this.#cost(child);
    return whole === Infinity ? Infinity : whole - within;
  }

  #references(element: Element): Reference[] {
    const found = this.#bySheet.get(element)?.slice() ?? [];
    for (const { name, value } of element.attrs) {
      if (name === 'href' && element.namespaceURI !== HTML && value.startsWith('#'))
        this.#add(found, value.slice(1), name);
      else if (name === 'style') this.#addDeclared(found, plainCss(value));
      else if (element.namespaceURI !== HTML && value.includes('url("#'))
        for (const [, id = ''] of value.matchAll(TARGETS)) this.#add(found, id, name);
    }
    return found;
  }

  #add(found: Reference[], id: string, by: string): void {
    const target = this.#target(id);
    if (target !== null) found.push({ target, isInherited: INHERITED.test(by), isMarker: MARKERS.test(by) });
  }

  /** Adds the references of declarations, also by way of variables. */
  #addDeclared(found: Reference[], css: string): void {
    if (!css.includes('url("#') && (this.#variables.size === 0 || !css.includes('var('))) return;
    for (const [, name = '', value = ''] of css.matchAll(DECLARATIONS)) {
      const ids = [...value.matchAll(TARGETS)].map(([, id = '']) => id);
      for (const [, variable = ''] of value.matchAll(VARIABLES)) ids.push(...(this.#variables.get(variable) ?? []));
      for (const id of ids) this.#add(found, id, name.toLowerCase());
    }
  }

  /**
   * The references that style sheets give to elements. Only the last part of a selector is compared, so there may be too many, never too few.
   */
  #fromSheets(sheets: readonly string[]): Map<Element, Reference[]> {
    const given = new Map<Element, Reference[]>();
    for (const { selector, css } of sheets.flatMap((sheet) => rulesOf(sheet))) {
      const references: Reference[] = [];
      this.#addDeclared(references, css);
      if (references.length === 0) continue;
      for (const element of this.#elementsOf(selector)) {
        const there = given.get(element);
        if (there === undefined) given.set(element, [...references]);
        else there.push(...references);
      }
    }
    return given;
  }

  #elementsOf(selectors: string): ReadonlySet<Element> {
    if (selectors.includes('(')) return new Set(this.#selected.all);
    return new Set(selectors.split(',').flatMap((one) => this.#selected.of(one)));
  }
}

const LINES = new Set(['path', 'line', 'polyline', 'polygon']);

/** The `style` attributes of a page, each text once: thousands of elements have the same. */
function stylesOf(elements: readonly Element[]): Set<string> {
  const styles = new Set<string>();
  for (const element of elements) {
    const style = attribute(element, 'style');
    if (style !== null) styles.add(plainCss(style));
  }
  return styles;
}

const isSheet = (element: Element): boolean => element.tagName === 'style' && element.namespaceURI === HTML;
/** Whether an element is a gradient: it is computed once, whatever it paints, so only its references to others are counted. */
const isGradient = ({ tagName }: Element): boolean => tagName === 'linearGradient' || tagName === 'radialGradient';

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id; // not percent-encoded: a name with a percent sign
  }
}

const numberOf = (element: Element, name: string, otherwise: number): number => {
  const value = Math.abs(Number.parseFloat(attribute(element, name) ?? ''));
  return Number.isFinite(value) ? value : otherwise;
};

/**
 * What an element costs by itself. Filters are per pixel: an octave of turbulence over a window takes some 50 ms, a blur 10.
 */
function ownCost(element: Element): number {
  switch (element.tagName) {
    case 'image':
    case 'img':
      // What budget-svg.ts found an image in an SVG file to cost; no page has it.
      return 1 + numberOf(element, 'data-fz-cost', 0);
    case 'feTurbulence':
      return 1000 * Math.min(255, 1 + numberOf(element, 'numOctaves', 1));
    case 'feGaussianBlur':
    case 'feDropShadow':
    case 'feDisplacementMap':
      return 200;
    case 'feDiffuseLighting':
    case 'feSpecularLighting':
      return 500;
    case 'feMorphology':
      return 100 + 20 * Math.min(1000, numberOf(element, 'radius', 0));
    case 'feConvolveMatrix':
      return 100 + 20 * Math.min(100, numberOf(element, 'order', 3)) ** 2;
    case 'mask':
    case 'pattern':
    case 'filter':
      return 50;
    default:
      return 1;
  }
}

const numbersIn = (text: string): number => text.match(/[\d.]+/g)?.length ?? 0;

/** The points of the longest line in a style sheet. */
const pointsByStyle = (css: string): number =>
  [...css.matchAll(/(?<![\w-])d\s*:([^;}]*)/gi)].reduce((most, [, value = '']) => Math.max(most, numbersIn(value)), 0);

interface Rule {
  readonly selector: string;
  readonly css: string;
}

/** The rules of a style sheet, each with its declarations; nested rules are listed by themselves. */
export function rulesOf(css: string): Rule[] {
  const rules = new Map<string, string[]>();
  for (const { selector, name, value } of declarationsIn(css)) {
    if (selector === null) continue;
    const there = rules.get(selector);
    if (there === undefined) rules.set(selector, [`${name}:${value}`]);
    else there.push(`${name}:${value}`);
  }
  return [...rules].map(([selector, declared]) => ({ selector, css: declared.join(';') }));
}

/** The ids that each variable can stand for, also by way of other variables. */
function targetsOfVariables(sheets: readonly string[]): Map<string, Set<string>> {
  const targets = new Map<string, Set<string>>();
  const uses = new Map<string, Set<string>>();
  for (const css of sheets) {
    for (const [, name = '', value = ''] of css.matchAll(DECLARATIONS)) {
      if (!name.startsWith('--')) continue;
      for (const [, id = ''] of value.matchAll(TARGETS)) addTo(targets, name, id);
      for (const [, variable = ''] of value.matchAll(VARIABLES)) addTo(uses, variable, name);
    }
  }
  const pending = [...targets.keys()];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    for (const user of uses.get(name) ?? []) {
      const before = targets.get(user)?.size ?? 0;
      for (const id of targets.get(name) ?? []) addTo(targets, user, id);
      if ((targets.get(user)?.size ?? 0) > before) pending.push(user);
    }
  }
  return targets;
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const there = map.get(key);
  if (there === undefined) map.set(key, new Set([value]));
  else there.add(value);
}
