// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { drawChart } from '../../../../../renderer/common/charts/draw.ts';
import { readChart } from '../../../../../renderer/features/evidence/read-chart.ts';
import { say, type Words } from '../../../../../renderer/common/strings/use-translation.ts';
import { startI18n } from '../../../../../renderer/shell/strings.ts';
import { seeded, seeds } from '../../../../support/seeded.ts';

it('a single source is said as one', () => {
  startI18n();
  const title = (read: Parameters<typeof readChart>[0]['read']): string =>
    readChart({ read, bars: [] }, 'type', say, () => undefined).title;
  expect(title({ total: 1, tagged: 0, read: 0, unread: 1 })).toBe(
    'Of 1 source 0 have tags, 0 are read without any, 1 is not read yet.',
  );
  expect(title({ total: 4, tagged: 1, read: 1, unread: 2 })).toBe(
    'Of 4 sources 1 has tags, 1 is read without any, 2 are not read yet.',
  );
});

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
    const chart = readChart({ read, bars }, 'type', t, ({ marks }) => opened.push(String(marks[0]?.value)));
    expect(chart.table.rows).toEqual(
      bars.map((bar) => [
        bar.value === '' ? 'evidence.missingOf.type' : bar.label,
        bar.tagged,
        bar.read,
        bar.unread,
        bar.total,
      ]),
    );
    for (const mark of chart.marks) mark.run();
    expect(opened).toEqual(['gwr', 'fyp', '']);
    for (const isPlain of [true, false])
      expect(drawChart(chart, 500, 'x', isPlain).querySelectorAll('[data-mark]')).toHaveLength(bars.length);
  },
);
