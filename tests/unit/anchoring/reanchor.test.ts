import { describe, expect, it } from 'vitest';
import { compareTexts } from '../../../shared/anchoring/reanchor.ts';

function fateOf(older: string, newer: string, words: string): string {
  const start = older.indexOf(words);
  const [one] = compareTexts(older, newer, [{ id: 'p', start, end: start + words.length }]).passages;
  return one === undefined || one.to === null ? 'vanished' : `${one.fate}: ${newer.slice(one.to.start, one.to.end)}`;
}
const FRAME = ['第一段说的是全县经济社会发展的总体情况。\n', '最后一段说的是明年各项工作的主要安排。\n'] as const;
const framed = (text: string): string => FRAME[0] + text + FRAME[1];

describe('a passage in a newer text', () => {
  it('is found if only line breaks differ', () => {
    expect(fateOf(framed('组织富余劳动力转移就业。'), framed('组织富余劳\n动力转移 就业。'), '劳动力转移就业')).toBe(
      'found: 劳\n动力转移 就业',
    );
    expect(
      fateOf('It was signed by three mills in spring.', 'It was\nsigned  by three mills in spring.', 'signed by three'),
    ).toBe('found: signed  by three');
  });

  it('that is a short heading between entirely new sentences is never simply found', () => {
    const older = '今年的粮食产量比去年增加了许多。\n就业\n教育部门新建了三所学校和一个图书馆。';
    const newer = '各乡镇干部进村入户宣传政策措施。\n就业\n棉花加工厂的订单已经排到了第二年。';
    expect(fateOf(older, newer, '就业')).not.toMatch(/^found/);
  });

  it('too short to be recognised is not searched for in other text', () => {
    expect(fateOf(framed('涉及农户三百。'), `${FRAME.join('')}另外还有人说农户很多。`, '农户')).toBe('vanished');
  });

  it('is not confused with an equal one that was there before and still is', () => {
    const sentence = '各单位要高度重视富余劳动力转移工作。';
    expect(
      fateOf(
        framed(`${sentence}这里是中间的一些别的内容。${FRAME[1]}${sentence}`),
        framed(`这里是中间的一些别的内容。${FRAME[1]}${sentence}`),
        sentence,
      ),
    ).toBe('vanished');
  });

  it('of a number gets the number in its place; of a deleted sentence nothing', () => {
    expect(fateOf(framed('全县流转土地4.8万亩。'), framed('全县流转土地5.1万亩。'), '4.8')).toBe('changed: 5.1');
    expect(fateOf(framed('这句话后来被人从网页上删掉了。'), framed(''), '这句话后来被人从网页上删掉了')).toBe(
      'vanished',
    );
  });

  it('with an edge in changed words keeps the rest of it, in whole words', () => {
    const [older, newer] = [
      'The county signed contracts with three mills last spring.',
      'The county signed contracts with four factories last spring.',
    ];
    expect(fateOf(older, newer, 'signed contracts with three')).toMatch(/^changed: signed contracts with/);
    expect(fateOf(older, newer, 'contracts with three mills')).toBe('changed: contracts with four factories');
  });

  it('both moved and changed is found by its unchanged words', () => {
    const sentence = '组织农村富余劳动力转移就业一千二百三十四人次，完成年度目标任务。';
    const other = '组织农村富余劳动力外出就业一千二百三十四人次，完成年度目标。';
    expect(fateOf(sentence + FRAME.join(''), FRAME.join('') + other, sentence)).toMatch(
      /^changed: 组织农村.+完成年度目标/,
    );
  });

  it('is found if a line was broken beside a Chinese character, on either side', () => {
    expect(fateOf('The mill in 新疆 signed it.', 'The mill in新疆 signed it.', 'mill in 新疆 signed')).toBe(
      'found: mill in新疆 signed',
    );
  });

  it('that included a space does not include a letter beside it once the space is gone', () => {
    expect(
      fateOf(
        '他说 签订合同的三家工厂都在今年春天完工。',
        '他说签订合同的三家工厂都在今年春天完工。',
        ' 签订合同的三家工厂都在今年春天完工',
      ),
    ).toBe('found: 签订合同的三家工厂都在今年春天完工');
  });

  it('is not simply moved to a part of longer words', () => {
    expect(
      fateOf(
        'It says labour transfer in the plan of this year.',
        'A wholly other text: mislabour transferred by nobody.',
        'labour transfer',
      ),
    ).toBe('changed: mislabour transferred');
  });

  it('with hardly a word left is lost', () => {
    expect(
      fateOf(
        framed('组织农村富余劳动力转移就业一千二百三十四人次。'),
        framed('组织县里开展运动会。'),
        '组织农村富余劳动力转移就业一千二百三十四人次',
      ),
    ).toBe('vanished');
  });

  describe('whose words occur in several places', () => {
    const words = 'The transfer of labour was organised by the county.';
    const lines = (n: number): string =>
      Array.from(
        { length: n },
        (_, k) => `Line ${(k * 7919) % 1000} about ${(k * 31) % 97} other things entirely. `,
      ).join('');
    const startOf = (older: string, newer: string): number | undefined => {
      const start = older.indexOf(words);
      return compareTexts(older, newer, [{ id: 'p', start, end: start + words.length }]).passages[0]?.to?.start;
    };

    it('is moved to the one with the same context', () => {
      const older = `Intro alpha beta gamma. ${words} After delta epsilon zeta. ${lines(3)}`;
      const newer = `${lines(3)} ABC. ${words} Xyz. Another line of quite other words, gamma. ${words} After delta eps`;
      expect(startOf(older, newer)).toBe(newer.lastIndexOf(words));
    });

    it('is moved to the nearest if all have the same context', () => {
      const older = `${words}\n${lines(30)}`;
      const newer = `${lines(10)}X1 ${words} Y1 ${lines(5).replaceAll('about', 'upon')}X2 ${words} Y2 ${lines(5).replaceAll('other', 'some')}`;
      expect(startOf(older, newer)).toBe(newer.indexOf(words));
    });
  });

  it('outside the text, or of white space only, is lost', () => {
    const ask = (start: number, end: number) =>
      compareTexts('a \n b', 'a \n b', [{ id: 'p', start, end }]).passages[0]?.fate;
    expect([ask(0, 99), ask(2, 1), ask(1, 3), ask(0, 5)]).toEqual(['vanished', 'vanished', 'vanished', 'found']);
  });

  it('of a text that is too long to compare is rejected with a sentence', () => {
    const long = 'a'.repeat((32 << 20) + 1);
    expect(() => compareTexts('a', long, [])).toThrow(/over 33 million characters/);
  });
});
