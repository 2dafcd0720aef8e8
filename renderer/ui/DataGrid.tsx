import { useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject } from 'react';
import { Icon } from './Icon.tsx';
import { rowsInPage } from './keys.ts';
import { checksAfter, rowAfterKey, selectionAfter, type Selection } from './selection.ts';
import { tokenPixels } from './token.ts';
import { useLength } from './useLength.ts';
import { useVirtualRows, type RowPlace } from './virtual-rows.ts';

export interface Column<Row> extends Fitting {
  readonly id: string;
  readonly label: string;
  /** Whether the column takes the remaining width. */
  readonly grows?: boolean;
  readonly isNumber?: boolean;
  readonly canSort?: boolean;
  /** Whether the first click sorts the greatest number first. */
  readonly descendsFirst?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

export interface DataGridProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  /** Whether rows have checkboxes (see {@link checksAfter}) instead of a selection. */
  readonly ticks?: boolean;
  /** Called on Enter, and on a double click if rows have no checkboxes. */
  readonly onOpen: (key: string) => void;
  /** Called on a right click on a row, which selects it first, or on the menu key. */
  readonly onMenu?: (at: { readonly x: number; readonly y: number }) => void;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** The stored scroll position in pixels, and a function that stores it. */
  readonly scrolled?: { readonly top: () => number; readonly keep: (top: number) => void };
  /** Rows that are dimmed: those in the trash. */
  readonly isFaint?: (row: Row) => boolean;
}

/**
 * A table of any length: only rows in view are rendered. One tab stop; arrows, Home, End and the page keys move, with
 * Shift they extend, Space selects, Ctrl A selects all, Enter opens.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, rows, keyOf, selection, onSelection, onOpen, scrolled, ticks = false } = props;
  const after = ticks ? checksAfter : selectionAfter;
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useFittingColumns(props.columns, scroller);
  useLayoutEffect(() => {
    if (scrolled !== undefined && scroller.current !== null) scroller.current.scrollTop = scrolled.top();
  }, [scrolled]);
  const rowHeight = tokenPixels('--row-2') + tokenPixels('--s-1');
  const keys = rows.map(keyOf);
  const current = selection.current === null ? -1 : keys.indexOf(selection.current);
  const { items, style, idOf, activeId, placeOf } = useVirtualRows({
    scroller: () => scroller.current,
    count: rows.length,
    current,
    height: rowHeight,
    overscan: 8,
    scrollPaddingStart: rowHeight,
    // Column heads cover the top of the grid; rows’ positions don’t include them.
    scrollPaddingEnd: rowHeight,
  });

  const move = (event: KeyboardEvent): void => {
    if (event.target !== scroller.current) return;
    if (event.key === 'Enter' && selection.current !== null) onOpen(selection.current);
    else {
      const next = after(selection, keys, {
        key: event.key,
        shift: event.shiftKey,
        mod: event.ctrlKey || event.metaKey,
        to: rowAfterKey(event.key, current, keys.length, rowsInPage(scroller.current, rowHeight)),
      });
      if (next === null) return;
      onSelection(next);
    }
    event.preventDefault();
  };

  const tracks = columns
    .map(({ width, grows }) => (grows === true ? `minmax(var(${width}), 1fr)` : `var(${width})`))
    .join(' ');
  return (
    <div
      ref={scroller}
      className="grid scroll"
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable
      aria-activedescendant={activeId}
      tabIndex={0}
      onKeyDown={move}
      onContextMenu={(event) => openMenu(event, props, keys, activeId)}
      onScroll={({ currentTarget }) => scrolled?.keep(currentTarget.scrollTop)}
      style={{ '--tracks': tracks } as React.CSSProperties}
    >
      <GridHead {...props} columns={columns} />
      <div role="rowgroup" className="grid-body" style={style}>
        {items.map((item) => {
          const { index } = item;
          const row = rows[index];
          const key = keys[index];
          return row === undefined || key === undefined ? null : (
            <GridRow
              key={key}
              {...props}
              columns={columns}
              row={row}
              rowKey={key}
              index={index}
              id={idOf(index)}
              place={placeOf(item)}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Opens the menu. A right click selects its row, unless that is selected already. The menu key opens it for the current row. */
function openMenu<Row>(
  event: MouseEvent,
  { onMenu, selection, onSelection }: DataGridProps<Row>,
  keys: readonly string[],
  activeId: string | undefined,
): void {
  if (onMenu === undefined || !(event.target instanceof Element)) return;
  const clicked = event.target.closest<HTMLElement>('[role="row"][data-key]');
  const row = clicked ?? (activeId === undefined ? null : document.getElementById(activeId));
  const key = keys.find((one) => one === row?.dataset['key']);
  if (row === null || key === undefined) return;
  event.preventDefault();
  if (!selection.selected.has(key)) onSelection({ selected: new Set([key]), current: key, anchor: key });
  const box = row.getBoundingClientRect();
  onMenu(clicked === null ? { x: box.left + box.height, y: box.bottom } : { x: event.clientX, y: event.clientY });
}

/** The columns that fit. The grid itself is measured, since panes beside it open and close. */
function useFittingColumns<Row>(
  columns: readonly Column<Row>[],
  grid: RefObject<HTMLDivElement | null>,
): readonly Column<Row>[] {
  const room = useLength(grid, 'width');
  if (room === null) return columns;
  return fitColumns(columns, room - 2 * tokenPixels('--s-3'), tokenPixels('--s-3'), tokenPixels);
}

function GridHead<Row>({ columns, sort, onSort }: DataGridProps<Row>) {
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-row">
        {columns.map((column) => {
          const isSorted = sort.column === column.id;
          const className = column.isNumber === true ? 'number' : undefined;
          if (column.canSort !== true) {
            return (
              <div key={column.id} role="columnheader" className={className}>
                {column.label}
              </div>
            );
          }
          return (
            <div
              key={column.id}
              role="columnheader"
              className={className}
              aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            >
              <button
                type="button"
                onClick={() =>
                  onSort({ column: column.id, descending: isSorted ? !sort.descending : column.descendsFirst === true })
                }
              >
                {column.label}
                {isSorted ? <Icon name={sort.descending ? 'descending' : 'ascending'} size="small" /> : null}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface RowProps<Row> extends DataGridProps<Row> {
  readonly row: Row;
  readonly rowKey: string;
  readonly index: number;
  readonly id: string;
  readonly place: RowPlace;
}

function GridRow<Row>({
  row,
  rowKey,
  index,
  id,
  place,
  columns,
  rows,
  keyOf,
  selection,
  onSelection,
  onOpen,
  isFaint,
  ticks = false,
}: RowProps<Row>) {
  return (
    // The grid itself has the focus and hears the keys; a row only hears the pointer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      id={id}
      data-key={rowKey}
      aria-rowindex={index + 2}
      aria-selected={selection.selected.has(rowKey)}
      className="grid-row"
      data-current={selection.current === rowKey || undefined}
      data-faint={isFaint?.(row) || undefined}
      {...place}
      onClick={(event) => {
        const next = (ticks ? checksAfter : selectionAfter)(selection, rows.map(keyOf), {
          key: 'click',
          shift: event.shiftKey,
          mod: event.ctrlKey || event.metaKey,
          to: index,
        });
        if (next !== null) onSelection(next);
      }}
      onDoubleClick={() => (ticks ? undefined : onOpen(rowKey))}
    >
      {columns.map((column) => (
        <div key={column.id} role="gridcell" className={column.isNumber === true ? 'number' : undefined}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** A column’s least width, and the order in which columns are dropped where there is no room. */
export interface Fitting {
  /** Its least width, a token. */
  readonly width: `--${string}`;
  /** Columns with the greatest number are dropped first; one without a number always stays. */
  readonly drop?: number;
}

/** The columns that fit into `room`, with `gap` between them; all lengths in CSS pixels. */
export function fitColumns<C extends Fitting>(
  columns: readonly C[],
  room: number,
  gap: number,
  pixels: (width: C['width']) => number,
): C[] {
  const kept = [...columns];
  const needed = (): number => kept.reduce((sum, column) => sum + pixels(column.width), gap * (kept.length - 1));
  while (needed() > room) {
    const droppable = kept.filter(({ drop }) => drop !== undefined);
    const next = droppable.sort((a, b) => (b.drop ?? 0) - (a.drop ?? 0))[0];
    if (next === undefined) break;
    kept.splice(kept.indexOf(next), 1);
  }
  return kept;
}
