import { useEffect, useId, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { rowAfterKey } from './selection.ts';
import { tokenPixels } from './token.ts';

export interface VirtualListProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The row the keyboard is on; null: none yet. */
  readonly current: string | null;
  readonly onCurrent: (key: string) => void;
  /** Enter, and a press on the row. */
  readonly onOpen?: (row: Row) => void;
  /** A key this list does not know; answers whether it meant anything. */
  readonly onKey?: (key: string, row: Row | undefined) => boolean;
  /** One comes near to the last row: there may be more. */
  readonly onEnd?: () => void;
  /** About how high a row is, a token in rem; it is measured once it is drawn. */
  readonly rowHeight?: `--${string}`;
  readonly children: (row: Row) => ReactNode;
}

const PAGE_STEP = 8;
const EARLY = 20;

/** A list of any length, of which only what is in view is there. One tab stop; arrows, Home, End and the page keys move. */
export function VirtualList<Row>(props: VirtualListProps<Row>) {
  const { label, rows, keyOf, current, onCurrent, onOpen, onKey, onEnd, rowHeight = '--row-2', children } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const keys = useMemo(() => rows.map(keyOf), [rows, keyOf]);
  const at = current === null ? -1 : keys.indexOf(current);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: () => tokenPixels(rowHeight),
    getItemKey: (index) => keys[index] ?? index,
    overscan: 8,
  });

  useFollowed(virtual, at, rows.length, onEnd);

  const keyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    if (event.key === 'Enter' && row !== undefined && onOpen !== undefined) onOpen(row);
    else if (onKey?.(event.key, row) !== true) {
      const next = keys[rowAfterKey(event.key, at, rows.length, PAGE_STEP) ?? -1];
      if (next === undefined) return;
      onCurrent(next);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={list}
      className="virtual-list scroll"
      role="listbox"
      aria-label={label}
      aria-activedescendant={at >= 0 ? `${id}-${String(at)}` : undefined}
      tabIndex={0}
      onKeyDown={keyDown}
      onFocus={() => {
        const first = keys[0];
        if (at < 0 && first !== undefined) onCurrent(first);
      }}
    >
      <div role="presentation" className="virtual-rows" style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index];
          const own = keys[index];
          return row === undefined || own === undefined ? null : (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              role="presentation"
              className="virtual-place"
              style={{ transform: `translateY(${String(start)}px)` }}
            >
              {/* The list itself has the focus and hears the keys; a row only hears the pointer. */}
              {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
              <div
                id={`${id}-${String(index)}`}
                role="option"
                aria-selected={index === at}
                aria-posinset={index + 1}
                aria-setsize={rows.length}
                tabIndex={-1}
                className="virtual-row"
                data-current={index === at || undefined}
                onClick={() => {
                  onCurrent(own);
                  onOpen?.(row);
                }}
              >
                {children(row)}
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** What the keyboard is on stays in view; near to the last row, more is asked for. */
function useFollowed(
  virtual: Virtualizer<HTMLDivElement, Element>,
  at: number,
  count: number,
  onEnd: (() => void) | undefined,
): void {
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  const last = Math.max(at, virtual.getVirtualItems().at(-1)?.index ?? 0);
  useEffect(() => {
    if (last + EARLY >= count) onEnd?.();
    // It is a new function each time, and asks only once.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [last, count]);
}
