import { FIGURE_CHOSEN, FIGURE_COLUMNS, type FigureColumn } from '../../../shared/contract/figure-conditions.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Check } from '../../ui/Choice.tsx';
import { Flyout } from '../../ui/Flyout.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { SHOWN, type Shown } from './FigureCells.tsx';
import { setSort, showColumn, useFigures } from './state.ts';

/** Columns that only a wide window shows: the source matters more than the interval and the state. */
const WIDE_ONLY: ReadonlySet<Shown> = new Set(['interval', 'state']);
/** Narrower widths of columns for small windows: at 1,024 pixels the last column was cut off otherwise. */
const NARROW: Readonly<Partial<Record<Shown, string>>> = {
  printed: 'minmax(var(--col-gaps), 1fr)',
  value: 'var(--col-num)',
  source: 'minmax(var(--col-name-least), 0.6fr)',
};
const WIDTHS: Readonly<Record<Shown, string>> = {
  printed: 'minmax(var(--col-source), 1fr)',
  value: 'var(--col-date)',
  interval: 'var(--col-date-2)',
  unit: 'var(--col-least)',
  kind: 'var(--col-least)',
  period: 'var(--col-num)',
  place: 'minmax(var(--col-least), 0.4fr)',
  source: 'minmax(var(--col-name), 0.6fr)',
  state: 'var(--col-least)',
  against: 'var(--col-date)',
};

/** The columns of the table with their widths. */
export function columnsFor(
  width: FrameWidth,
  chosen: readonly Shown[],
): { readonly columns: readonly Shown[]; readonly tracks: string } {
  const columns = SHOWN.filter(
    (column) => column === 'printed' || (chosen.includes(column) && (width === 'wide' || !WIDE_ONLY.has(column))),
  );
  const widthOf = (column: Shown): string => (width === 'wide' ? undefined : NARROW[column]) ?? WIDTHS[column];
  return { columns, tracks: ['var(--key)', ...columns.map(widthOf)].join(' ') };
}

/** A menu that chooses the columns shown beside the printed words. */
export function ColumnsFlyout() {
  const { t } = useTranslation();
  const columns = useFigures((state) => state.columns);
  return (
    <Flyout label={t('figuresTable.columnsMenu')}>
      {() => (
        <div className="columns-choice">
          {FIGURE_CHOSEN.map((column) => (
            <Check
              key={column}
              label={t(`figuresTable.columns.${column}`)}
              selected={columns.includes(column)}
              onChange={(isShown) => showColumn(column, isShown)}
            />
          ))}
        </div>
      )}
    </Flyout>
  );
}

const isSortable = (column: Shown): column is Shown & FigureColumn => FIGURE_COLUMNS.some((one) => one === column);

/** The column heads, most of which sort. */
export function Head({ columns }: { columns: readonly Shown[] }) {
  const { t } = useTranslation();
  const sort = useFigures((state) => state.sort);
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-row">
        <span role="columnheader">
          <span className="unseen">{t('figuresTable.chosenColumn')}</span>
        </span>
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
