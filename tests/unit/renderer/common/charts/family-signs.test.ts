// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { drawChart } from '../../../../../renderer/common/charts/draw.ts';
import { familySigns } from '../../../../../renderer/common/charts/family-signs.ts';
import { inPixels } from '../../../../../renderer/common/charts/shapes.ts';
import { OWN_FAMILY, strokeOf } from '../../../../../renderer/viewer/passages/shapes.ts';
import { SIGN_NAMES, SIGNS } from '../../../../../shared/model/signs.ts';

it.each([false, true])(
  'families in a chart are told apart without colour, as in the text; in black and white: %s',
  (isPlain) => {
    const families = [
      ...SIGN_NAMES.map((name) => [name, name.toUpperCase(), SIGNS[name]] as const),
      [OWN_FAMILY, 'OURS', '#123456'] as const,
    ];
    for (const [family, code, colour] of families) {
      const chart = drawChart(
        {
          kind: 'matrix',
          id: family,
          title: family,
          draw: () => inPixels(40, [familySigns([{ category: { code, colour, name: code }, x: 10, y: 20 }])]),
          marks: [],
          table: { columns: [], rows: [] },
        },
        100,
        'figure',
        isPlain,
      );
      const drawn = [...chart.querySelectorAll(':not(pattern) > path')].map((line) => {
        const of = (name: string): string | null => line.closest(`[${name}]`)?.getAttribute(name) ?? null;
        return [Number(of('stroke-width') ?? 1), of('stroke-dasharray')];
      });
      const own = strokeOf(family).map(({ width, dash }) => [width, dash.length === 0 ? null : dash.join(' ')]);
      expect([family, drawn]).toEqual([family, own]);
    }
  },
);
