import { useEffect, useMemo, useRef, type ReactNode, type RefObject } from 'react';
import type { CallInput, CallOutput } from '../../../shared/contract/index.ts';
import {
  EVIDENCE_COLUMNS,
  type EvidenceColumn,
  type EvidenceGroup,
  type EvidenceRow,
} from '../../../shared/contract/evidence.ts';
import { useCall, useCallOrBefore } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { tokenPixels } from '../../ui/token.ts';
import { useVirtualRows, type RowPlace, type VirtualRows } from '../../ui/virtual-rows.ts';
import { BatchBar } from './BatchBar.tsx';
import { CountProgress, useCounted } from './CountProgress.tsx';
import { GroupRail } from './GroupRail.tsx';
import { GroupRow } from './GroupRow.tsx';
import { headingsIn, linesOf, type Group, type Line, type Lines } from '../../common/rows/lines.ts';
import { BLOCK, useRowActs, useSelectedOf } from './row-acts.ts';
import { NothingFits } from './NothingFits.tsx';
import { TableTools } from './TableTools.tsx';
import { Cell } from './cells.tsx';
import { usePassagesCommands } from './usePassagesCommands.ts';
import { isSelected, setAt, setHeading, setSort, useAsked, useEvidence } from './state.ts';
import { tracksOf, useFitting, useTableView } from './table-view.ts';

/** The table of passages, sorted and grouped, with keyboard navigation. Only the rows in view are read from the engine. */
export function EvidenceTable() {
  const { t } = useTranslation();
  const { sort, group, columns } = useEvidence();
  const places = columns.includes('places');
  const asked = useAsked();
  const input = useMemo(
    () => ({ ...asked, sort: sort === null ? [] : [sort], group, places }),
    [asked, sort, group, places],
  );
  usePassagesCommands(input);
  const first = useCounted('evidence.rows', { ...input, from: 0, count: BLOCK });
  const grid = useRef<HTMLDivElement>(null);
  if (first.error !== null) return <EmptyState title={t('evidence.failed')} text={first.error.message} />;
  const { data } = first;
  return (
    <>
      <TableTools />
      {data === undefined ? <CountProgress /> : null}
      {data?.total === 0 ? (
        <Nothing data={data} />
      ) : (
        <Rows input={input} first={data} of={first.of} isOld={first.isOld} gridRef={grid} />
      )}
      <BatchBar toTable={() => grid.current?.focus()} />
    </>
  );
}

/** What to show if no passage fits the filter. */
function Nothing({ data }: { data: CallOutput<'evidence.rows'> }) {
  if (data.faults.length > 0) return <div className="grid scroll" />;
  return <NothingFits of={data.of} />;
}

interface RowsProps {
  readonly input: CallInput<'evidence.rows'>;
  /** The first block of rows; undefined while it is read. */
  readonly first: CallOutput<'evidence.rows'> | undefined;
  /** The question that `first` answers. */
  readonly of: CallInput<'evidence.rows'>;
  /** `first` still answers the question before. */
  readonly isOld: boolean;
  readonly gridRef: RefObject<HTMLDivElement | null>;
}

function Rows({ input, first, of, isOld, gridRef }: RowsProps) {
  const { t } = useTranslation();
  const evidence = useEvidence();
  const { at, heading, folded, rows: height } = evidence;
  const columns = useFitting(gridRef, evidence.columns);
  const lines = useMemo(() => linesOf(first ?? NO_ROWS, folded), [first, folded]);
  const current = heading === null ? lines.indexOf(at) : lines.headingOf(heading);
  const isGrouped = (of.group ?? null) !== null;
  const rowHeight = tokenPixels(height === 'one' ? '--row' : '--row-2') + tokenPixels('--s-1');
  const { virtual, items, style, idOf, activeId, placeOf } = useVirtualRows({
    scroller: () => gridRef.current,
    count: lines.count,
    current,
    height: rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
    // The column heads cover the top of the scroll area; row positions do not include them.
    scrollPaddingEnd: rowHeight,
  });
  const blocks = [...new Set(items.flatMap(({ index }) => blockOf(lines.at(index)) ?? []))];
  const toStart = (index: number): void => {
    // Wait a frame: the current line is scrolled into view first, perhaps to the end.
    requestAnimationFrame(() => virtual.scrollToIndex(index, { align: 'start' }));
  };
  const { toggle, open, selectGroup, keyDown } = useRowActs(input, lines, isOld, toStart);
  const grid = (
    // This element handles the keys; its role is grid, or tree grid if the rows are grouped.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={gridRef}
      className="grid scroll evidence-grid"
      data-rows={height}
      role={isGrouped ? 'treegrid' : 'grid'}
      aria-label={t('evidence.table')}
      aria-rowcount={lines.count + 1}
      aria-multiselectable
      aria-busy={first === undefined || isOld}
      aria-activedescendant={activeId}
      tabIndex={0}
      onKeyDown={keyDown}
      style={tracksOf(columns)}
    >
      <Head columns={columns} />
      <div role="rowgroup" className="grid-body" style={style}>
        <Headings items={items} lines={lines} current={current} idOf={idOf} placeOf={placeOf} onSelect={selectGroup} />
        {blocks.map((block) => (
          <Block key={block} input={input} block={block} known={block === 0 ? first : undefined} isOld={isOld}>
            {(rows) =>
              items.map((item) => {
                const line = lines.at(item.index);
                if (line === null || 'group' in line || Math.floor(line.position / BLOCK) !== block) return null;
                const row = rows?.[line.position % BLOCK];
                return (
                  <PassageRow
                    key={line.position}
                    id={idOf(item.index)}
                    row={row}
                    columns={columns}
                    position={line.position}
                    index={item.index}
                    isCurrent={item.index === current}
                    level={isGrouped ? 2 : undefined}
                    isSelected={row !== undefined && isSelected(evidence, row.passage)}
                    place={placeOf(item)}
                    onToggle={() => void toggle(line.position)}
                    onOpen={() => void open(line.position)}
                  />
                );
              })
            }
          </Block>
        ))}
      </div>
    </div>
  );
  return (
    <div className="evidence-rows">
      {grid}
      <Beside first={first} lines={lines} virtual={virtual} rowHeight={rowHeight} toStart={toStart} />
    </div>
  );
}

interface BesideProps extends Pick<RowsProps, 'first'>, Pick<VirtualRows, 'virtual'> {
  readonly lines: Lines;
  readonly rowHeight: number;
  /** Scrolls a line to the start of the table. */
  readonly toStart: (index: number) => void;
}

/** The rail of groups beside the rows. It also tells the tools above the table which rows are in view. */
function Beside({ first, lines, virtual, rowHeight, toStart }: BesideProps) {
  const line = virtual.range?.startIndex ?? 0;
  const inView = useRowsInView(lines, line, Math.floor((virtual.scrollRect?.height ?? 0) / rowHeight) - 1);
  if (first === undefined || first.groups.length < 2) return null;
  return (
    <GroupRail
      groups={first.groups}
      lines={lines}
      current={groupAt(lines, line)}
      first={{ line, row: inView.from }}
      onGo={({ value }) => {
        setHeading(value);
        toStart(lines.headingOf(value));
      }}
    />
  );
}

/** The numbers (from 1) of the rows in `count` lines from line `first`. The tools above the table are told, too. */
function useRowsInView(lines: Lines, first: number, count: number): { readonly from: number; readonly to: number } {
  const last = Math.min(lines.count - 1, first + Math.max(0, count - 1));
  const from = (rowAt(lines, first) ?? 0) + 1;
  const to = Math.max(from, (rowAt(lines, last) ?? 0) + 1);
  const isThere = lines.count > 0 && count > 0;
  useEffect(() => {
    useTableView.setState({ rows: isThere ? { from, to } : null });
  }, [isThere, from, to]);
  return { from, to };
}

/** The position of the row on a line; for a group heading, of the first row of the group. */
const rowAt = (lines: Lines, index: number): number | null => {
  const line = lines.at(index);
  return line === null ? null : 'group' in line ? line.group.from : line.position;
};

const groupAt = (lines: Lines, index: number): Group | null => {
  const line = lines.at(index);
  return line === null ? null : 'group' in line ? line.group : lines.groupOf(line.position);
};

const NO_ROWS = { positions: 0, groups: [] };

interface HeadingsProps extends Pick<VirtualRows, 'items' | 'idOf' | 'placeOf'> {
  readonly lines: Lines<EvidenceGroup>;
  /** The current line’s index. */
  readonly current: number;
  readonly onSelect: (group: Group) => Promise<void>;
}

/** The group headings that are in view. */
function Headings({ items, lines, current, idOf, placeOf, onSelect }: HeadingsProps) {
  const folded = useEvidence((state) => state.folded);
  const selectedOf = useSelectedOf();
  return headingsIn(items, lines).map(({ item, group }) => (
    <GroupRow
      key={group.value}
      id={idOf(item.index)}
      group={group}
      index={item.index}
      place={placeOf(item)}
      isFolded={folded.has(group.value)}
      isCurrent={item.index === current}
      selected={selectedOf(group)}
      onSelect={() => void onSelect(group)}
    />
  ));
}

const blockOf = (line: Line | null): number | null =>
  line === null || 'group' in line ? null : Math.floor(line.position / BLOCK);

/**
 * Reads one block of rows, and reads it again after an edit. Old rows are shown only while the whole table is old, when keys do nothing:
 * otherwise a key would act on the new row while the screen still shows the old one.
 */
function Block({
  input,
  block,
  known,
  isOld,
  children,
}: {
  input: RowsProps['input'];
  block: number;
  known: CallOutput<'evidence.rows'> | undefined;
  isOld: boolean;
  children: (rows: readonly EvidenceRow[] | undefined) => ReactNode;
}) {
  const { data, isPlaceholderData } = useCallOrBefore('evidence.rows', { ...input, from: block * BLOCK, count: BLOCK });
  return children((isPlaceholderData && !isOld ? known : (data ?? known))?.rows);
}

function Head({ columns }: { columns: readonly EvidenceColumn[] }) {
  const { t } = useTranslation();
  const sort = useEvidence((state) => state.sort);
  const dimensions = useCall('codebook.get', {}).data?.dimensions;
  const label = (column: EvidenceColumn): string => {
    const known = EVIDENCE_COLUMNS.find((one) => one === column);
    const code = column.slice('dimension:'.length);
    return known === undefined
      ? (dimensions?.find((one) => one.code === code)?.name ?? code)
      : t(`evidence.columns.${known}`);
  };
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-row">
        <span role="columnheader">
          <span className="unseen">{t('evidence.selectedColumn')}</span>
        </span>
        {(['quote', ...columns] as const).map((column) => {
          const isSorted = sort?.column === column;
          const order = isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none';
          return (
            <span key={column} role="columnheader" aria-sort={order}>
              <button
                type="button"
                onClick={() =>
                  setSort(
                    !isSorted ? { column, descending: false } : sort.descending ? null : { column, descending: true },
                  )
                }
              >
                {label(column)}
                {isSorted ? <Icon name={sort.descending ? 'descending' : 'ascending'} size="small" /> : null}
              </button>
            </span>
          );
        })}
      </div>
    </div>
  );
}

interface PassageRowProps {
  readonly id: string;
  /** The passage; undefined while it is read. */
  readonly row: EvidenceRow | undefined;
  readonly columns: readonly EvidenceColumn[];
  readonly position: number;
  readonly index: number;
  readonly isCurrent: boolean;
  /** The row’s level below the heading of its group. */
  readonly level: number | undefined;
  readonly isSelected: boolean;
  readonly place: RowPlace;
  readonly onToggle: () => void;
  readonly onOpen: () => void;
}

function PassageRow(props: PassageRowProps) {
  const { id, row, columns, position, index, isCurrent, level, isSelected, place, onToggle, onOpen } = props;
  return (
    // The grid handles the keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-level={level}
      aria-selected={isSelected}
      tabIndex={-1}
      className="grid-row"
      data-current={isCurrent || undefined}
      onClick={(event) => {
        setAt(position);
        if (event.shiftKey || event.ctrlKey || event.metaKey) onToggle();
      }}
      onDoubleClick={onOpen}
      {...place}
    >
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <span
        role="gridcell"
        tabIndex={-1}
        className="check"
        data-selected={isSelected || undefined}
        onClick={(event) => {
          event.stopPropagation();
          setAt(position);
          onToggle();
        }}
      >
        <span className="check-box">{isSelected ? <Icon name="check" size="small" /> : null}</span>
      </span>
      {row === undefined
        ? null
        : (['quote', ...columns] as const).map((column) => (
            <span key={column} role="gridcell">
              <Cell row={row} column={column} />
            </span>
          ))}
    </div>
  );
}
