import { fail, ok, type Result } from '../errors.ts';
import { type Span, splitsPair } from './quote.ts';

/** Code units of text kept before and after a passage, so that it can be found again when the text has changed. */
export const CONTEXT = 32;

export interface Quoted extends Span {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * The quote selector of a span: its exact text with the context around it. BAD_INPUT if the span is empty, outside the
 * text, or splits a character.
 */
export function quoteSpan(text: string, { start, end }: Span): Result<Quoted> {
  if (start >= end) return fail('BAD_INPUT', 'Nothing selected. Select some text first.');
  if (start < 0 || end > text.length) {
    return fail('BAD_INPUT', `The selection is outside the source’s text, which has ${text.length} characters.`, {
      start,
      end,
      length: text.length,
    });
  }
  if (splitsPair(text, start) || splitsPair(text, end)) {
    return fail('BAD_INPUT', 'The selection splits a character. Select all of it.', { start, end });
  }
  return ok({ start, end, exact: text.slice(start, end), prefix: before(text, start), suffix: after(text, end) });
}

function before(text: string, start: number): string {
  const from = Math.max(0, start - CONTEXT);
  return text.slice(splitsPair(text, from) ? from + 1 : from, start);
}
function after(text: string, end: number): string {
  const to = Math.min(text.length, end + CONTEXT);
  return text.slice(end, splitsPair(text, to) ? to - 1 : to);
}

interface PlacedPage {
  readonly page: number;
  readonly start: number;
  readonly end: number;
}
/** The page (from 1) an offset of the whole text lies on; the line feed between two pages belongs to the earlier one. */
export function pageAt(pages: readonly PlacedPage[], offset: number): number {
  let low = 0;
  let high = pages.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pages[middle]?.start ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return pages[low]?.page ?? 1;
}
