import { describe, expect, it } from 'vitest';
import { Rational } from '../../../../shared/figures/rational.ts';
import { readFigures } from '../../../../shared/figures/read.ts';
import { findRelations } from '../../../../shared/figures/relations.ts';

const read = (text: string) => findRelations(readFigures(text, { lineEnds: 'hard' }));
/** Each relation as kind, inputs, printed figure and verdict. */
const found = (text: string): string[] =>
  read(text).relations.map(
    ({ kind, inputs, printed, check, warnings }) =>
      `${kind}: ${inputs.map((one) => one.text).join(' & ')} -> ${printed?.text ?? check.computed?.toDecimal(1) ?? '-'}: ${check.verdict}${warnings.length === 0 ? '' : `; ${warnings.join()}`}`,
  );
const unpaired = (text: string): string[] => read(text).unpaired.map((one) => one.text);

describe('relations that the wording names', () => {
  it.each([
    [
      '全区转移就业305万人次，超额完成全年目标任务275万人次的10.9%。',
      'exceeds: 305万人次 & 275万人次 -> 10.9%: rounds',
    ],
    ['脱贫劳动力务工18,642人，占年度任务18,000人的103.57%。', 'completion: 18,642人 & 18,000人 -> 103.57%: rounds'],
    ['跨省就业由2022年的27,120人增加到2023年的38,045人，增长40.3%。', 'growth: 38,045人 & 27,120人 -> 40.3%: rounds'],
    ['培训劳动者2,014人，其中妇女604人，占31%。', 'share: 604人 & 2,014人 -> 31%: fails'],
    [
      'Third Township alone beat its plan of 620 by 12.3 percent, placing 671 people.',
      'exceeds: 671 & 620 -> 12.3 percent: fails',
    ],
    [
      'The workforce numbered 3,480, up from 2,960 a year before, a rise of 17.6 percent.',
      'growth: 3,480 & 2,960 -> 17.6 percent: rounds',
    ],
    [
      'It moved 305,412 persons. This exceeded the quota of 275,000 persons by 12.1 percent.',
      'exceeds: 305,412 & 275,000 -> 12.1 percent: fails',
    ],
    [
      'The poverty rate fell from 19.4 percent to 1.2 percent, a drop of 18.2 percentage points.',
      'difference: 19.4 percent & 1.2 percent -> 18.2 percentage points: exact',
    ],
    [
      '疆外就业2,053人，疆内就业7,418人，就近就业38,529人，合计48,000人。',
      'sum: 2,053人 & 7,418人 & 38,529人 -> 48,000人: exact',
    ],
    [
      'The quota was 5,500 persons; 5,812 were transferred, or 105.7 percent of the quota.',
      'completion: 5,812 & 5,500 -> 105.7 percent: rounds',
    ],
  ])('%s', (text, relation) => {
    expect(found(text)).toContain(relation);
  });

  it('imply the value that is not printed, and call that not checkable', () => {
    expect(found('粮食总产量23.4万吨，同比增产4.1%。')).toEqual([
      'implied: 23.4万吨 & 4.1% -> 224783.9: not-checkable',
    ]);
    expect(found('Of the 2,000 workers, 640 were women.')).toEqual(['implied: 640 & 2,000 -> 32: not-checkable']);
    expect(found('They sent 12,000 workers, 40 percent of them to Anhui.')).toEqual([
      'implied: 12,000 & 40 percent -> 4800: not-checkable',
    ]);
  });

  it('find an increase within a total, and the growth that it makes', () => {
    expect(found('年末总人口324.84万人，比上年末增加14.29万人、增长4.6%。')).toContain(
      'growth: 324.84万人 & 14.29万人 -> 4.6%: rounds',
    );
  });
});

describe('relations that are not suggested', () => {
  it('are averages of several years', () => {
    const years = '生产总值从290.58亿元增长到556亿元，年均增长10.5%。';
    expect(found(years).filter((one) => one.includes('fails'))).toEqual([]);
    expect(unpaired(years)).toEqual(['10.5%']);
  });

  it('set a percentage of a list against another value than the one in its place', () => {
    expect(found('城乡居民收入分别为47279元、23120元，增长3%、7%。')).toEqual([
      'implied: 47279元 & 3% -> 45901.9: not-checkable',
      'implied: 23120元 & 7% -> 21607.5: not-checkable',
    ]);
    expect(found('总人口50.2万人，男25.6万人，女24.6万人，分别占总人口的51%和49%。').slice(1)).toEqual([
      'share: 25.6万人 & 50.2万人 -> 51%: rounds',
      'share: 24.6万人 & 50.2万人 -> 49%: rounds',
    ]);
    // Of other lengths: nothing says which is of which.
    expect(unpaired('城乡居民收入分别为47279元、23120元，增长3%、7%、4%。')).toEqual(['3%', '7%', '4%']);
  });

  it('do not take the next subject’s value for the one that a percentage is attached to', () => {
    const text = '固定资产投资72亿元，增长4.5%；零售总额75.8亿元，下降5%。';
    expect(found(text).some((one) => one.startsWith('growth: 72亿元 & 75.8亿元'))).toBe(false);
  });

  it('list percentages that nothing was found for', () => {
    expect(unpaired('Turnout was 61 percent.')).toEqual(['61 percent']);
  });
});

describe('warnings', () => {
  it('say that units differ, that a plan is set against what was done, and that a part is larger than its whole', () => {
    expect(found('培训2,000人次，其中就业1,000人，占50%。')).toContain(
      'share: 1,000人 & 2,000人次 -> 50%: exact; unit',
    );
    expect(
      found('The plan is to move 4,000 workers. 3,000 workers went, or 75 percent of the total.').join(),
    ).toContain('plan-against-actual');
    expect(found('Of the 500 women, 600 women left, or 120 percent of the total.').join()).not.toContain('exact');
  });

  it('keep a result green only where the inputs decide it', () => {
    const { relations } = read('城镇新增就业1.05万人，完成目标任务1万人的105%。');
    expect(relations.map(({ check }) => [check.verdict, check.wide])).toEqual([['exact', true]]);
  });
});

describe('units', () => {
  it('are converted by the table given, with a warning, and by no other', () => {
    const text = '全乡耕地36,000亩，其中节水灌溉1,600公顷，占66.7%。';
    const figures = readFigures(text, { lineEnds: 'hard' });
    const [relation] = findRelations(figures).relations;
    expect(relation).toMatchObject({ kind: 'share', check: { verdict: 'rounds' }, warnings: ['unit'] });
    expect(relation?.conversions.map(({ from, to, factor }) => [from, to, factor.toString()])).toEqual([
      ['mu', 'hectare', '1/15'],
    ]);
    expect(findRelations(figures, []).relations).toEqual([]);
    const other = [{ from: 'hectare', to: 'mu', factor: Rational.of(20), by: 'an old local measure' }];
    expect(findRelations(figures, other).relations.map(({ check }) => check.verdict)).not.toContain('rounds');
  });
});

describe('counts that may be rounded', () => {
  it('have both readings', () => {
    const { relations } = read('转移就业1.26万人次，完成年度任务11,600人次的108%。');
    expect(relations.map(({ readings }) => [readings?.exact.verdict, readings?.rounded.verdict])).toEqual([
      ['truncates', 'within-precision'],
    ]);
    expect(read('培训劳动者2,014人，其中妇女604人，占30%。').relations.map(({ readings }) => readings)).toEqual([null]);
  });

  it('make a sum of the total that is printed in 万', () => {
    expect(found('疆外转移9,812人次，疆内转移2,790人次，共计1.26万人次。')).toEqual([
      'sum: 9,812人次 & 2,790人次 -> 1.26万人次: rounds',
    ]);
  });
});

// Missed in 26 sentences that were written by somebody who had not read the rules.
describe('what a figure is compared with', () => {
  it.each([
    ['转移就业12346人次，较2021年的9870人次增长25.1%。', 'growth: 12346人次 & 9870人次 -> 25.1%: rounds'],
    ['转移就业12346人次，较2021年的9870人次增长35.1%。', 'growth: 12346人次 & 9870人次 -> 35.1%: fails'],
    ['2019年28123人，2018年22012人，同比增长30.5%。', 'growth: 28123人 & 22012人 -> 30.5%: fails'],
    ['比去年的5万人增加了1.2万人，达到6.2万人。', 'difference: 6.2万人 & 5万人 -> 1.2万人: exact'],
    ['就业率92%，较上年提高5.5个百分点，上年为86.5%。', 'difference: 92% & 86.5% -> 5.5个百分点: exact'],
    ['Each of the 286 households leased 15 mu, or 4,290 mu in all.', 'ratio: 4,290 & 286 -> 15: exact'],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it('is one of two values that something doubled between', () => {
    expect(found('Exports doubled from 1.2 billion to 2.4 billion yuan.')).toContain(
      'ratio: 2.4 billion & 1.2 billion -> doubled: exact',
    );
  });
});

describe('quotas', () => {
  it('imply no growth to what was done', () => {
    expect(
      found('完成转移就业任务1.2万人，比上年增长5%。').filter((one) => one.startsWith('implied: 1.2万人')),
    ).toEqual([]);
    expect(found('Placements went from the quota of 5,500 persons to 5,812 persons.')).toEqual([]);
  });
});

describe('repeats and roundings', () => {
  it('are none where the words put the finer value on the other side of the coarse one', () => {
    const kinds = (text: string): string[] =>
      findRelations(readFigures(text, { lineEnds: 'hard' })).relations.map(({ kind }) => kind);
    expect(kinds('2021年转移就业1.2万余人次。2022年转移就业1.19万人次。')).toEqual([]);
    expect(kinds('2021年转移就业1.2万余人次。其中一季度转移就业1.21万人次。')).toEqual(['rounding']);
    expect(kinds('2021年转移就业近1.2万人次。2022年转移就业1.19万人次。')).toEqual(['rounding']);
  });

  it('are found anywhere in the text', () => {
    const text =
      'They sent 305,012 persons in all.\n\nNothing else.\n\nLater, 305,012 persons were named.\n\nSome 305,000 persons, it said.';
    expect(found(text)).toEqual([
      'repeat: 305,012 -> 305,012: exact',
      'rounding: 305,012 -> 305,000: within-precision',
      'rounding: 305,012 -> 305,000: within-precision',
    ]);
  });
});

it.each([
  ['Imports almost halved, falling from 9,600 tonnes to 4,900.', 'within-precision'],
  ['Imports more than halved, falling from 9,600 tonnes to 4,100.', 'within-precision'],
  ['Imports almost halved, falling from 9,600 tonnes to 4,100.', 'fails'],
] as const)('a bound of “halved” lies on the other side: %s', (text, verdict) => {
  const { relations } = findRelations(readFigures(text, { lineEnds: 'hard' }));
  const ratio = relations.find(({ kind, printed }) => kind === 'ratio' && printed !== null);
  expect(ratio?.check.verdict).toBe(verdict);
});
