import { useMemo } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { ChartView } from '../../common/charts/ChartView.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { CountedUnit } from '../../../shared/contract/view-figures.ts';
import { usePlacesNote } from './note.ts';
import { placePairsChart, type PairLevel } from './place-pairs-chart.ts';
import { openDrawer } from './state.ts';

interface PlacePairsProps {
  readonly data: CallOutput<'evidence.places'>;
  readonly level: PairLevel;
  readonly unit: CountedUnit;
}

/** How many passages, or their sources or origins, name a county or prefecture together with a receiving province. */
export function PlacePairs({ data, level, unit }: PlacePairsProps) {
  const { t } = useTranslation();
  const note = usePlacesNote(data, unit);
  const chart = useMemo(() => placePairsChart({ data, level, unit, t, open: openDrawer }), [data, level, unit, t]);
  const { from, to } = chart.more;
  return (
    <>
      <h2>{t(`evidence.places.pairs.${level}`)}</h2>
      <p className="hint">{t('evidence.places.pairs.note')}</p>
      {data.pairs.length === 0 ? (
        <p className="mid">{t('evidence.places.pairs.none')}</p>
      ) : (
        <ChartView
          chart={chart}
          note={note}
          legend={from + to === 0 ? '' : t('evidence.places.pairs.more', { from, to })}
          plainLegend={t('evidence.places.pairs.legend')}
        />
      )}
    </>
  );
}
