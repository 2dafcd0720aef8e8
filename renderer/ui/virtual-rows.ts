import { useEffect, useId, type CSSProperties } from 'react';
import { useVirtualizer, type VirtualItem, type Virtualizer, type VirtualizerOptions } from '@tanstack/react-virtual';

type Kept = 'overscan' | 'paddingStart' | 'scrollMargin' | 'scrollPaddingStart' | 'scrollPaddingEnd' | 'rangeExtractor';

export interface VirtualRowsOptions extends Partial<Pick<VirtualizerOptions<HTMLElement, Element>, Kept>> {
  /** The element that scrolls, once it is mounted. */
  readonly scroller: () => HTMLElement | null;
  readonly count: number;
  /** The current row; -1: none. */
  readonly current: number;
  /** The row to scroll to when it changes; -1: none. Without it, the current row. */
  readonly scrollTo?: number;
  /** A row’s key, for lists in which rows are added and removed. */
  readonly keyOf?: (index: number) => string | number;
  /** A number if all rows have this height, in pixels. Otherwise an estimate; the row is measured once it is drawn. */
  readonly height: number | ((index: number) => number);
  /** Called near the last row: there may be more. */
  readonly onEnd?: () => void;
}

/** The props that position a row, or the box around it. */
export interface RowPlace {
  readonly ref?: (element: Element | null) => void;
  readonly 'data-index'?: number;
  readonly style: CSSProperties;
}

export interface VirtualRows {
  readonly virtual: Virtualizer<HTMLElement, Element>;
  /** The rows to draw. */
  readonly items: readonly VirtualItem[];
  /** For the element that contains the rows: it is as high as all of them. */
  readonly style: CSSProperties;
  readonly idOf: (index: number) => string;
  /** For `aria-activedescendant`. */
  readonly activeId: string | undefined;
  readonly placeOf: (item: VirtualItem) => RowPlace;
}

/** More rows are requested this many rows before the last one. */
const EARLY = 20;

/** The rows of a list of any length: only those in view are rendered, and the current one is scrolled into view. */
export function useVirtualRows(options: VirtualRowsOptions): VirtualRows {
  const { scroller, count, current, scrollTo = current, keyOf, height, onEnd, ...kept } = options;
  const id = useId();
  const virtual = useVirtualizer<HTMLElement, Element>({
    ...kept,
    count,
    getScrollElement: scroller,
    estimateSize: typeof height === 'number' ? () => height : height,
    ...(keyOf === undefined ? {} : { getItemKey: keyOf }),
  });
  // The height depends on the text size, which may change while the list is open.
  const fixed = typeof height === 'number' ? height : null;
  useEffect(() => {
    if (fixed !== null) virtual.measure();
  }, [fixed, virtual]);
  useEffect(() => {
    if (scrollTo >= 0) virtual.scrollToIndex(scrollTo, { align: 'auto' });
  }, [current, scrollTo, virtual]);
  const items = virtual.getVirtualItems();
  const last = Math.max(current, items.at(-1)?.index ?? 0);
  useEffect(() => {
    if (last + EARLY >= count) onEnd?.();
    // `onEnd` is a new function in each render, and requests each page only once.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [last, count]);

  const idOf = (index: number): string => `${id}-${String(index)}`;
  const margin = kept.scrollMargin ?? 0;
  return {
    virtual,
    items,
    style: { blockSize: virtual.getTotalSize() },
    idOf,
    activeId: current >= 0 ? idOf(current) : undefined,
    placeOf: ({ index, start, size }) => {
      // The order matters on paper, where rows stand one below the other (features/evidence/print.css): headings are drawn before all rows.
      const place = { order: index, transform: `translateY(${String(start - margin)}px)` };
      if (fixed !== null) return { style: { ...place, blockSize: size } };
      return { ref: virtual.measureElement, 'data-index': index, style: place };
    },
  };
}
