import { useMemo, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { Converter } from '../../../shared/figures/converter.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import { COMPARED_OVER } from '../../../shared/contract/view-figures.ts';
import { useCall } from '../../api/index.ts';
import type { ChartNote } from '../../common/charts/chart.ts';
import { ChartView, TableToggle } from '../../common/charts/ChartView.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Segments } from '../../ui/Choice.tsx';
import { compareFigure } from './compare-figure.ts';
import { comparedOf } from './compared.ts';
import { Conflicts } from './Conflicts.tsx';
import { openFigure } from './FigureRows.tsx';
import { setOver, type TableInput, useFigures } from './state.ts';

/** At most this many figures are drawn: nobody could tell more apart. */
const MOST = 1000;

interface CompareProps {
  readonly input: TableInput;
  readonly data: CallOutput<'figures.table'>;
}

/** The listed figures side by side: a chart, its numbers as a table, and the conflicts between sources. */
export function Compare({ input, data }: CompareProps) {
  const { t } = useTranslation();
  if (!data.sameQuantity) return <p className="hint figures-note">{t('figuresTable.compareHint')}</p>;
  return (
    <div className="figures-below">
      <Picture input={input} data={data} />
      <Conflicts conflicts={data.conflicts} />
    </div>
  );
}

/** The converter of units, for drawing. */
function useUnits(): Converter | null {
  const all = useCall('conversions.list', {}).data?.conversions;
  return useMemo(() => {
    if (all === undefined) return null;
    return new Converter(
      all.flatMap(({ from, to, factor: text, by }) => {
        const factor = text === null ? null : Rational.read(text);
        return factor === null ? [] : [{ from, to, factor, by }];
      }),
    );
  }, [all]);
}

function Picture({ input, data }: CompareProps) {
  const { t } = useTranslation();
  const over = useFigures((state) => state.over);
  const units = useUnits();
  // Ask for the outgoing form: the chart can be saved, so it must not contain anything that a mask covers.
  const { data: drawn, error } = useCall('figures.table', { ...input, count: MOST, outgoing: true });
  const note = useNote(data);
  const compared = useMemo(
    () => (units === null || drawn === undefined ? null : comparedOf(drawn.rows, over, units)),
    [drawn, over, units],
  );
  const chart = useMemo(
    () =>
      compared === null || compared.columns.length === 0
        ? null
        : compareFigure({ compared, over, open: ({ row }) => openFigure(row), t }),
    [compared, over, t],
  );
  return (
    <section className="figures-picture" aria-label={t('figuresTable.compared')}>
      <div className="line">
        <Segments
          label={t('figuresTable.compareOver')}
          value={over}
          options={COMPARED_OVER.map((value) => ({ value, label: t(`figuresTable.over.${value}`) }))}
          onChange={setOver}
        />
        <span className="grow" />
        <TableToggle />
      </div>
      {error === null ? null : <p className="hint">{error.message}</p>}
      {compared === null || compared.leftOut === 0 || over === 'sources' ? null : (
        <p className="hint">{t(`figuresTable.leftOut.${over}`, { count: compared.leftOut })}</p>
      )}
      {chart === null ? null : <ChartView chart={chart} note={note} legend={t('figuresTable.legend')} isMain />}
    </section>
  );
}

function useNote({ total, of }: CallOutput<'figures.table'>): ChartNote {
  const { t } = useTranslation();
  const words = useFigures((state) => state.where.words);
  const [date] = useState(() => new Date().toISOString().slice(0, 10));
  const info = useCall('project.info', {}).data;
  return useMemo(() => {
    const project = info?.title ?? '';
    const counted = t('figuresTable.note', { project, words, total, of, date });
    return { project, head: info?.head ?? null, counted, pseudonymous: counted };
  }, [t, info, words, total, of, date]);
}
