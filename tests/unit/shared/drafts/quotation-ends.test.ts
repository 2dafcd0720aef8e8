import { describe, expect, it } from 'vitest';
import { QuotedText } from '../../../../shared/drafts/quotations.ts';

const SOURCE =
  'Land was leased to the cooperatives of the county. Nobody was asked about it. Workers were paid monthly.\n' +
  '全县组织劳务输出。土地流转给合作社，农民收入增加。全区常住人口12600人，项目总投资3亿元。';

function found(words: string) {
  const [one = null] = new QuotedText(SOURCE).find([{ start: 0, end: words.length, text: words }]);
  return one === null
    ? null
    : { here: SOURCE.slice(one.start, one.end), words: one.words.map(({ kind, text }) => [kind, text]) };
}

describe('words that a draft adds at an end of a quotation', () => {
  it.each([
    ['Nobody was asked about it, and workers were sad', 'Nobody was asked about it', ',and workers were sad'],
    ['全县组织劳务输出和土地开发', '全县组织劳务输出', '和土地开发'],
  ])('are not compared with the source’s next sentence: %s', (words, here, added) => {
    expect(found(words)).toEqual({
      here,
      words: [
        ['same', here],
        ['new', added],
      ],
    });
  });

  it('leave a quotation whole that goes over the end of a sentence', () => {
    expect(found('劳务输出工作土地流转给合作社')).toEqual({
      here: '劳务输出。土地流转给合作社',
      words: [
        ['same', '劳务输出'],
        ['gone', '。'],
        ['new', '工作'],
        ['same', '土地流转给合作社'],
      ],
    });
  });
});

it('a short Chinese phrase that goes on where the source’s clause ends is none of the source’s', () => {
  for (const words of ['全区常住人口为', '项目总投资约为', '在全区常住人口'])
    expect([words, found(words)]).toEqual([words, null]);
  expect(found('全区常住人数')).toMatchObject({ here: '全区常住人口' });
  expect(found('全县常住人口')).toMatchObject({ here: '全区常住人口' });
});
