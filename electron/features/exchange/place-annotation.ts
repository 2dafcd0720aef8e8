import { quoteFinder, type Span, splitsPair } from '../../../shared/anchoring/quote.ts';
import { codePointsOf, type CodePoints } from '../../../shared/text/code-points.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import type { Area } from '../../../shared/model/index.ts';
import type { ForeignArea, ForeignTarget } from '../../formats/annotations/model.ts';

/** A place in a source, or why there is none: the end of a sentence that begins “Its words”. */
export type Placed = { readonly span: Span } | { readonly why: string };

/**
 * This many characters that a text has only once are found there, whatever is said of the words around them: a page that was saved
 * has other words around its text than one in a browser.
 */
const SURE = 20;

/** Places quotations in one text, which is read once. */
export class TextPlaces {
  readonly text: string;
  private readonly isPlain: boolean;
  private points: CodePoints | null = null;
  private readonly find: ReturnType<typeof quoteFinder>;

  constructor(file: LayerFile) {
    this.text = file.text();
    this.find = quoteFinder(this.text);
    this.isPlain = file.engine === 'plain-text';
  }

  /**
   * The place of a quotation: by its position if the words are there, else by the words. A position without a quotation counts only
   * in plain text, whose characters every program counts alike. Never a guess: words at several places are not placed.
   */
  placeOf({ quote, position }: Pick<ForeignTarget, 'quote' | 'position'>): Placed {
    if (quote === null) {
      const span = position === null || !this.isPlain ? null : this.spanOf(position);
      return span === null
        ? { why: 'are only a position, which counts in another program’s text of this file' }
        : { span };
    }
    if (position !== null) {
      for (const count of [position.count, position.count === 'points' ? 'units' : 'points'] as const) {
        const span = this.spanOf({ ...position, count });
        if (span !== null && this.text.slice(span.start, span.end) === quote.exact) return { span };
      }
    }
    const found = this.find(quote);
    if (found.ok) return { span: found.value };
    const alone = this.find({ exact: quote.exact, prefix: '', suffix: '' });
    if (alone.ok && Array.from(quote.exact.trim()).length >= SURE) return { span: alone.value };
    if (found.error.code === 'AMBIGUOUS') return { why: 'are at several places in the text' };
    return { why: alone.ok ? 'have other words around them in the text' : 'aren’t in the text' };
  }

  private spanOf({ start, end, count }: NonNullable<ForeignTarget['position']>): Span | null {
    const span = count === 'units' ? { start, end } : this.inUnits(start, end);
    const isInside = span.end <= this.text.length && span.start < span.end;
    return isInside && !splitsPair(this.text, span.start) && !splitsPair(this.text, span.end) ? span : null;
  }

  private inUnits(start: number, end: number): Span {
    this.points ??= codePointsOf(this.text);
    return { start: this.points.toUnits(start), end: this.points.toUnits(end) };
  }
}

/** The area of a passage, in the units of its page; null if the source has no such page. */
export function areaOn(file: LayerFile, area: ForeignArea): { readonly page: number; readonly area: Area } | null {
  const isImage = file.engine === 'image' || file.engine === 'picture';
  if (area.unit === 'points') {
    const page = file.pages.find((one) => one.page === area.page);
    return page === undefined || isImage ? null : { page: area.page, area: [...area.box] };
  }
  const page = isImage ? file.pages[0] : undefined;
  if (page === undefined) return null;
  const [x, y, width, height] = area.box;
  const top = page.box[3] - y;
  return { page: page.page, area: [x, top - height, x + width, top] };
}
