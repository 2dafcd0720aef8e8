import { type ReactNode, useMemo, useRef } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { FIGURE_COLUMNS, type FigureColumn, type FigureRow } from '../../../shared/contract/figures-table.ts';
import { numberWords } from '../../../shared/figures/reading-words.ts';
import { useAsk, useCall } from '../../api/index.ts';
import { periodWords, unitWords, valueWords } from '../../common/figures/words.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openPassage, openRange } from '../../common/workbench/workbench.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { handleListKey } from '../../ui/keys.ts';
import { tokenPixels } from '../../ui/token.ts';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { type RowPlace, useVirtualRows } from '../../ui/virtual-rows.ts';
import { BLOCK, setAt, setSort, type TableInput, useFigures } from './state.ts';

const SHOWN = [
  'printed',
  'value',
  'interval',
  'unit',
  'kind',
  'period',
  'place',
  'source',
  'state',
  'against',
] as const;
type Shown = (typeof SHOWN)[number];
/** Left out where there is little room: the interval and the state before the source. */
const WIDE_ONLY: ReadonlySet<Shown> = new Set(['interval', 'state']);
const WIDTHS: Readonly<Record<Shown, string>> = {
  printed: 'minmax(var(--col-source), 1fr)',
  value: 'var(--col-date)',
  interval: 'var(--col-date-2)',
  unit: 'var(--col-num)',
  kind: 'var(--col-num)',
  period: 'var(--col-num)',
  place: 'minmax(var(--col-least), 0.4fr)',
  source: 'minmax(var(--col-name), 0.6fr)',
  state: 'var(--col-least)',
  against: 'var(--col-date)',
};

/** Opens the passage of a figure, or its own words. */
export function openFigure({ source, passage, start, end }: FigureRow): void {
  if (passage === null) openRange(source, { start, end });
  else openPassage({ source, passage });
}

interface FigureRowsProps {
  readonly input: TableInput;
  readonly first: CallOutput<'figures.table'>;
  readonly width: FrameWidth;
}

/** Every figure a row; only rows in view are read. */
export function FigureRows({ input, first, width }: FigureRowsProps) {
  const { t } = useTranslation();
  const grid = useRef<HTMLDivElement>(null);
  const at = useFigures((state) => state.at);
  const ask = useAsk();
  const columns = useMemo(() => SHOWN.filter((column) => width === 'wide' || !WIDE_ONLY.has(column)), [width]);
  const rowHeight = tokenPixels('--row') + tokenPixels('--s-1');
  const { items, style, idOf, activeId, placeOf } = useVirtualRows({
    scroller: () => grid.current,
    count: first.total,
    current: at,
    height: rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  });
  const open = async (position: number): Promise<void> => {
    const from = Math.floor(position / BLOCK) * BLOCK;
    const { rows } = await ask('figures.table', { ...input, from, count: BLOCK });
    const row = rows[position - from];
    if (row !== undefined) openFigure(row);
  };
  const blocks = [...new Set(items.map(({ index }) => Math.floor(index / BLOCK)))];
  return (
    <div
      ref={grid}
      className="grid scroll figures-grid"
      role="grid"
      aria-label={t('figuresTable.title')}
      aria-rowcount={first.total + 1}
      aria-colcount={columns.length}
      aria-activedescendant={activeId}
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.target instanceof HTMLButtonElement) return;
        handleListKey(event, {
          current: at,
          count: first.total,
          onMove: setAt,
          onKey: () => {
            if (event.key !== 'Enter') return false;
            void open(at);
            return true;
          },
        });
      }}
      style={{ '--tracks': columns.map((column) => WIDTHS[column]).join(' ') } as React.CSSProperties}
    >
      <Head columns={columns} />
      <div role="rowgroup" className="grid-body" style={style}>
        {blocks.map((block) => (
          <Block key={block} input={input} block={block} known={block === 0 ? first.rows : undefined}>
            {(rows) =>
              items
                .filter(({ index }) => Math.floor(index / BLOCK) === block)
                .map((item) => {
                  const row = rows?.[item.index % BLOCK];
                  return (
                    <Row
                      key={item.index}
                      id={idOf(item.index)}
                      row={row}
                      columns={columns}
                      index={item.index}
                      isCurrent={item.index === at}
                      place={placeOf(item)}
                      onOpen={() => void open(item.index)}
                    />
                  );
                })
            }
          </Block>
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly id: string;
  /** Undefined while it is read. */
  readonly row: FigureRow | undefined;
  readonly columns: readonly Shown[];
  readonly index: number;
  readonly isCurrent: boolean;
  readonly place: RowPlace;
  readonly onOpen: () => void;
}

function Row({ id, row, columns, index, isCurrent, place, onOpen }: RowProps) {
  return (
    // The keyboard works from the grid.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isCurrent}
      tabIndex={-1}
      className="grid-row"
      data-current={isCurrent || undefined}
      onClick={() => setAt(index)}
      onDoubleClick={onOpen}
      {...place}
    >
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

/** The rows of one block, once they are read. */
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

const isSortable = (column: Shown): column is Shown & FigureColumn => FIGURE_COLUMNS.some((one) => one === column);

function Head({ columns }: { columns: readonly Shown[] }) {
  const { t } = useTranslation();
  const sort = useFigures((state) => state.sort);
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-row">
        {columns.map((column) => {
          if (!isSortable(column))
            return (
              <span key={column} role="columnheader" data-column={column}>
                {t(`figuresTable.columns.${column}`)}
              </span>
            );
          const isSorted = sort?.column === column;
          const order = isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none';
          return (
            <span key={column} role="columnheader" aria-sort={order} data-column={column}>
              <button
                type="button"
                onClick={() =>
                  setSort(
                    !isSorted ? { column, descending: false } : sort.descending ? null : { column, descending: true },
                  )
                }
              >
                {t(`figuresTable.columns.${column}`)}
                {isSorted ? <Icon name={sort.descending ? 'descending' : 'ascending'} size="small" /> : null}
              </button>
            </span>
          );
        })}
      </div>
    </div>
  );
}

/** Of the words before a number so many characters: a narrow column must show the number itself. The title has all. */
const NEAREST = 8;
const nearest = (before: string): string => [...before].slice(-NEAREST).join('');

function FigureCell({ row, column }: { row: FigureRow; column: Shown }) {
  const { t } = useTranslation();
  switch (column) {
    case 'printed':
      return (
        <bdi
          className="cut source-words"
          lang={row.language ?? undefined}
          title={`${row.before}${row.text}${row.after}`}
        >
          <span className="dim">{nearest(row.before)}</span>
          <b>{row.text}</b>
          <span className="dim">{row.after}</span>
        </bdi>
      );
    case 'value':
      return <span className="number strong cut">{valueWords(row)}</span>;
    case 'interval':
      return <span className="number dim cut">{intervalWords(row, t)}</span>;
    case 'unit':
      return <span className="cut">{row.unit === null ? '–' : unitWords(row, t)}</span>;
    case 'kind':
      return <span className="cut">{t(`figuresTable.kinds.${row.kind}`)}</span>;
    case 'period':
      return <Guessed isGuessed={row.isGuessed} words={row.period === null ? '' : periodWords(row.period)} />;
    case 'place':
      return <Guessed isGuessed={row.isGuessed} words={row.placeName ?? ''} />;
    case 'source':
      return <SourceCell row={row} />;
    case 'state':
      return (
        <span className={row.state === 'confirmed' ? 'cut' : 'cut dim'}>{t(`figuresTable.states.${row.state}`)}</span>
      );
    case 'against':
      return <Against row={row} />;
  }
}

function SourceCell({ row }: { row: FigureRow }) {
  const { t } = useTranslation();
  const words = t('figuresTable.page', { source: row.sourceTitle, page: row.page });
  return (
    <bdi className="cut" title={words}>
      {words}
    </bdi>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];
export function intervalWords({ low, high }: Pick<FigureRow, 'low' | 'high'>, t: Translate): string {
  if (low !== null && low === high) return t('figuresTable.exact');
  if (low === null && high === null) return '–';
  if (high === null) return t('figuresTable.andUp', { low: numberWords(low ?? '') });
  if (low === null) return t('figuresTable.upTo', { high: numberWords(high) });
  return `${numberWords(low)} – ${numberWords(high)}`;
}

/** What stands outside of the figure’s clause is a guess until a person confirms it. */
function Guessed({ isGuessed, words }: { isGuessed: boolean; words: string }) {
  const { t } = useTranslation();
  if (words === '') return <span className="dim">–</span>;
  if (!isGuessed) return <span className="cut">{words}</span>;
  return (
    <span className="cut dim" title={t('figuresTable.guessed')}>
      {words}
      <span aria-hidden>?</span>
      <span className="unseen">{t('figuresTable.guessed')}</span>
    </span>
  );
}

const FOLLOWED = { followed: 'check', 'not-followed': 'close', disputed: 'alert' } as const;
function Against({ row }: { row: FigureRow }) {
  const { t } = useTranslation();
  if (row.larger.length > 0)
    return (
      <Badge tone="bad" icon="alert">
        {t('figuresTable.larger')}
      </Badge>
    );
  switch (row.against) {
    case null:
      return null;
    case 'conflict':
      return row.followed === null ? (
        <Badge tone="bad" icon="alert">
          {t('figuresTable.against.conflict')}
        </Badge>
      ) : (
        <Badge tone={row.followed === 'disputed' ? 'bad' : 'plain'} icon={FOLLOWED[row.followed]}>
          {t(`figuresTable.followed.${row.followed}`)}
        </Badge>
      );
    case 'unit':
      return (
        <Badge tone="warn" icon="alert">
          {t('figuresTable.against.unit')}
        </Badge>
      );
    case 'agrees':
      return <Badge>{t('figuresTable.against.agrees')}</Badge>;
  }
}
