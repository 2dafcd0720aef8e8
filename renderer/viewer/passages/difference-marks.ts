import type { Quad } from '../../../shared/model/index.ts';
import type { HitLook } from '../types.ts';

/** Half the width of the ticks at a gap's ends, CSS pixels. */
const TICK = 3;

/** The place of words that only the other version has: an upright line with a tick at either end. y grows downwards. */
export function gapMark(x: number, top: number, bottom: number, unit = 1): string {
  const tick = TICK * unit;
  return `M${x - tick} ${top}H${x + tick}M${x} ${top}V${bottom}M${x - tick} ${bottom}H${x + tick}`;
}

/**
 * The lines that say without colour what is gone and what is new: through the middle of the words, and under them. A search
 * hit has none. Each quad starts at its lower start corner.
 */
export function differingLines(quads: readonly Quad[], look: HitLook): string {
  if (look === 'found') return '';
  const up = look === 'gone' ? 0.45 : 0;
  return quads
    .map(([x1, y1, x2, y2, x3, y3, x4, y4]) => {
      const from = [x1 + (x4 - x1) * up, y1 + (y4 - y1) * up];
      const to = [x2 + (x3 - x2) * up, y2 + (y3 - y2) * up];
      return `M${from.join(' ')}L${to.join(' ')}`;
    })
    .join('');
}

/** The classes of hits of one look; the marks at gaps tell what the other version has there. */
export const hitClass = (look: HitLook): string => (look === 'found' ? 'search-hits' : `search-hits is-${look}`);
export const gapClass = (look: HitLook): string => `differing is-${look === 'gone' ? 'new' : 'gone'}`;
