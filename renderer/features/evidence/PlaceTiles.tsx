import { useMemo } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { CountedUnit } from '../../../shared/contract/view-figures.ts';
import { useCall } from '../../api/index.ts';
import { ChartView } from '../../common/charts/ChartView.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { usePlacesNote } from './note.ts';
import { tilesOf } from './place-tiles.ts';
import { placeTilesChart } from './place-tiles-chart.ts';
import { openDrawer } from './state.ts';

/** Tiles of counties under their prefectures, shaded by count. Their positions are not geographic. */
export function PlaceTiles({ data, unit }: { data: CallOutput<'evidence.places'>; unit: CountedUnit }) {
  const { t } = useTranslation();
  const all = useCall('places.list', {}).data?.places;
  const note = usePlacesNote(data, unit);
  const groups = useMemo(() => (all === undefined ? [] : tilesOf(data.places, all, unit)), [data, all, unit]);
  const chart = useMemo(() => placeTilesChart({ groups, unit, t, open: openDrawer }), [groups, unit, t]);
  if (groups.length === 0) return null;
  return (
    <>
      <h2>{t('evidence.places.tiles')}</h2>
      <ChartView
        chart={chart}
        note={note}
        legend={t('evidence.places.tilesNote')}
        plainLegend={t('evidence.places.tilesPlain')}
      />
    </>
  );
}
