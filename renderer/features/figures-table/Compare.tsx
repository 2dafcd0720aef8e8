import { useMemo, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { FigureConflict, FigureRow } from '../../../shared/contract/figures-table.ts';
import { Converter } from '../../../shared/figures/converter.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import { numberWords } from '../../../shared/figures/reading-words.ts';
import { useCall } from '../../api/index.ts';
import type { FigureNote } from '../../common/charts/figure.ts';
import { FigureView, TableToggle } from '../../common/charts/FigureView.tsx';
import { unitWords, valueWords } from '../../common/figures/words.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { compareFigure } from './compare-figure.ts';
import { comparedOf } from './compared.ts';
import { intervalWords, openFigure } from './FigureRows.tsx';
import { COMPARED_OVER, setOver, showConflict, type TableInput, useFigures } from './state.ts';

/** So many figures are drawn: more are not told apart. */
const MOST = 1000;

interface CompareProps {
  readonly input: TableInput;
  readonly data: CallOutput<'figures.table'>;
}

/** What is listed, side by side: a picture with its numbers as a table, and the conflicts between sources. */
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

/** The table of conversions, for drawing. */
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
  // As it goes out: a picture can be saved, so that nothing that a mask covers is in it.
  const { data: drawn, error } = useCall('figures.table', { ...input, count: MOST, outgoing: true });
  const note = useNote(data);
  const compared = useMemo(
    () => (units === null || drawn === undefined ? null : comparedOf(drawn.rows, over, units)),
    [drawn, over, units],
  );
  const figure = useMemo(
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
      {figure === null ? null : <FigureView figure={figure} note={note} legend={t('figuresTable.legend')} isMain />}
    </section>
  );
}

function useNote({ total, of }: CallOutput<'figures.table'>): FigureNote {
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

/** Figures of several sources that can’t all be right, one conflict at a time. */
function Conflicts({ conflicts }: { conflicts: readonly FigureConflict[] }) {
  const { t } = useTranslation();
  const at = useFigures((state) => state.conflict);
  const shown = Math.min(at, conflicts.length - 1);
  const conflict = conflicts[shown];
  if (conflict === undefined)
    return (
      <section className="figures-conflicts" aria-label={t('figuresTable.conflicts.title')}>
        <p className="hint">{t('figuresTable.conflicts.none')}</p>
      </section>
    );
  const { lower, higher, apart, unit, figures } = conflict;
  return (
    <section className="figures-conflicts" aria-label={t('figuresTable.conflicts.title')}>
      <div className="line">
        <h3 className="grow">
          {t('figuresTable.conflicts.of', {
            place: conflict.placeName,
            period: conflict.period,
            kind: t(`figuresTable.kinds.${conflict.kind}`),
          })}
        </h3>
        <span className="dim">{t('figuresTable.conflicts.at', { at: shown + 1, count: conflicts.length })}</span>
        <IconButton
          icon="forward"
          label={t('figuresTable.conflicts.next')}
          isDisabled={conflicts.length < 2}
          onPress={() => showConflict((shown + 1) % conflicts.length)}
        />
      </div>
      <div className="figures-sides">
        {[lower, higher].map((row) => (
          <Side key={row.id} row={row} />
        ))}
      </div>
      <p>
        {t('figuresTable.conflicts.apart', { apart: numberWords(apart), unit: unitWords({ unit, value: apart }, t) })}
      </p>
      {figures > 2 ? <p className="hint">{t('figuresTable.conflicts.more', { count: figures - 2 })}</p> : null}
    </section>
  );
}

function Side({ row }: { row: FigureRow }) {
  const { t } = useTranslation();
  return (
    <div className="figures-side">
      <button type="button" className="link" onClick={() => openFigure(row)}>
        <bdi className="source-words" lang={row.language ?? undefined}>
          {row.before}
          <b>{row.text}</b>
          {row.after}
        </bdi>
      </button>
      <span className="line">
        <b>{valueWords(row)}</b>
        <span className="dim">{intervalWords(row, t)}</span>
      </span>
      <bdi className="cut">{t('figuresTable.page', { source: row.sourceTitle, page: row.page })}</bdi>
      <span className="dim cut">
        {[row.publisher, row.grade === null ? null : t('figuresTable.graded', { grade: row.grade })]
          .filter((part) => part !== null)
          .join(' · ')}
      </span>
    </div>
  );
}
