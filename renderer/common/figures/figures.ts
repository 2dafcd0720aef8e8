import { useMemo } from 'react';
import type { FigureInText } from '../../../shared/contract/figure-cards.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { FIGURE_FAMILIES } from '../../viewer/passages/figure-looks.ts';
import type { DrawnPassage } from '../../viewer/types.ts';
import { useTranslation, type Words } from '../strings/use-translation.ts';
import { figureMark, fitsFilter, isConfirmed, useFiguring } from './mode.ts';
import { marginWords } from './words.ts';

type Listed = CallOutput<'figures.ofSource'>;
const NONE: Listed['figures'] = [];

/** The figures of a source while they are shown. */
export function useFigures(source: SourceId | null) {
  const isOn = useFiguring((state) => state.isOn);
  const { data, error } = useCall('figures.ofSource', source === null || !isOn ? null : { source });
  return useMemo(() => ({ figures: data?.figures ?? NONE, listed: data ?? null, error }), [data, error]);
}

/** The figures that the list shows, and the current one even if the filter hides it. */
export function useListedFigures(source: SourceId | null): readonly FigureInText[] {
  const { figures } = useFigures(source);
  const filter = useFiguring((state) => state.filter);
  const current = useFiguring((state) => state.current);
  return useMemo(
    () => figures.filter((one) => fitsFilter(one, filter) || one.id === current),
    [figures, filter, current],
  );
}

/** Figures as a view draws them; null while it shows something else. `layer`: the shown text layer. */
export function useDrawnFigures(source: SourceId, layer: string | null): readonly DrawnPassage[] | null {
  const { t } = useTranslation();
  const isOn = useFiguring((state) => state.isOn);
  const current = useFiguring((state) => state.current);
  const { listed } = useFigures(source);
  // Keeps the objects of figures that look the same: views redraw only new objects. A step changes two figures of 10,000.
  const alike = useMemo(() => listed?.figures.map((one) => drawn(one, false, t)) ?? [], [listed, t]);
  return useMemo(() => {
    if (!isOn) return null;
    if (listed === null || listed.layer !== layer) return [];
    return listed.figures.flatMap((one, at) => {
      if (one.id === current) return [drawn(one, true, t)];
      return one.state === 'dismissed' ? [] : alike.slice(at, at + 1);
    });
  }, [isOn, listed, layer, current, alike, t]);
}

function drawn(figure: FigureInText, isCurrent: boolean, t: Words): DrawnPassage {
  const { id, start, end, page, state } = figure;
  const look = isConfirmed(figure)
    ? FIGURE_FAMILIES.confirmed
    : state === 'found' || state === 'dismissed'
      ? FIGURE_FAMILIES.found
      : FIGURE_FAMILIES.open;
  return {
    id: figureMark(id),
    kind: 'text',
    start,
    end,
    page,
    area: null,
    families: [look[isCurrent ? 1 : 0]],
    codes: [marginWords(figure, t)],
  };
}
