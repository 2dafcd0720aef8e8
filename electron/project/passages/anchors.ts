import { pageAt, quoteSpan } from '../../../shared/anchoring/anchor.ts';
import type { Span } from '../../../shared/anchoring/quote.ts';
import type { Marked } from '../../../shared/contract/passages.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Anchor, TextAnchor } from '../../../shared/model/index.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import type { PageGeometry } from '../../../shared/text/page-geometry.ts';
import { quadsOfSpan } from '../../../shared/text/quads.ts';
import type { StoredLayer } from '../sources/layers.ts';
import { numbered } from '../../../shared/text/counted.ts';

/**
 * The most characters of a new passage: some sixty pages. A longer passage is no evidence of anything in particular; one of a thousand pages
 * took 6 s to write and was sent with every list. Longer passages that exist already stay as they are.
 */
const LONGEST = 200_000;

/** The anchor of a selection, computed from the layer, never taken from the caller. */
export function anchorOf({ file }: Pick<StoredLayer, 'file'>, marked: Marked): Anchor {
  return marked.kind === 'area' ? areaOf(file.pages, marked) : textAnchors(file)(marked);
}

/**
 * Anchors of many spans of one layer, whose text and geometry are read once. Faults: BAD_INPUT if a span is empty, outside the text
 * or splits a character; TOO_LARGE.
 */
export function textAnchors(file: LayerFile): (span: Span) => TextAnchor {
  const text = file.text();
  const known = new Map<number, PageGeometry | null>();
  const geometryOf = (page: number): PageGeometry | null => {
    const geometry = known.get(page) ?? file.geometry(page);
    known.set(page, geometry);
    return geometry;
  };
  return ({ start, end }) => {
    const length = end - start;
    // The message is made only here: the first use of Intl's numbers takes 11 ms.
    if (length > LONGEST)
      throw new Fault(
        'TOO_LARGE',
        `A passage can have up to ${numbered(LONGEST)} characters; you selected ${numbered(length)}. Select less, or write a memo on the source.`,
        { length },
      );
    const quoted = quoteSpan(text, { start, end });
    if (!quoted.ok) throw new Fault(quoted.error.code, quoted.error.message, quoted.error.context);
    const touched = file.pages.filter((page) => page.start < end && page.end > start);
    const placed = touched.map((page) => ({ ...page, geometry: geometryOf(page.page) }));
    return { kind: 'text', ...quoted.value, page: pageAt(file.pages, start), quads: quadsOfSpan(placed, start, end) };
  };
}

function areaOf(pages: StoredLayer['file']['pages'], marked: Extract<Marked, { kind: 'area' }>): Anchor {
  const page = pages.find((one) => one.page === marked.page);
  const [left, bottom, right, top] = marked.area;
  if (page === undefined)
    throw new Fault('BAD_INPUT', `This source has no page ${marked.page}.`, { page: marked.page });
  const [pageLeft, pageBottom, pageRight, pageTop] = page.box;
  const inside = left < pageRight && right > pageLeft && bottom < pageTop && top > pageBottom;
  if (!(left < right && bottom < top) || !inside) {
    throw new Fault('BAD_INPUT', 'This area is empty or off the page. Draw it again.', {
      page: marked.page,
    });
  }
  return { kind: 'area', page: marked.page, area: marked.area };
}
