import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import {
  MATRIX_COLUMNS,
  MATRIX_LOOKS,
  TOGETHER,
  type CountedUnit,
  type Together,
} from '../../../shared/contract/view-figures.ts';
import type { Category } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { FEW, type Chart } from '../../common/charts/chart.ts';
import { ChartView, TableToggle } from '../../common/charts/ChartView.tsx';
import { useTranslation, type Words } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import {
  byName,
  cellsOf,
  columnsOf,
  marksOfCell,
  stepOf,
  type Column,
  type MatrixAsked,
  type MatrixCategory,
  type MatrixRow,
} from './matrix-cells.ts';
import { matrixChart } from './matrix-chart.ts';
import { pairsOf } from './matrix-pairs.ts';
import { CountProgress, useCounted } from './CountProgress.tsx';
import { MostTogether } from './MostTogether.tsx';
import { NothingFits } from './NothingFits.tsx';
import { renamed, useNote, usePseudonyms } from './note.ts';
import { UnitChoice } from './UnitChoice.tsx';
import { totalOf } from './units.ts';
import {
  openDrawer,
  setLook,
  setMatrix,
  setTogether,
  setUnit,
  toggleUnfolded,
  useAsked,
  useEvidence,
  type MatrixColumns,
} from './state.ts';

/** At most this many columns are drawn; the others are only counted. */
const MOST_COLUMNS = 60;

type Answer = CallOutput<'evidence.matrix'>;

/** A matrix of categories by year, type, person and so on. Each cell shows its number and opens its passages. */
export function Matrix() {
  const { t } = useTranslation();
  const columns = useEvidence((state) => state.matrix);
  const look = useEvidence((state) => state.look);
  const together = useEvidence((state) => state.together);
  const unit = useUnit();
  const asked = useAsked();
  const { data, error, of } = useCounted('evidence.matrix', { ...asked, columns, together, unit });
  return (
    <>
      <div className="bar evidence-tools">
        <Segments
          label={t('evidence.matrixBy')}
          value={columns}
          options={MATRIX_COLUMNS.map((value) => ({ value, label: t(`evidence.matrixColumns.${value}`) }))}
          onChange={setMatrix}
        />
        {columns === 'below' ? (
          <Segments
            label={t('evidence.togetherIn')}
            value={together}
            options={TOGETHER.map((value) => ({ value, label: t(`evidence.togetherIs.${value}`) }))}
            onChange={setTogether}
          />
        ) : (
          <>
            <UnitChoice unit={unit} onChange={setUnit} />
            <Segments
              label={t('evidence.look')}
              value={look}
              options={MATRIX_LOOKS.map((value) => ({ value, label: t(`evidence.looks.${value}`) }))}
              onChange={setLook}
            />
          </>
        )}
        <span className="grow" />
        <TableToggle />
      </div>
      {error === null ? null : <EmptyState title={t('evidence.failed')} text={error.message} />}
      {data === undefined ? (
        <CountProgress />
      ) : data.total === 0 ? (
        data.faults.length > 0 ? null : (
          <NothingFits of={data.of} />
        )
      ) : (
        <MatrixChart data={data} by={of.columns} together={of.together} unit={of.unit} />
      )}
    </>
  );
}

/** The unit that is counted: always passages for pairs of categories, since these have a choice of their own. */
const useUnit = (): CountedUnit => useEvidence(({ matrix, unit }) => (matrix === 'below' ? 'passages' : unit));

/** The rows that are shown, in the codebook's order: families, and the categories below unfolded ones. */
function useRows(data: Answer): readonly MatrixRow[] {
  const categories = useCall('codebook.get', {}).data?.categories;
  const unfolded = useEvidence((state) => state.unfolded);
  return useMemo(() => {
    const counts = new Map(data.rows.map((row) => [row.category, row]));
    const children = Map.groupBy(categories ?? [], ({ parent }) => parent);
    const rowsBelow = (parent: Category['id'] | null, depth: number): MatrixRow[] =>
      (children.get(parent) ?? []).flatMap((category): MatrixRow[] => {
        const own = counts.get(category.id);
        if (own === undefined || (own.total === 0 && category.archived)) return [];
        const hasBelow = (children.get(category.id) ?? []).some(({ id }) => counts.has(id));
        const row = { category, depth, hasBelow, counts: own };
        return unfolded.has(category.id) ? [row, ...rowsBelow(category.id, depth + 1)] : [row];
      });
    return rowsBelow(null, 0);
  }, [data, categories, unfolded]);
}

interface MatrixChartProps {
  readonly data: Answer;
  readonly by: MatrixColumns;
  readonly together: Together;
  readonly unit: CountedUnit;
}

function MatrixChart({ data, by, together, unit }: MatrixChartProps) {
  const { t } = useTranslation();
  const rows = useRows(data);
  const note = useNote(data, unit);
  const look = useEvidence((state) => state.look);
  const unfolded = useEvidence((state) => state.unfolded);
  const pseudonyms = usePseudonyms();
  const asked = useMemo(
    (): MatrixAsked => ({
      answer: data,
      rows,
      by,
      look,
      together,
      unit,
      most: MOST_COLUMNS,
      unfolded,
      t,
      open: openDrawer,
      fold: toggleUnfolded,
    }),
    [data, rows, by, look, together, unit, unfolded, t],
  );
  const chart = useMemo((): Chart => {
    const named = matrixChart(asked);
    if (by !== 'tagger') return named;
    return {
      ...named,
      pseudonymous: matrixChart({ ...asked, answer: { ...data, columns: renamed(data.columns, pseudonyms) } }),
    };
  }, [asked, data, by, pseudonyms]);
  const columns = useMemo(() => columnsOf(asked), [asked]);
  const pairs = useMemo(
    () => (by === 'below' ? pairsOf(rows, cellsOf(asked, columns)) : []),
    [asked, by, rows, columns],
  );
  const legendFor = (shown: typeof look): string =>
    t(
      by === 'below'
        ? `evidence.pairsLegend.${together}`
        : shown === 'heat'
          ? 'evidence.legend'
          : 'evidence.dotsLegend',
    );
  const isDots = by === 'below' ? together === 'passage' : look === 'dots';
  const few = totalOf(data, unit) < FEW && isDots ? t('evidence.few', { count: FEW }) : '';
  const rest = [by === 'below' ? '' : t(`evidence.unit.note.${unit}`), few, leftOut(t, data, by)].join(' ');
  return (
    <div className="scroll evidence-charts" data-by={by}>
      <ChartView
        chart={chart}
        note={note}
        twin={<Grid data={data} by={by} together={together} unit={unit} rows={rows} columns={columns} />}
        legend={`${legendFor(look)} ${rest}`}
        plainLegend={`${legendFor('dots')} ${rest}`}
        isMain
      />
      {by === 'below' ? <MostTogether pairs={pairs} /> : null}
    </div>
  );
}

/** A sentence about what the matrix leaves out. In a matrix of pairs it does not mention folded categories: the person folded them. */
function leftOut(t: Words, data: Answer, by: MatrixColumns): string {
  const more = by === 'below' ? 0 : data.columns.length + data.more - Math.min(MOST_COLUMNS, data.columns.length);
  return [
    ...(data.untagged === 0 ? [] : [t('evidence.untaggedCount', { count: data.untagged })]),
    ...(more <= 0 ? [] : [t('evidence.moreColumns', { count: more })]),
  ].join(' ');
}

interface GridProps {
  readonly data: Answer;
  readonly by: MatrixColumns;
  readonly together: Together;
  readonly unit: CountedUnit;
  readonly rows: readonly MatrixRow[];
  readonly columns: readonly Column[];
}

/** A table with the same cells as the chart. */
function Grid({ data, by, together, unit, rows, columns }: GridProps) {
  const { t } = useTranslation();
  const most = Math.max(1, ...rows.flatMap(({ counts }) => columns.map(({ at }) => counts.cells[at] ?? 0)));
  const [at, setAt] = useState({ row: 0, column: 0 });
  const table = useRef<HTMLTableElement>(null);
  const go = (row: number, column: number): void => {
    const next = {
      row: Math.max(0, Math.min(rows.length - 1, row)),
      column: Math.max(0, Math.min(columns.length - 1, column)),
    };
    setAt(next);
    table.current?.querySelector<HTMLElement>(`[data-cell="${String(next.row)} ${String(next.column)}"]`)?.focus();
  };
  const keyDown = (event: KeyboardEvent): void => {
    const to = {
      ArrowDown: [at.row + 1, at.column],
      ArrowUp: [at.row - 1, at.column],
      ArrowRight: [at.row, at.column + 1],
      ArrowLeft: [at.row, at.column - 1],
      Home: [at.row, 0],
      End: [at.row, columns.length - 1],
    }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(to[0] ?? 0, to[1] ?? 0);
  };
  return (
    <div className="evidence-matrix">
      <table ref={table}>
        <caption className="evidence-caption">
          {t('evidence.matrixTitle', { what: t(`evidence.unit.of.${unit}`), by: byName(t, by) })}{' '}
          <span className="dim">{t(`evidence.unit.note.${unit}`)}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col" className="evidence-corner">
              {t('evidence.category')}
            </th>
            {columns.map(({ value, name, total }) => (
              <th key={value} scope="col" title={name}>
                <bdi className="cut">{name}</bdi>
                <span className="dim">{total}</span>
              </th>
            ))}
            <th scope="col">{t('evidence.total')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <GridRow
              key={row.category.id}
              row={row}
              index={index}
              by={by}
              together={together}
              columns={columns}
              most={most}
              current={at}
              onCurrent={setAt}
              onKeyDown={keyDown}
            />
          ))}
        </tbody>
      </table>
      <p className="hint evidence-legend">
        {t(by === 'below' ? `evidence.pairsLegend.${together}` : 'evidence.legend')} {leftOut(t, data, by)}
      </p>
    </div>
  );
}

interface GridRowProps {
  readonly row: MatrixRow;
  readonly index: number;
  readonly by: MatrixColumns;
  readonly together: Together;
  readonly columns: readonly Column[];
  /** The greatest count of any cell. */
  readonly most: number;
  readonly current: { readonly row: number; readonly column: number };
  readonly onCurrent: (at: { row: number; column: number }) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function GridRow({ row: { category, depth, hasBelow, counts }, index, by, together, columns, ...rest }: GridRowProps) {
  const { t } = useTranslation();
  const { most, current, onCurrent, onKeyDown } = rest;
  return (
    <tr>
      <th scope="row" style={{ '--level': depth } as React.CSSProperties}>
        <span className="line">
          <Fold category={category} hasBelow={hasBelow} />
          {depth === 0 ? (
            <FamilySign code={category.code} colour={category.colour} />
          ) : (
            <span className="code">{restOf(category.code)}</span>
          )}
          <bdi className="cut">{category.name}</bdi>
        </span>
      </th>
      {columns.map(({ at, value, name, isUnread }, column) => {
        // Show each pair once, as the chart does.
        if (by === 'below' && column >= index)
          return (
            <td key={value} className="dim">
              –
            </td>
          );
        const count = counts.cells[at] ?? 0;
        const title =
          by === 'below' ? t('evidence.pair', { one: category.name, other: name }) : `${category.name}, ${name}`;
        const words = count > 0 ? String(count) : t(isUnread ? 'evidence.noSource' : 'evidence.noneHere');
        return (
          <td key={value}>
            <button
              type="button"
              data-cell={`${String(index)} ${String(column)}`}
              data-step={stepOf(count, most)}
              data-unread={(count === 0 && isUnread) || undefined}
              tabIndex={index === current.row && column === current.column ? 0 : -1}
              aria-label={`${title}: ${words}`}
              onFocus={() => onCurrent({ row: index, column })}
              onKeyDown={onKeyDown}
              onClick={() => openDrawer({ title, marks: marksOfCell({ by, together }, category.id, value) })}
            >
              {count === 0 && isUnread ? '' : words}
            </button>
          </td>
        );
      })}
      <td className="evidence-total">
        <Button
          size="small"
          kind="quiet"
          onPress={() => openDrawer({ title: category.name, marks: [{ by: 'below', value: category.id }] })}
        >
          {counts.total}
        </Button>
      </td>
    </tr>
  );
}

function Fold({ category, hasBelow }: { category: MatrixCategory; hasBelow: boolean }) {
  const { t } = useTranslation();
  const isOpen = useEvidence((state) => state.unfolded.has(category.id));
  if (!hasBelow) return <span className="evidence-fold" />;
  return (
    <IconButton
      size="small"
      icon={isOpen ? 'collapse' : 'expand'}
      label={t(isOpen ? 'evidence.fold' : 'evidence.unfold', { name: category.name })}
      aria-expanded={isOpen}
      onPress={() => toggleUnfolded(category.id)}
    />
  );
}
