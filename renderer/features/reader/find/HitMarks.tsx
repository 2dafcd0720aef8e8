import { useMemo } from 'react';
import type { Layer } from '../../../../shared/model/index.ts';
import type { TextRange } from '../../../viewer/types.ts';

/** So many places a strip as high as a window can tell apart. */
const PLACES = 400;

/** Where the hits lie in the whole source, along its scroll bar: one path, however many there are. */
export function HitMarks({
  hits,
  current,
  layer,
}: {
  hits: readonly TextRange[];
  current: number | null;
  layer: Layer | null;
}) {
  const places = useMemo(
    () => (layer === null || layer.length === 0 ? [] : placesOf(hits, layer.pages, layer.length)),
    [hits, layer],
  );
  if (places.length === 0 || layer === null) return null;
  const own = current === null ? undefined : hits[current];
  const [at] = own === undefined ? [] : placesOf([own], layer.pages, layer.length);
  return (
    <svg className="hit-marks" viewBox={`0 0 1 ${PLACES + 1}`} preserveAspectRatio="none" aria-hidden focusable={false}>
      <path d={places.map((place) => `M0 ${place + 0.5}h1`).join('')} />
      {at === undefined ? null : <path className="is-current" d={`M0 ${at + 0.5}h1`} />}
    </svg>
  );
}

/** Which of so many places along a source the hits, in the order of the text, lie at. Pages are taken to be of one height. */
export function placesOf(
  hits: readonly TextRange[],
  pages: Layer['pages'],
  length: number,
  places: number = PLACES,
): readonly number[] {
  const found = new Set<number>();
  let page = 0;
  for (const { start } of hits) {
    while ((pages[page + 1]?.start ?? Infinity) <= start) page++;
    const here = pages[page];
    const next = pages[page + 1]?.start ?? length;
    const part =
      here === undefined || pages.length < 2
        ? start / length
        : (page + Math.min(1, (start - here.start) / Math.max(1, next - here.start))) / pages.length;
    found.add(Math.round(Math.min(1, part) * places));
  }
  return [...found];
}
