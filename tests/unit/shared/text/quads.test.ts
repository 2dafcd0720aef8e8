import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageGeometry, TextRun } from '../../../../shared/text/page-geometry.ts';
import { quadsOf, quadsOfSpan } from '../../../../shared/text/quads.ts';
import { geometryOf } from './arbitrary-layer.ts';

const run = (start: number, end: number, more: Partial<TextRun> = {}): TextRun => ({
  start,
  end,
  axisX: 1,
  axisY: 0,
  rightToLeft: false,
  hyphen: false,
  acrossMin: 100,
  acrossMax: 110,
  ...more,
});
/** Ten points for each unit, from 0 on. */
const geometry = (length: number, ...runs: TextRun[]): PageGeometry => ({
  runs,
  alongMin: Float32Array.from({ length }, (_, unit) => unit * 10),
  alongMax: Float32Array.from({ length }, (_, unit) => unit * 10 + 10),
});

describe('the quads of a span', () => {
  it('cover exactly its characters', () => {
    expect(quadsOf(geometry(5, run(0, 5)), 1, 3)).toEqual([[10, 100, 30, 100, 30, 110, 10, 110]]);
  });

  it('are one for touching pieces of a line, and one for each line', () => {
    const twoLines = geometry(6, run(0, 2), run(2, 4), run(4, 6, { acrossMin: 80, acrossMax: 90 }));
    expect(quadsOf(twoLines, 0, 6)).toEqual([
      [0, 100, 40, 100, 40, 110, 0, 110],
      [40, 80, 60, 80, 60, 90, 40, 90],
    ]);
  });

  it('leave out what lies between pieces of a mixed-direction line: up to the 1 of “15”, the 5 is not highlighted', () => {
    // Seen from the left: a word of two, “15”, a word of two; read from the right.
    const line: PageGeometry = {
      runs: [run(0, 2, { rightToLeft: true }), run(2, 4), run(4, 6, { rightToLeft: true })],
      alongMin: Float32Array.from([50, 40, 28, 34, 14, 4]),
      alongMax: Float32Array.from([60, 50, 34, 40, 24, 14]),
    };
    const covered = (start: number, end: number) => quadsOf(line, start, end).map(([from, , to]) => [from, to]);
    expect(covered(0, 3)).toEqual([
      [40, 60],
      [28, 34],
    ]);
    expect(covered(3, 6)).toEqual([
      [34, 40],
      [4, 24],
    ]);
    expect(covered(0, 6)).toEqual([[4, 60]]);
    expect(covered(1, 5)).toEqual([[14, 50]]);
  });

  it('turn with their run', () => {
    const upward = geometry(2, run(0, 2, { axisX: 0, axisY: 1 }));
    // Across is to the left of the axis: x is minus what lies across.
    expect(quadsOf(upward, 0, 2)).toEqual([[-100, 0, -100, 20, -110, 20, -110, 0]]);
  });

  it('are empty for an empty span', () => {
    expect(quadsOf(geometry(3, run(0, 1)), 1, 3)).toEqual([]);
    expect(quadsOf(geometry(3, run(0, 3)), 2, 2)).toEqual([]);
  });

  it('cover every unit of the span, whatever the geometry', () => {
    fc.assert(
      fc.property(geometryOf(30), fc.nat(30), fc.nat(30), (any, a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const quads = quadsOf(any, start, end);
        for (const { axisX, axisY, ...one } of any.runs) {
          for (let unit = Math.max(start, one.start); unit < Math.min(end, one.end); unit++) {
            const along = ((any.alongMin[unit] ?? 0) + (any.alongMax[unit] ?? 0)) / 2;
            const across = (one.acrossMin + one.acrossMax) / 2;
            if ((any.alongMax[unit] ?? 0) <= (any.alongMin[unit] ?? 0)) continue;
            const [x, y] = [along * axisX - across * axisY, along * axisY + across * axisX];
            expect(quads.some((quad) => contains(quad, x, y))).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are given page by page for a span over several, in each page’s own offsets', () => {
    const pages = [
      { page: 1, start: 0, end: 3, geometry: geometry(3, run(0, 3)) },
      { page: 2, start: 4, end: 7, geometry: null },
      { page: 3, start: 8, end: 11, geometry: geometry(3, run(0, 3)) },
      { page: 4, start: 12, end: 15, geometry: geometry(3, run(0, 3)) },
    ];
    expect(quadsOfSpan(pages, 1, 10)).toEqual([
      { page: 1, quads: [[10, 100, 30, 100, 30, 110, 10, 110]] },
      { page: 3, quads: [[0, 100, 20, 100, 20, 110, 0, 110]] },
    ]);
  });
});

/** Inside or on the edge of a convex quadrilateral given counter-clockwise, with room for rounding. */
function contains(quad: readonly number[], x: number, y: number): boolean {
  return [0, 2, 4, 6].every((at) => {
    const [ax = 0, ay = 0, bx = 0, by = 0] = [quad[at], quad[at + 1], quad[(at + 2) % 8], quad[(at + 3) % 8]];
    const length = Math.hypot(bx - ax, by - ay);
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= -0.05 * Math.max(1, length);
  });
}
