import { type ReactNode, useMemo, useRef } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { type FigureGroup, LISTED_STATES } from '../../../shared/contract/figure-conditions.ts';
import type { FigureRow, FiguresGroup } from '../../../shared/contract/figures-table.ts';
import { FIGURE_KINDS } from '../../../shared/figures/figure.ts';
import { useAsk, useCall } from '../../api/index.ts';
import { unitWords } from '../../common/figures/words.ts';
import { GroupRow } from '../../common/rows/GroupRow.tsx';
import { headingsIn, type Lines, linesOf } from '../../common/rows/lines.ts';
import { announce } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openPassage, openRange } from '../../common/workbench/workbench.ts';
import { Icon } from '../../ui/Icon.tsx';
import { handleListKey } from '../../ui/keys.ts';
import { tokenPixels } from '../../ui/token.ts';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { type RowPlace, useVirtualRows, type VirtualRows } from '../../ui/virtual-rows.ts';
import { FigureCell, type Shown } from './FigureCells.tsx';
import { columnsFor, Head } from './FigureColumns.tsx';
import {
  BLOCK,
  chooseNone,
  setAt,
  setHeading,
  type TableInput,
  toggleChosen,
  toggleFolded,
  useFigures,
} from './state.ts';

/** Opens the passage of a figure; without a passage, the figure’s words in the source. */
export function openFigure({ source, passage, start, end }: FigureRow): void {
  if (passage === null) openRange(source, { start, end });
  else openPassage({ source, passage });
}

interface FigureRowsProps {
  readonly input: TableInput;
  readonly first: CallOutput<'figures.table'>;
  /** The new query is loading; these are the previous rows. */
  readonly isOld: boolean;
  readonly width: FrameWidth;
}

/** The table of figures, one a row. Only the rows in view are read from the engine. */
export function FigureRows({ input, first, isOld, width }: FigureRowsProps) {
  const { t } = useTranslation();
  const grid = useRef<HTMLDivElement>(null);
  const { at, heading, folded, columns: wanted, chosen } = useFigures();
  const { columns, tracks } = useMemo(() => columnsFor(width, wanted), [width, wanted]);
  const chosenIds = useMemo(() => new Set(chosen.map(({ id }) => id)), [chosen]);
  const lines = useMemo(() => linesOf({ positions: first.total, groups: first.groups }, folded), [first, folded]);
  const current = heading === null ? lines.indexOf(at) : lines.headingOf(heading);
  const isGrouped = input.group !== null;
  const rowHeight = tokenPixels('--row') + tokenPixels('--s-1');
  const { items, style, idOf, activeId, placeOf } = useVirtualRows({
    scroller: () => grid.current,
    count: lines.count,
    current,
    height: rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
    // The column heads cover the top of the scroll area; row positions do not include them.
    scrollPaddingEnd: rowHeight,
  });
  const { open, keyDown } = useRowActs(input, lines, current);
  const placed = items.flatMap((item) => {
    const line = lines.at(item.index);
    return line === null || 'group' in line ? [] : [{ item, position: line.position }];
  });
  const blocks = [...new Set(placed.map(({ position }) => Math.floor(position / BLOCK)))];
  return (
    // This element handles the keys; its role is grid, or tree grid if the rows are grouped.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={grid}
      className="grid scroll figures-grid"
      role={isGrouped ? 'treegrid' : 'grid'}
      aria-label={t('figuresTable.title')}
      aria-rowcount={lines.count + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-busy={isOld}
      aria-activedescendant={activeId}
      tabIndex={0}
      onKeyDown={keyDown}
      style={{ '--tracks': tracks } as React.CSSProperties}
    >
      <Head columns={columns} />
      <div role="rowgroup" className="grid-body" style={style}>
        <Headings by={input.group} items={items} lines={lines} current={current} idOf={idOf} placeOf={placeOf} />
        {blocks.map((block) => (
          <Block key={block} input={input} block={block} known={block === 0 ? first.rows : undefined}>
            {(rows) =>
              placed
                .filter(({ position }) => Math.floor(position / BLOCK) === block)
                .map(({ item, position }) => (
                  <Row
                    key={position}
                    id={idOf(item.index)}
                    row={rows?.[position % BLOCK]}
                    columns={columns}
                    index={item.index}
                    position={position}
                    level={isGrouped ? 2 : undefined}
                    isCurrent={item.index === current}
                    isChosen={chosenIds.has(rows?.[position % BLOCK]?.id ?? '')}
                    place={placeOf(item)}
                    onOpen={() => void open(position)}
                  />
                ))
            }
          </Block>
        ))}
      </div>
    </div>
  );
}

type FigureLines = Lines<FiguresGroup>;

/** The actions on rows, by pointer and by key. A row that is out of view is read first. */
function useRowActs(input: TableInput, lines: FigureLines, current: number) {
  const { t } = useTranslation();
  const ask = useAsk();
  const withRow = async (position: number, act: (row: FigureRow) => void): Promise<void> => {
    const from = Math.floor(position / BLOCK) * BLOCK;
    const { rows } = await ask('figures.table', { ...input, from, count: BLOCK });
    const row = rows[position - from];
    if (row !== undefined) act(row);
  };
  const open = (position: number): Promise<void> => withRow(position, openFigure);
  const choose = (row: FigureRow): void => {
    toggleChosen(row);
    const { chosen } = useFigures.getState();
    const is = chosen.some(({ id }) => id === row.id);
    const said = t(`figuresTable.said.${is ? 'chosen' : 'notChosen'}`, { figure: row.text });
    announce(`${said} ${t('figuresTable.said.chosenCount', { count: chosen.length })}`);
  };
  const chooseLine = (): boolean => {
    const line = lines.at(current);
    if (line !== null && 'position' in line) void withRow(line.position, choose);
    return true;
  };
  const clear = (): boolean => {
    const isAny = useFigures.getState().chosen.length > 0;
    chooseNone();
    return isAny;
  };
  const keyDown = (event: React.KeyboardEvent): void => {
    if (event.target instanceof HTMLButtonElement) return;
    handleListKey(event, {
      current,
      count: lines.count,
      onMove: (next) => goTo(lines, next),
      onKey: () => {
        switch (event.key) {
          case ' ':
            return chooseLine();
          case 'Escape':
            return clear();
          case 'Enter':
            return openLine(lines, current, open);
          default:
            return goAcross(lines, current, event.key);
        }
      },
    });
  };
  return { open, keyDown };
}

function goTo(lines: FigureLines, next: number): void {
  const to = lines.at(next);
  if (to === null) return;
  if ('group' in to) setHeading(to.group.value);
  else setAt(to.position);
}

/** Folds and unfolds with left and right, as in a tree. Returns whether the key did anything. */
function goAcross(lines: FigureLines, current: number, key: string): boolean {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return false;
  const isBack = key === 'ArrowLeft';
  const line = lines.at(current);
  if (line === null) return false;
  if (!('group' in line)) {
    const own = isBack ? lines.groupOf(line.position) : null;
    if (own !== null) setHeading(own.value);
    return own !== null;
  }
  const { value, from } = line.group;
  if (useFigures.getState().folded.has(value) !== isBack) toggleFolded(value);
  else if (!isBack) setAt(from);
  return true;
}

function openLine(lines: FigureLines, current: number, open: (position: number) => Promise<void>): boolean {
  const line = lines.at(current);
  if (line === null) return false;
  if ('group' in line) toggleFolded(line.group.value);
  else void open(line.position);
  return true;
}

interface HeadingsProps extends Pick<VirtualRows, 'items' | 'idOf' | 'placeOf'> {
  readonly by: FigureGroup | null;
  readonly lines: FigureLines;
  /** The current line’s index. */
  readonly current: number;
}

/** The group headings that are in view. */
function Headings({ by, items, lines, current, idOf, placeOf }: HeadingsProps) {
  const folded = useFigures((state) => state.folded);
  return headingsIn(items, lines).map(({ item, group }) => (
    <Heading
      key={group.value}
      by={by}
      id={idOf(item.index)}
      group={group}
      index={item.index}
      place={placeOf(item)}
      isFolded={folded.has(group.value)}
      isCurrent={item.index === current}
    />
  ));
}

interface HeadingProps extends Pick<RowProps, 'id' | 'index' | 'place' | 'isCurrent'> {
  readonly group: FiguresGroup;
  readonly by: FigureGroup | null;
  readonly isFolded: boolean;
}

/** The heading of a group: its name, and its numbers of figures and sources. */
function Heading({ group, by, ...row }: HeadingProps) {
  const { t } = useTranslation();
  const nameOf = useGroupName(by);
  const { value, count, sources } = group;
  return (
    <GroupRow
      {...row}
      className="figures-group"
      name={nameOf(group)}
      onToggle={() => {
        setHeading(value);
        toggleFolded(value);
      }}
    >
      <span className="dim">
        {t('figuresTable.group.figures', { count })}, {t('figuresTable.sources', { count: sources })}
      </span>
    </GroupRow>
  );
}

function useGroupName(by: FigureGroup | null): (group: FiguresGroup) => string {
  const { t } = useTranslation();
  return ({ value, label }) => {
    if (value === '') return t('figuresTable.group.missing');
    const kind = by === 'kind' ? FIGURE_KINDS.find((one) => one === value) : undefined;
    const state = by === 'state' ? LISTED_STATES.find((one) => one === value) : undefined;
    if (kind !== undefined) return t(`figuresTable.kinds.${kind}`);
    if (state !== undefined) return t(`figuresTable.states.${state}`);
    return by === 'unit' ? unitWords({ unit: value, value: '' }, t) : label;
  };
}

interface RowProps {
  readonly id: string;
  /** The figure; undefined while it is read. */
  readonly row: FigureRow | undefined;
  readonly columns: readonly Shown[];
  readonly index: number;
  readonly position: number;
  /** The row’s level below the heading of its group. */
  readonly level: number | undefined;
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
  readonly place: RowPlace;
  readonly onOpen: () => void;
}

function Row({ id, row, columns, index, position, level, isCurrent, isChosen, place, onOpen }: RowProps) {
  const choose = (): void => {
    if (row !== undefined) toggleChosen(row);
  };
  return (
    // The grid handles the keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-level={level}
      aria-selected={isChosen}
      tabIndex={-1}
      className="grid-row"
      data-current={isCurrent || undefined}
      onClick={(event) => {
        setAt(position);
        if (event.shiftKey || event.ctrlKey || event.metaKey) choose();
      }}
      onDoubleClick={onOpen}
      {...place}
    >
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <span
        role="gridcell"
        tabIndex={-1}
        className="check"
        data-selected={isChosen || undefined}
        onClick={(event) => {
          event.stopPropagation();
          setAt(position);
          choose();
        }}
      >
        <span className="check-box">{isChosen ? <Icon name="check" size="small" /> : null}</span>
      </span>
      {row === undefined
        ? null
        : columns.map((column) => (
            <span key={column} role="gridcell" data-column={column}>
              <FigureCell row={row} column={column} />
            </span>
          ))}
    </div>
  );
}

/** Reads one block of rows. */
function Block({
  input,
  block,
  known,
  children,
}: {
  input: TableInput;
  block: number;
  known: readonly FigureRow[] | undefined;
  children: (rows: readonly FigureRow[] | undefined) => ReactNode;
}) {
  const read = useCall('figures.table', block === 0 ? null : { ...input, from: block * BLOCK, count: BLOCK }).data;
  return children(known ?? read?.rows);
}
