import { frozenResourceType } from '../../../shared/model/frozen-resource.ts';
import type { Sha256 } from '../../../shared/model/index.ts';
import { Bytes, MAX_PIXELS, NoPicture } from '../image/facts.ts';
import { readJpeg, readPng, readWebp } from '../image/headers.ts';
import { rulesOf } from './budget-references.ts';
import { costOfSvg } from './budget-svg.ts';
import { NOTHING } from './css.ts';
import { Selected, withoutFunctions } from './selected.ts';
import { attribute, HTML, removeAttribute, setAttribute, type Element } from './tree.ts';

/** What images in SVG may cost together, in units of budget-references.ts. */
const MOST_SHOWN = 200_000;
/** Images that cost less are not counted: they are icons, of which a page has thousands. */
const CHEAP = 100;

/** Whether a resource may cost anything that counts: an SVG, or an image of too many pixels. Takes no time. */
export function mayCost(bytes: Uint8Array): boolean {
  const type = frozenResourceType(bytes);
  return type === 'image/svg+xml' || (type !== null && pixelsOf(type, bytes) > MAX_PIXELS);
}

/** What a resource costs each time it is shown; infinite if it should not be. */
const costOf = (bytes: Uint8Array): number =>
  !mayCost(bytes) ? 0 : frozenResourceType(bytes) === 'image/svg+xml' ? costOfSvg(bytes) : Infinity;

/** The costs of those of a page's images that cost anything. */
export function picturesOf(resources: Iterable<readonly [Sha256, Uint8Array]>): Map<string, number> {
  const costs = new Map<string, number>();
  for (const [hash, bytes] of resources) {
    const cost = costOf(bytes);
    if (cost > CHEAP) costs.set(hash, cost);
  }
  return costs;
}

function pixelsOf(type: string, all: Uint8Array): number {
  const bytes = new Bytes(all);
  try {
    switch (type) {
      case 'image/png':
        return area(readPng(bytes));
      case 'image/jpeg':
        return area(readJpeg(bytes));
      case 'image/webp':
        return area(readWebp(bytes));
      case 'image/gif':
        return (bytes.u16(6, true) ?? 0) * (bytes.u16(8, true) ?? 0);
      case 'image/bmp':
        return (bytes.u32(18, true) ?? 0) * Math.abs((bytes.u32(22, true) ?? 0) | 0);
      case 'image/avif': {
        const at = Buffer.from(all.subarray(0, 65_536)).indexOf('ispe');
        return at < 0 ? 0 : (bytes.u32(at + 8, false) ?? 0) * (bytes.u32(at + 12, false) ?? 0);
      }
      default:
        return 0;
    }
  } catch (thrown) {
    if (thrown instanceof NoPicture) return 0; // Chromium doesn't show it either
    throw thrown;
  }
}
const area = ({ width, height }: { readonly width: number; readonly height: number }): number => width * height;

/** Takes the costliest images out of a page until the rest is affordable; returns how many. */
export function cutPictures(elements: readonly Element[], costs: ReadonlyMap<string, number>): number {
  if (costs.size === 0) return 0;
  const totals = new Map<string, number>();
  for (const [hash, times] of usesOf(elements, costs)) totals.set(hash, times * (costs.get(hash) ?? 0));
  let total = [...totals.values()].reduce((sum, one) => sum + one, 0);
  const cut = new Set<string>();
  for (const [hash] of [...totals].toSorted((a, b) => b[1] - a[1])) {
    if (total <= MOST_SHOWN) break;
    cut.add(hash);
    totals.delete(hash);
    total = [...totals.values()].reduce((sum, one) => sum + one, 0);
  }
  if (cut.size > 0) for (const element of elements) takeFrom(element, cut);
  return cut.size;
}

const ADDRESSES = /url\("r\/([0-9a-f]{64})"\)/g;
const hashIn = (address: string | null): string => /^r\/([0-9a-f]{64})$/.exec(address ?? '')?.[1] ?? '';

/**
 * How often a page shows each of these images. Only the last part of a selector is compared, so the count may be too high, never too low.
 */
function usesOf(elements: readonly Element[], costs: ReadonlyMap<string, number>): Map<string, number> {
  const uses = new Map<string, number>();
  const selected = new Selected(elements);
  const add = (hash: string, times: number): void => {
    if (costs.has(hash)) uses.set(hash, (uses.get(hash) ?? 0) + times);
  };
  for (const element of selected.all) {
    for (const name of ['src', 'href', 'background']) add(hashIn(attribute(element, name)), 1);
    for (const { value } of element.attrs) for (const [, hash = ''] of value.matchAll(ADDRESSES)) add(hash, 1);
    if (element.tagName !== 'style' || element.namespaceURI !== HTML) continue;
    for (const child of element.childNodes) {
      if (!('value' in child) || !child.value.includes('url("r/')) continue;
      for (const { selector, css } of rulesOf(child.value))
        for (const [, hash = ''] of css.matchAll(ADDRESSES)) add(hash, timesOf(selected, selector));
    }
  }
  return uses;
}

/** How many elements a selector may select, ignoring the conditions in its functions. */
const timesOf = (selected: Selected, selectors: string): number =>
  withoutFunctions(selectors)
    .split(',')
    .reduce((sum, one) => sum + selected.of(one).length, 0);

function takeFrom(element: Element, cut: ReadonlySet<string>): void {
  const without = (css: string): string =>
    css.replace(ADDRESSES, (written: string, hash: string) => (cut.has(hash) ? NOTHING : written));
  for (const name of ['src', 'href', 'background']) {
    if (!cut.has(hashIn(attribute(element, name)))) continue;
    removeAttribute(element, name);
    if (element.tagName === 'img') setAttribute(element, 'data-fz-missing', '');
  }
  for (const one of element.attrs)
    if (one.name === 'style' || element.namespaceURI !== HTML) one.value = without(one.value);
  if (element.tagName !== 'style') return;
  for (const child of element.childNodes) if ('value' in child) child.value = without(child.value);
}
