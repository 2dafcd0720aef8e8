import { useMemo } from 'react';
import type { GoesOut, Mask, OpenMask } from '../../../shared/contract/masks.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { MASK_FAMILIES } from '../../viewer/passages/mask-looks.ts';
import type { DrawnPassage } from '../../viewer/types.ts';
import { useTranslation, type Words } from '../strings/use-translation.ts';
import { markOf, useMasking } from './mode.ts';

const NONE = { masks: [], open: [] };

/** The masks of a source in reading order, and the places that must still be masked. */
export function useMasks(source: SourceId | null): {
  masks: readonly Mask[];
  open: readonly OpenMask[];
  ready: boolean;
} {
  const { data } = useCall('masks.list', source === null ? null : { source });
  return useMemo(() => ({ ...(data ?? NONE), ready: data !== undefined }), [data]);
}

/** Masks as a view draws them; null while it shows passages. `isHere`: whether a mask is on the shown layer. */
export function useDrawnMasks(
  source: SourceId,
  isHere: (one: Pick<Mask, 'layer' | 'anchor'>) => boolean,
): readonly DrawnPassage[] | null {
  const { t } = useTranslation();
  const { isOn, isExported, current } = useMasking();
  const { masks, open } = useMasks(isOn ? source : null);
  const out = useCall('masks.preview', isOn && isExported ? { source } : null).data;
  return useMemo(() => {
    if (!isOn) return null;
    if (isExported) return out === undefined ? [] : drawnOut(out, masks, isHere, t);
    return [...masks, ...open].filter(isHere).map((one) => drawnMask(one, markOf(one) === current, t));
  }, [isOn, isExported, masks, open, out, isHere, current, t]);
}

/** Whether a source is shown as it would be exported, and its export has no pictures. */
export function useWithoutPictures(source: SourceId): boolean {
  const { isOn, isExported } = useMasking();
  return useCall('masks.preview', isOn && isExported ? { source } : null).data?.withoutPictures ?? false;
}

function drawnMask(one: Mask | OpenMask, isCurrent: boolean, t: Words): DrawnPassage {
  const { anchor } = one;
  const isMask = 'id' in one;
  return {
    id: markOf(one),
    ...placeOf(anchor),
    families: [isMask ? (isCurrent ? MASK_FAMILIES.current : MASK_FAMILIES.masked) : MASK_FAMILIES.open],
    codes: [isMask ? t('masks.code', { number: one.number }) : t('masks.noCode')],
  };
}

const placeOf = (anchor: Mask['anchor']): Pick<DrawnPassage, 'kind' | 'start' | 'end' | 'page' | 'area'> =>
  anchor.kind === 'text'
    ? { kind: 'text', start: anchor.start, end: anchor.end, page: anchor.page, area: null }
    : { kind: 'area', start: 0, end: 0, page: anchor.page, area: anchor.area };

/** What is black in an export: the masks, each widened by what the engine adds. */
function drawnOut(
  out: GoesOut,
  masks: readonly Mask[],
  isHere: (one: Pick<Mask, 'layer' | 'anchor'>) => boolean,
  t: Words,
): readonly DrawnPassage[] {
  return masks.filter(isHere).map((mask) => ({
    id: markOf(mask),
    ...widened(placeOf(mask.anchor), mask.number, out),
    families: [MASK_FAMILIES.out],
    codes: [t('masks.code', { number: mask.number })],
  }));
}

/** Widens a mask’s range of text to what the engine blackens. */
function widened(place: ReturnType<typeof placeOf>, mask: number, { spans }: GoesOut): ReturnType<typeof placeOf> {
  const own = spans.filter((span) => span.mask === mask && place.kind === 'text');
  if (own.length === 0) return place;
  const start = Math.min(place.start, ...own.map((span) => span.start));
  const end = Math.max(place.end, ...own.map((span) => span.end));
  return { ...place, start, end };
}
