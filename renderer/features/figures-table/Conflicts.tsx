import type { FigureConflict, FigureRow } from '../../../shared/contract/figures-table.ts';
import type { RelationParts } from '../../../shared/contract/relations.ts';
import { numberWords } from '../../../shared/figures/reading-words.ts';
import { figureId } from '../../../shared/model/index.ts';
import { NumberLine } from '../../common/figures/NumberLine.tsx';
import { drawnNumber, lineOfRows, type LineRow } from '../../common/figures/number-line.ts';
import { unitWords, valueWords } from '../../common/figures/words.ts';
import { FollowedSource } from '../../common/relations/FollowedSource.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { IconButton } from '../../ui/Button.tsx';
import { intervalWords } from './FigureCells.tsx';
import { openFigure } from './FigureRows.tsx';
import { showConflict, useFigures } from './state.ts';

const sideOf = ({ id, sourceTitle }: FigureRow) => ({ figure: figureId.parse(id), title: sourceTitle });
const placeOf = ({ source, layer, start, end }: FigureRow) => ({ source, layer, start, end });
/** The relation that records a decision on a conflict: the difference of its two figures. */
const ofConflict = ({ lower, higher, relation, said }: FigureConflict): { id: typeof relation } | RelationParts =>
  said.length > 0
    ? { id: relation }
    : { operation: 'difference', inputs: [placeOf(higher), placeOf(lower)], printed: null };

/** Figures from several sources that cannot all be right, one conflict at a time. */
export function Conflicts({ conflicts }: { conflicts: readonly FigureConflict[] }) {
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
      <OnOneLine lower={lower} higher={higher} unit={unit} />
      <p>
        {t('figuresTable.conflicts.apart', { apart: numberWords(apart), unit: unitWords({ unit, value: apart }, t) })}
      </p>
      <FollowedSource
        key={conflict.relation}
        id={conflict.relation}
        of={ofConflict(conflict)}
        sides={[sideOf(lower), sideOf(higher)]}
        said={conflict.said}
      />
      {figures > 2 ? <p className="hint">{t('figuresTable.conflicts.more', { count: figures - 2 })}</p> : null}
    </section>
  );
}

const rowOf = ({ value, low, high }: FigureRow): LineRow => ({
  low: low === null ? null : drawnNumber(low),
  high: high === null ? null : drawnNumber(high),
  at: drawnNumber(value),
  look: 'filled',
});

/** Both figures with their intervals on one axis. Nothing is drawn if their units differ, since the axis would need a third unit. */
function OnOneLine({ lower, higher, unit }: Pick<FigureConflict, 'lower' | 'higher' | 'unit'>) {
  const { t } = useTranslation();
  const sides = [lower, higher];
  const rows = sides.map(rowOf);
  const line = lineOfRows(
    rows,
    rows.map(({ at }) => at),
  );
  if (line === null || sides.some((row) => row.unit !== unit)) return null;
  const words = sides.map((row) => `${row.sourceTitle}: ${valueWords(row)}, ${intervalWords(row, t)}`);
  return (
    <div className="number-lines">
      <div className="number-lines-names" aria-hidden>
        {sides.map(({ id, sourceTitle }) => (
          <bdi key={id} className="number-lines-name cut">
            {sourceTitle}
          </bdi>
        ))}
      </div>
      <NumberLine line={line} label={words.join('; ')} tone="plain" />
    </div>
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
