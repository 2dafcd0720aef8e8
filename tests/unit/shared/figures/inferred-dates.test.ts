import { describe, expect, it } from 'vitest';
import { readFigures } from '../../../../shared/figures/read.ts';

const periods = (text: string, published: string | null = null): string[] =>
  readFigures(text, { lineEnds: 'hard', published }).figures.map(
    ({ text: words, period, source }) =>
      `${words}: ${period === null ? 'none' : `${period.from} ${period.to} ${source.period ?? ''}`}`,
  );
const guessed = (words: string, from: string, to = from): string => `${words}: ${from} ${to} outside-clause`;

describe('the period of a figure whose date lacks its year, or stands elsewhere', () => {
  it.each([
    [
      'the title',
      '2021年洛浦县全年工作情况\n\n全年转移就业12,640人次。5月转移820人。',
      [guessed('12,640人次', '2021-01-01', '2021-12-31'), guessed('820人', '2021-05-01', '2021-05-31')],
    ],
    [
      'the heading above, and no longer the one before',
      '# 2021\n\nThey sent 820 people.\n\n## Autumn of 2022\n\nThey sent 90 people.\n',
      [guessed('820', '2021-01-01', '2021-12-31'), guessed('90', '2022-01-01', '2022-12-31')],
    ],
    [
      'a date before in the paragraph',
      'In March 2020 the county moved 820 people. In April it moved 900 people, and on May 3 it moved 12 people.',
      ['820: 2020-03-01 2020-03-31 printed', guessed('900', '2020-04-01', '2020-04-30'), guessed('12', '2020-05-03')],
    ],
    [
      '“that month”, which is of its paragraph alone',
      'In May 2021 the county moved 820 people. That month 41 factories opened.\n\nThat month 5 factories closed.',
      ['820: 2021-05-01 2021-05-31 printed', guessed('41', '2021-05-01', '2021-05-31'), '5: none'],
    ],
    ['当年', '关于2021年度工作的报告\n当年完成820人。', [guessed('820人', '2021-01-01', '2021-12-31')]],
  ])('is read from %s, and a person confirms it', (_, text, expected) => {
    expect(periods(text)).toEqual(expected);
  });

  it('of a draft is the latest that is not after its publication', () => {
    const text = 'On May 3 it sent 12 people; in November it sent 44 people. By 1至9月 820人 had gone.';
    expect(periods(text, '2024-06-01')).toEqual([
      guessed('12', '2024-05-03'),
      guessed('44', '2023-11-01', '2023-11-30'),
      guessed('820人', '2023-01-01', '2023-09-30'),
    ]);
    expect(periods('On May 3 it sent 12 people.')).toEqual(['12: none']);
  });

  it('is not read from days that don’t exist, nor from words that only look so', () => {
    expect(periods('It may send 12 people. On February 30 it sent 14 people.', '2024-06-01')).toEqual([
      '12: none',
      '14: none',
    ]);
  });
});
