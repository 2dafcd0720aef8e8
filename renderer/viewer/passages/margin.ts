import type { DrawnPassage } from '../types.ts';
import { rootPixels } from '../screen.ts';
import { figureLook } from './figure-looks.ts';
import { lookOf } from './shapes.ts';
import type { EndLabels } from './descriptions.ts';

/** Translated words for the margin. */
export interface CodeLabels extends EndLabels {
  /** The label of a passage without tags. */
  readonly untagged: string;
  /** Names the list of codes for screen readers. */
  readonly list: string;
  /**
   * The accessible name of a passage’s button, with the number of others that share it. `area`: the place of an area, whose codes alone do
   * not tell what it shows.
   */
  code(codes: readonly string[], others: number, area: AreaPlace | null): string;
  /** The accessible name of a suggestion. */
  suggested(codes: readonly string[]): string;
}

export interface AreaPlace {
  /** From 1. */
  readonly page: number;
  /** The third of the page it begins in. */
  readonly third: (typeof THIRDS)[number];
}
const THIRDS = ['top', 'middle', 'bottom'] as const;

/** Height of a code in rem, as `--margin-code`: its line and the space around it. */
const CODE_HEIGHT = 1.25;

/** A passage, and the top of its first line in the page's own pixels. */
interface MarginCode {
  readonly passage: DrawnPassage;
  readonly top: number;
}

/**
 * Shows each passage’s code in the margin, at the height of its first line. Codes are buttons for the pointer and for
 * screen readers but no tab stops: a page can have hundreds, and J and K go from passage to passage.
 */
export function showCodes(
  margin: HTMLElement,
  codes: readonly MarginCode[],
  pageHeight: number,
  current: string | null,
  labels: CodeLabels,
): void {
  const byId = new Map(codes.map((code) => [code.passage.id, code]));
  const wanted = codes.map(({ passage, top }) => ({ id: passage.id, top }));
  const placed = placeCodes(wanted, CODE_HEIGHT * rootPixels(), 0, pageHeight, current);
  const before = shownIn.get(margin);
  const now = new Map<string, MarginItem>();
  for (const { top, ids } of placed) {
    const code = byId.get(ids[0] ?? '');
    if (code === undefined) continue;
    const { passage } = code;
    const third = THIRDS[Math.min(2, Math.floor((3 * Math.max(0, code.top)) / pageHeight))] ?? 'top';
    const area = passage.kind === 'area' ? third : null;
    const shown: ShownCode = {
      passage,
      passages: ids.join(' '),
      count: ids.length,
      top: Math.round(top),
      area,
      isCurrent: passage.id === current,
      labels,
    };
    const known = before?.get(passage.id);
    now.set(
      passage.id,
      known !== undefined && isSame(known.shown, shown) ? known : { shown, element: listItem(shown) },
    );
  }
  shownIn.set(margin, now);
  for (const [id, { element }] of before ?? []) if (now.get(id)?.element !== element) element.remove();
  putItems(margin, now.values());
  // A list without items is an error.
  for (const [name, value] of [
    ['role', 'list'],
    ['aria-label', labels.list],
  ] as const)
    if (placed.length === 0) margin.removeAttribute(name);
    else margin.setAttribute(name, value);
}

/** What an item was made from. */
interface ShownCode {
  readonly passage: DrawnPassage;
  /** The ids of the passages that share it, the first its own; and how many they are. */
  readonly passages: string;
  readonly count: number;
  readonly top: number;
  /** The third of the page, for an area. */
  readonly area: AreaPlace['third'] | null;
  readonly isCurrent: boolean;
  readonly labels: CodeLabels;
}
interface MarginItem {
  readonly shown: ShownCode;
  readonly element: HTMLElement;
}

/** The items of each margin by the id of their first passage. */
const shownIn = new WeakMap<HTMLElement, ReadonlyMap<string, MarginItem>>();

const isSame = (a: ShownCode, b: ShownCode): boolean =>
  a.passage === b.passage &&
  a.passages === b.passages &&
  a.top === b.top &&
  a.area === b.area &&
  a.isCurrent === b.isCurrent &&
  a.labels === b.labels;

/**
 * Puts items into this order. Existing items stay in the document: of 1,800 codes beside 10,000 figures, a step to the next figure changes
 * two, and creating and laying out all of them took half a second.
 */
function putItems(margin: HTMLElement, items: Iterable<MarginItem>): void {
  let next = margin.firstElementChild;
  for (const { element } of items) {
    if (element === next) next = next.nextElementSibling;
    else margin.insertBefore(element, next);
  }
}

function listItem(shown: ShownCode): HTMLDivElement {
  const item = document.createElement('div');
  item.className = 'margin-item';
  item.setAttribute('role', 'listitem');
  item.append(codeButton(shown));
  return item;
}

function nameOf({ passage, count, area, labels }: ShownCode): string {
  if (passage.suggested === true) return labels.suggested(passage.codes);
  return labels.code(passage.codes, count - 1, area === null ? null : { page: passage.page, third: area });
}

function codeButton(shown: ShownCode): HTMLButtonElement {
  const { passage, passages, count, top, isCurrent, labels } = shown;
  const [first, ...more] = passage.codes;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'margin-code';
  button.tabIndex = -1;
  // Passages are dragged by their codes; the view listens for `dragstart`.
  button.draggable = passage.suggested !== true;
  if (passage.suggested === true) button.classList.add('is-suggested');
  if (passage.learned === true) button.classList.add('is-learned');
  button.dataset['passages'] = passages;
  button.style.top = `${top}px`;
  button.title = nameOf(shown);
  if (isCurrent) button.setAttribute('aria-current', 'true');
  const figure = figureLook(lookOf(passage).family);
  if (figure?.isFront === true) button.setAttribute('aria-current', 'true');
  const [family = '', ...rest] = (first ?? '').split('.');
  if (first === undefined) button.append(part('code', labels.untagged));
  // A figure’s reading may contain a decimal point, so it is no code with a family.
  else if (figure !== undefined)
    button.append(part(`figure-sign f-${lookOf(passage).family}`, figure.sign), part('code', first));
  else {
    const look = lookOf(passage);
    const sign = part(`family-sign f-${look.family}`, family);
    if (look.colour !== undefined) sign.style.setProperty('--own', look.colour);
    button.append(sign);
    if (rest.length > 0) button.append(part('code', rest.join('.')));
  }
  if (first === undefined || figure !== undefined) button.classList.add('has-no-family');
  const others = more.length + count - 1;
  if (others > 0) button.append(part('more', `+${others}`));
  return button;
}

function part(className: string, text: string): HTMLSpanElement {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  return span;
}

/** The passages of the code at the target of an event; empty for any other element. */
export function passagesOfCode(target: EventTarget | null): string[] {
  const button = target instanceof Element ? target.closest('[data-passages]') : null;
  return button instanceof HTMLElement ? (button.dataset['passages'] ?? '').split(' ') : [];
}

/** A code in the margin, wanted at a height. */
export interface Wanted {
  readonly id: string;
  /** CSS pixels from the top of the page: the passage's first line. */
  readonly top: number;
}
/** A position in the margin, and the passages whose codes share it. */
interface Placed {
  readonly top: number;
  readonly ids: readonly string[];
}

/**
 * Places codes of equal `height` without overlap, each as near to its passage as possible (least squares), between
 * `min` and `max`. If they do not all fit, neighbours share a position; the current passage comes first there, so that
 * its code is always visible.
 */
export function placeCodes(
  wanted: readonly Wanted[],
  height: number,
  min: number,
  max: number,
  current: string | null = null,
): Placed[] {
  if (wanted.length === 0) return [];
  const sorted = [...wanted].sort((a, b) => a.top - b.top);
  const slots = Math.max(1, Math.floor((max - min) / height));
  const groups =
    sorted.length > slots ? shared(sorted, slots, current) : sorted.map((code) => ({ top: code.top, ids: [code.id] }));
  const tops = spread(
    groups.map((group) => group.top),
    height,
    min,
    max,
  );
  return groups.map((group, at) => ({ ids: group.ids, top: tops[at] ?? group.top }));
}

/** Joins neighbours, the closest first, until there are at most `slots` groups. */
function shared(sorted: readonly Wanted[], slots: number, current: string | null): { top: number; ids: string[] }[] {
  const gaps = sorted.slice(1).map((code, at) => ({ at: at + 1, gap: code.top - (sorted[at]?.top ?? code.top) }));
  const cuts = new Set(
    gaps
      .sort((a, b) => b.gap - a.gap || a.at - b.at)
      .slice(0, slots - 1)
      .map(({ at }) => at),
  );
  const groups: { top: number; ids: string[] }[] = [];
  for (const [at, code] of sorted.entries()) {
    const last = groups.at(-1);
    if (last === undefined || cuts.has(at)) groups.push({ top: code.top, ids: [code.id] });
    else if (code.id === current) last.ids.unshift(code.id);
    else last.ids.push(code.id);
  }
  return groups;
}

/**
 * Positions at least `height` apart with the least sum of squared shifts. Subtracting `i × height` makes this an
 * isotonic regression, which pooling adjacent violators solves exactly.
 */
function spread(tops: readonly number[], height: number, min: number, max: number): number[] {
  const pools: { sum: number; count: number }[] = [];
  for (const [at, top] of tops.entries()) {
    let pool = { sum: top - at * height, count: 1 };
    for (
      let last = pools.at(-1);
      last !== undefined && last.sum / last.count > pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pools.pop();
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count };
    }
    pools.push(pool);
  }
  const highest = Math.max(min, max - tops.length * height);
  const levels = pools.flatMap(({ sum, count }) =>
    Array<number>(count).fill(Math.min(Math.max(sum / count, min), highest)),
  );
  return levels.map((level, at) => level + at * height);
}
