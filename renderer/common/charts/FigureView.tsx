import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { keysOf, shownKeysOf } from '../commands/command-keys.ts';
import { useCommands, type Command } from '../commands/registry.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { Chart } from './Chart.tsx';
import type { Figure, FigureNote, FigureTable } from './figure.ts';
import { SaveMenu, usePrintFigure } from './SaveMenu.tsx';
import { toggleTable, useCharts } from './state.ts';

export interface FigureViewProps {
  readonly figure: Figure;
  /** What was counted and when; it stands below a saved figure. */
  readonly note: FigureNote;
  /** Below the picture: what its signs mean, and what was left out. */
  readonly legend?: string;
  /** The same for black and white, if its signs are others there. */
  readonly plainLegend?: string;
  /** It is what its screen prints. */
  readonly isMain?: boolean;
  /** A table with the figure’s numbers that does more than show them; else one is made of {@link Figure.table}. */
  readonly twin?: ReactNode;
}

/** A figure: its finding, its picture, and in place of that, if people want, a table with the same numbers. */
export function FigureView({ figure, note, legend = '', plainLegend = legend, twin, isMain = false }: FigureViewProps) {
  const print = usePrintFigure(figure, note, plainLegend);
  const isTable = useCharts((state) => state.isTable);
  return (
    <figure className="figure" aria-label={figure.title} tabIndex={-1}>
      <figcaption className="figure-title line">
        <span className="grow">{figure.title}</span>
        <SaveMenu figure={figure} note={note} print={print} />
        {isMain ? <PrintKey print={print} /> : null}
      </figcaption>
      {isTable ? (twin ?? <FigureNumbers title={figure.title} table={figure.table} />) : <Chart figure={figure} />}
      {legend === '' || isTable ? null : <div className="hint figure-legend">{legend}</div>}
    </figure>
  );
}

/** The mark or cell with the keyboard goes away: then its figure has it, so that the next Tab goes on from there. */
function turnOver(): void {
  const figure = document.activeElement?.closest<HTMLElement>('figure.figure');
  toggleTable();
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) figure?.focus();
  });
}

/** Prints a figure by key. */
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
          id: 'printFigure',
          title: t('charts.print'),
          group: 'library',
          keys: keysOf('printFigure'),
          inFields: true,
          run: () => latest.current(),
        },
      ],
      [t],
    ),
  );
  return null;
}

/** Turns all figures of a screen into tables and back. Its screen has the key while it is shown. */
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
          run: turnOver,
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
      onClick={turnOver}
    >
      {t('charts.table')}
      <Kbd keys={shownKeysOf('chartTable')} />
    </button>
  );
}

/** More rows are not drawn; the CSV has all. */
const MOST_ROWS = 1000;

function FigureNumbers({ title, table: { columns, rows } }: { title: string; table: FigureTable }) {
  const { t } = useTranslation();
  return (
    <div className="figure-numbers">
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
