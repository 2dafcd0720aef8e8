import { expect, it } from 'vitest';
import { readFigures } from '../../../../shared/figures/read.ts';
import { processorTime } from '../../../support/processor-time.ts';

const read = (text: string) =>
  readFigures(text, { lineEnds: 'hard' }).figures.map(
    ({ text: printed, unit, kind, period }) => `${printed} ${unit ?? '-'} ${kind} ${period?.text ?? '-'}`,
  );

it('what a column is headed says whether its figures were done or planned, and when', () => {
  expect(
    read(
      'Labour transfer\nTownship\t2023 actual\t2024 plan\t2025 target\tChange\nYongle\t3,140\t3,400\t3,600\t260\nQinghe\t\t3,050\t\t\n\nThe county moved 6,000 people.',
    ),
  ).toEqual([
    '3,140 - actual 2023',
    '3,400 - plan 2024',
    '3,600 - plan 2025',
    '3,050 - plan 2024',
    '6,000 person actual -',
  ]);
  expect(
    read(
      '| 乡镇 | 2023年完成 | 2024年计划 | 任务数 | 完成率 |\n| --- | --- | --- | --- | --- |\n| 永乐镇 | 3140人次 | 3400人次 | 3000人次 | 104.7% |',
    ),
  ).toEqual([
    '3140人次 person-time actual 2023年',
    '3400人次 person-time plan 2024年',
    '3000人次 person-time quota -',
    '104.7% percent comparison -',
  ]);
});

it('the label of a row says it, too, where nothing stands above, and names of things say nothing', () => {
  expect(
    read('项目\t永乐镇（人）\t清河乡（人）\n2024年预计\t3400\t3050\n规划展览馆\t12\t14\n计划生育服务站\t9\t8'),
  ).toEqual([
    '3400 person plan 2024年',
    '3050 person plan 2024年',
    '12 person actual -',
    '14 person actual -',
    '9 person actual -',
    '8 person actual -',
  ]);
});

it('plain numbers have the unit of their heading, of the column of units or of their row', () => {
  expect(read('指标\t单位\t2023年\t2024年目标\n转移就业\t人次\t12600\t13000\n培训（人）\t\t5400\t6000')).toEqual([
    '12600 person-time actual 2023年',
    '13000 person-time plan 2024年',
    '5400 person actual 2023年',
    '6000 person plan 2024年',
  ]);
  expect(read('项目\t2023年实际\t2024年预计\n转移就业（人次）\t12600\t13860')).toEqual([
    '12600 person-time actual 2023年',
    '13860 person-time plan 2024年',
  ]);
});

it('of two rows of headings the last counts; a row that has not a cell for each heading is under none', () => {
  const saved = '乡镇\t转移就业\n2023年完成\t2024年计划\n永乐镇\t3140人次\t3400人次\n清河乡\t3050人次';
  expect(read(saved)).toEqual([
    '3140人次 person-time actual 2023年',
    '3400人次 person-time plan 2024年',
    '3050人次 person-time actual -',
  ]);
});

it('a plan is one in a sentence, too', () => {
  expect(read('The plan was 13,000 person-times. The forecast for 2024 was set at 15,000 people.')).toEqual([
    '13,000 person-time plan -',
    '15,000 person plan 2024',
  ]);
});

it('rows without end and rows of thousands of cells take no longer than their length', () => {
  for (const text of [
    `name\t2024 plan\n${'x\t12,600 people\n'.repeat(3000)}`,
    `${'2024 plan\t'.repeat(60)}\n${`${'12,600\t'.repeat(60)}\n`.repeat(60)}`,
    `2024 plan${'\t'.repeat(100_000)}\n${'1\t'.repeat(20_000)}`,
    `| plan |\n|${'(a) '.repeat(25_000)}| 12 people |`,
  ])
    expect(processorTime(() => void readFigures(text, { lineEnds: 'hard' }))).toBeLessThan(3000);
});
