import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { keysOf, shownKeysOf } from '../commands/command-keys.ts';
import { useCommands, type Command } from '../commands/registry.ts';
import { announce } from '../notices/notices.ts';
import { useTranslation, type Words } from '../strings/use-translation.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { ChartPicture } from './ChartPicture.tsx';
import type { Chart, ChartNote, ChartTable } from './chart.ts';
import { SaveMenu, usePrintChart } from './SaveMenu.tsx';
import { toggleTable, useCharts } from './state.ts';

export interface ChartViewProps {
  readonly chart: Chart;
  /** What was counted and when; it stands below a saved chart. */
  readonly note: ChartNote;
  /** Below the picture: what its signs mean, and what was left out. */
  readonly legend?: string;
  /** The legend for black and white, if the signs differ there. */
  readonly plainLegend?: string;
  /** Whether the screen’s print command prints this chart. */
  readonly isMain?: boolean;
  /** A table with the chart’s numbers that can do more than show them. Without it, one is made of {@link Chart.table}. */
  readonly twin?: ReactNode;
}

/** A chart: its finding, and its picture or, if the person chose so, a table with the same numbers. */
export function ChartView({ chart, note, legend = '', plainLegend = legend, twin, isMain = false }: ChartViewProps) {
  const print = usePrintChart(chart, note, plainLegend);
  const isTable = useCharts((state) => state.isTable);
  return (
    <figure className="chart-view" aria-label={chart.title} tabIndex={-1}>
      <figcaption className="chart-title line">
        <span className="grow">{chart.title}</span>
        <SaveMenu chart={chart} note={note} print={print} />
        {isMain ? <PrintKey print={print} /> : null}
      </figcaption>
      {isTable ? (twin ?? <ChartNumbers title={chart.title} table={chart.table} />) : <ChartPicture chart={chart} />}
      {legend === '' || isTable ? null : <div className="hint chart-legend">{legend}</div>}
    </figure>
  );
}

/** If the focused mark or cell is about to disappear, the chart takes the focus, so that Tab goes on from there. */
function turnOver(t: Words): void {
  const chart = document.activeElement?.closest<HTMLElement>('figure.chart-view');
  toggleTable();
  announce(t(useCharts.getState().isTable ? 'charts.asTables' : 'charts.asPictures'));
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) chart?.focus();
  });
}

/** Prints a chart by key. */
export function PrintKey({ print }: { print: () => void }) {
  const { t } = useTranslation();
  const latest = useRef(print);
  useEffect(() => {
    latest.current = print;
  });
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'printChart',
          title: t('charts.print'),
          group: 'library',
          keys: keysOf('printChart'),
          inFields: true,
          run: () => latest.current(),
        },
      ],
      [t],
    ),
  );
  return null;
}

/** Turns all charts of a screen into tables and back. The screen registers the key while it is shown. */
export function TableToggle() {
  const { t } = useTranslation();
  const isTable = useCharts((state) => state.isTable);
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'chartTable',
          title: t('charts.asTable'),
          group: 'library',
          keys: keysOf('chartTable'),
          run: () => turnOver(t),
        },
      ],
      [t],
    ),
  );
  return (
    <button
      type="button"
      className="button"
      data-kind="plain"
      data-size="small"
      aria-pressed={isTable}
      onClick={() => turnOver(t)}
    >
      {t('charts.table')}
      <Kbd keys={shownKeysOf('chartTable')} />
    </button>
  );
}

/** The most rows drawn as a table; the CSV has all. */
const MOST_ROWS = 1000;

function ChartNumbers({ title, table: { columns, rows } }: { title: string; table: ChartTable }) {
  const { t } = useTranslation();
  return (
    <div className="chart-numbers">
      <table>
        <caption className="unseen">{title}</caption>
        <thead>
          <tr>
            {columns.map((column, at) => (
              // Two columns may have the same name.
              <th key={`${String(at)} ${column}`} scope="col" className={at === 0 ? '' : 'number'}>
                <bdi>{column}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map(([head, ...cells], at) => (
            <tr key={`${String(at)} ${String(head)}`}>
              <th scope="row">
                <bdi>{head}</bdi>
              </th>
              {cells.map((cell, column) => (
                <td key={columns[column + 1]} className={typeof cell === 'number' ? 'number' : ''}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS ? (
        <p className="hint">{t('charts.moreRows', { shown: MOST_ROWS, count: rows.length })}</p>
      ) : null}
    </div>
  );
}
