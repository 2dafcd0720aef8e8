import type { ForeignArea, ForeignTarget } from './model.ts';
import { countOf, isObject, type Json, listOf, textOf, textsIn } from './values.ts';

type Place = Pick<ForeignTarget, 'quote' | 'position' | 'area' | 'unread'>;
type Found = { -readonly [K in keyof Place]: Place[K] } & { unread: string[]; page: number | null };

/** How deeply selectors may refine each other; a deeper chain is an attack, not a place. */
const DEEPEST = 20;

/**
 * The place that selectors name (Web Annotation Data Model, 4.2). Several selectors are alternatives for one place; one that
 * refines another is more exact. `count`: what a TextPositionSelector counts. The Recommendation has code points: “The selection
 * of the text MUST be in terms of unicode code points … not in terms of code units” (4.2.4, to which 4.2.5 refers); programs in
 * browsers count what JavaScript does.
 */
export function placeOf(selectors: unknown, count: 'points' | 'units'): Place {
  const found: Found = { quote: null, position: null, area: null, unread: [], page: null };
  const read = (value: unknown, depth: number): void => {
    if (depth > DEEPEST) return;
    for (const one of listOf(value)) {
      if (!isObject(one)) {
        if (textOf(one) !== null) found.unread.push('Selector');
        continue;
      }
      readOne(one, found, count);
      read(one['items'], depth + 1);
      read(one['refinedBy'], depth + 1);
    }
  };
  read(selectors, 0);
  const { page: _page, ...place } = found;
  return place;
}

function readOne(one: Json, found: Found, count: 'points' | 'units'): void {
  const types = textsIn(one['type'] ?? one['@type']).map((type) => type.replace(/^.*[#/:]/, ''));
  if (types.includes('TextQuoteSelector')) {
    const exact = textOf(one['exact']);
    if (exact === null) found.unread.push('TextQuoteSelector');
    else found.quote ??= { exact, prefix: textOf(one['prefix']) ?? '', suffix: textOf(one['suffix']) ?? '' };
  } else if (types.includes('TextPositionSelector')) {
    const [start, end] = [countOf(one['start']), countOf(one['end'])];
    if (start === null || end === null || end <= start) found.unread.push('TextPositionSelector');
    else found.position ??= { start, end, count };
  } else if (types.includes('FragmentSelector')) readFragment(one, found);
  // A page or a choice of selectors is no place by itself.
  else if (!types.includes('Choice') && !types.includes('PageSelector')) found.unread.push(types[0] ?? 'Selector');
}

const PAGE = /(?:^|[#&])page=(\d{1,6})(?:&|$)/;
const PIXELS = /(?:^|[#&])xywh=(?:pixel:)?([\d.]+),([\d.]+),([\d.]+),([\d.]+)/;

/** A page of a PDF (RFC 8118) with our own area on it, or a rectangle of an image (Media Fragments, 4.2.2). */
function readFragment(one: Json, found: Found): void {
  const value = textOf(one['value']) ?? '';
  const page = PAGE.exec(value)?.[1];
  const pixels = boxOf(PIXELS.exec(value)?.slice(1).map(Number));
  const own = boxOf(one['sb:area']);
  if (own !== null && page !== undefined) found.area ??= { unit: 'points', page: Number(page), box: own };
  else if (pixels !== null) found.area ??= { unit: 'pixels', box: pixels };
  else if (page === undefined) found.unread.push('FragmentSelector');
}

function boxOf(value: unknown): ForeignArea['box'] | null {
  const numbers = listOf(value).flatMap((one) => (typeof one === 'number' && Number.isFinite(one) ? [one] : []));
  const [a, b, c, d] = numbers;
  const isBox = numbers.length === 4 && a !== undefined && b !== undefined && c !== undefined && d !== undefined;
  return isBox ? [a, b, c, d] : null;
}
