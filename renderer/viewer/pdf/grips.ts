import type { ScreenBox, TextRange } from '../types.ts';
import { caretAt } from './geometry.ts';
import type { Point } from './matrix.ts';
import { localOffset, type PageMap } from './page-texts.ts';
import type { PageSheet } from './sheet.ts';

/** A side of a frame: -1 left or upper, 1 right or lower, 0 neither. */
export type Side = -1 | 0 | 1;

/** The beginning or end of a range, as a bar on the screen. */
export interface TextGrip {
  readonly kind: 'text';
  readonly edge: 'start' | 'end';
  readonly foot: Point;
  readonly head: Point;
}
/** A corner or side of an area; both 0: the whole of it. */
export interface AreaGrip {
  readonly kind: 'area';
  readonly x: Side;
  readonly y: Side;
}

/** How far from an edge a press may be to drag it, CSS pixels: with a mouse, and half a finger’s width. */
export const REACH = { mouse: 7, touch: 24 } as const;

/** The bars at a range’s ends, as far as their pages are in the DOM. */
export function textGrips(sheet: PageSheet, map: PageMap, { start, end }: TextRange): TextGrip[] {
  const bar = (offset: number, edge: TextGrip['edge']): TextGrip[] => {
    const page = map.at(offset, edge === 'end');
    const box = page === null ? undefined : sheet.boxes.get(page.page);
    if (page === null || box === undefined || box.text === null) return [];
    const caret = caretAt(box.text, localOffset(page, offset), edge === 'end');
    return caret === null
      ? []
      : [{ kind: 'text', edge, foot: box.toScreen(caret.foot), head: box.toScreen(caret.head) }];
  };
  return [...bar(start, 'start'), ...bar(end, 'end')];
}

/** The nearest bar within reach of a point; null for none. */
export function textGripAt(grips: readonly TextGrip[], x: number, y: number, reach: number): TextGrip | null {
  const near = grips
    .map((grip) => ({ grip, away: distance([x, y], grip.foot, grip.head) }))
    .filter(({ away }) => away <= reach)
    .sort((a, b) => a.away - b.away);
  return near[0]?.grip ?? null;
}

/** The distance of a point from a line segment. */
function distance([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const part = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - part * dx, y - y1 - part * dy);
}

/** The corner or side of an area within reach of a point; inside the area, the whole of it; null elsewhere. */
export function areaGripAt(area: ScreenBox, x: number, y: number, reach: number): AreaGrip | null {
  if (x < area.left - reach || x > area.right + reach || y < area.top - reach || y > area.bottom + reach) return null;
  // In a narrow area both sides can be within reach: the nearer one counts.
  const side = (low: number, high: number, at: number): Side => {
    if (Math.min(Math.abs(at - low), Math.abs(at - high)) > reach) return 0;
    return Math.abs(at - low) <= Math.abs(at - high) ? -1 : 1;
  };
  return { kind: 'area', x: side(area.left, area.right, x), y: side(area.top, area.bottom, y) };
}

/** The CSS cursor over a grip. */
export function cursorOf(grip: TextGrip | AreaGrip): string {
  if (grip.kind === 'text') {
    const [across, down] = [Math.abs(grip.foot[0] - grip.head[0]), Math.abs(grip.foot[1] - grip.head[1])];
    return down >= across ? 'ew-resize' : 'ns-resize';
  }
  if (grip.x === 0 && grip.y === 0) return 'move';
  if (grip.x === 0) return 'ns-resize';
  if (grip.y === 0) return 'ew-resize';
  return grip.x === grip.y ? 'nwse-resize' : 'nesw-resize';
}
