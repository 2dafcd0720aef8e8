import { useMemo, useRef, type ComponentProps, type KeyboardEvent, type ReactNode } from 'react';
import { handleListKey } from './keys.ts';
import { tokenPixels } from './token.ts';
import { useVirtualRows } from './virtual-rows.ts';

export interface VirtualListProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The current row; null: none yet. */
  readonly current: string | null;
  readonly onCurrent: (key: string) => void;
  /** Called on Enter, and on a press on the row. */
  readonly onOpen?: (row: Row) => void;
  /** Called for every other key. Returns whether it was handled. */
  readonly onKey?: (key: string, row: Row | undefined) => boolean;
  /** Called near the last row: there may be more. */
  readonly onEnd?: () => void;
  /** An estimate of a row’s height, a token in rem; it is measured once it is drawn. */
  readonly rowHeight?: `--${string}`;
  readonly children: (row: Row) => ReactNode;
}

/** A list of any length, of which only rows in view are drawn. One tab stop; arrows, Home, End and the page keys move. */
export function VirtualList<Row>(props: VirtualListProps<Row>) {
  const { label, rows, keyOf, current, onCurrent, onOpen, onKey, onEnd, rowHeight = '--row-2', children } = props;
  const list = useRef<HTMLDivElement>(null);
  const keys = useMemo(() => rows.map(keyOf), [rows, keyOf]);
  const at = current === null ? -1 : keys.indexOf(current);
  const { items, style, idOf, activeId, placeOf } = useVirtualRows({
    scroller: () => list.current,
    count: rows.length,
    current: at,
    keyOf: (index) => keys[index] ?? index,
    height: once(() => tokenPixels(rowHeight)),
    overscan: 8,
    ...(onEnd === undefined ? {} : { onEnd }),
  });
  const keyDown = (event: KeyboardEvent): void =>
    handleListKey(event, {
      current: at,
      count: rows.length,
      ignoresModifiers: true,
      onMove: (next) => {
        const key = keys[next];
        if (key !== undefined) onCurrent(key);
      },
      onKey: () => {
        const { key } = event;
        const row = rows[at];
        if (key !== 'Enter' || row === undefined || onOpen === undefined) return onKey?.(key, row) === true;
        onOpen(row);
        return true;
      },
    });
  return (
    <div
      ref={list}
      className="virtual-list scroll"
      role="listbox"
      aria-label={label}
      aria-activedescendant={activeId}
      tabIndex={0}
      onKeyDown={keyDown}
      onFocus={() => {
        const first = keys[0];
        if (at < 0 && first !== undefined) onCurrent(first);
      }}
    >
      <div role="presentation" className="virtual-rows" style={style}>
        {items.map((item) => {
          const { index, key } = item;
          const row = rows[index];
          const own = keys[index];
          return row === undefined || own === undefined ? null : (
            <div key={key} role="presentation" className="virtual-place" {...placeOf(item)}>
              <ListRow
                id={idOf(index)}
                isCurrent={index === at}
                aria-posinset={index + 1}
                aria-setsize={rows.length}
                className="virtual-row"
                onClick={() => {
                  onCurrent(own);
                  onOpen?.(row);
                }}
              >
                {children(row)}
              </ListRow>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Computes a value once. It is needed for each row, and computing the style again for 10,000 rows took longer than drawing the list. */
function once(read: () => number): () => number {
  let value: number | null = null;
  return () => (value ??= read());
}

type ListRowProps = Omit<ComponentProps<'div'>, 'role' | 'tabIndex' | 'aria-selected'> & {
  readonly isCurrent: boolean;
};

/** A row of a listbox. The list has the focus and handles keys; the row only handles the pointer. */
export function ListRow({ isCurrent, ...rest }: ListRowProps) {
  return <div role="option" aria-selected={isCurrent} tabIndex={-1} data-current={isCurrent || undefined} {...rest} />;
}
