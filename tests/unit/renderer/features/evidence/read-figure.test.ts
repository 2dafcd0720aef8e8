// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { drawFigure } from '../../../../../renderer/common/charts/draw.ts';
import { readFigure } from '../../../../../renderer/features/evidence/read-figure.ts';
import type { Words } from '../../../../../renderer/common/strings/use-translation.ts';
import { seeded, seeds } from '../../../../support/seeded.ts';

const t: Words = (key, values = {}) => [key, ...Object.values(values)].join('|');

it.each(seeds(20, 1))(
  'a bar has all its sources, in the table and as a mark, each way it is drawn; seed %i',
  (seed) => {
    const random = seeded(seed);
    const bars = ['gwr', 'fyp', ''].map((value) => {
      const [tagged, read, unread] = [random.int(0, 9), random.int(0, 9), random.int(0, 9)];
      return { value, label: value.toUpperCase(), total: tagged + read + unread, tagged, read, unread };
    });
    const read = { total: 1, tagged: 1, read: 0, unread: 0 };
    const opened: string[] = [];
    const figure = readFigure({ read, bars }, 'type', t, ({ marks }) => opened.push(String(marks[0]?.value)));
    expect(figure.table.rows).toEqual(
      bars.map((bar) => [
        bar.value === '' ? 'evidence.missingOf.type' : bar.label,
        bar.tagged,
        bar.read,
        bar.unread,
        bar.total,
      ]),
    );
    for (const mark of figure.marks) mark.run();
    expect(opened).toEqual(['gwr', 'fyp', '']);
    for (const isPlain of [true, false])
      expect(drawFigure(figure, 500, 'x', isPlain).querySelectorAll('[data-mark]')).toHaveLength(bars.length);
  },
);
