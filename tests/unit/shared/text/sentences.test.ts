import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type LineEnds, lineEndsOf, paragraphsOf, type Stretch, trimmed } from '../../../../shared/text/blocks.ts';
import { sentencesOf } from '../../../../shared/text/sentences.ts';
import { corpusPath, describeCorpus } from '../../../support/corpus.ts';
import { seeded, seeds } from '../../../support/seeded.ts';
import { readLayer } from '../../formats/pdf/read.ts';
import { processorTime } from '../../../support/processor-time.ts';

const cut = (text: string, stretches: readonly Stretch[]): string[] =>
  stretches.map((one) => {
    const { start, end } = trimmed(text, one);
    return text.slice(start, end);
  });
const sentences = (text: string, lineEnds: LineEnds = 'hard'): string[] => cut(text, sentencesOf(text, lineEnds));
const paragraphs = (text: string, lineEnds: LineEnds): string[] => cut(text, paragraphsOf(text, lineEnds));

describe('sentences', () => {
  it.each([
    [
      'a Chinese stop, with what closes after it',
      '他说：“去。”然后走了。（见附件。）真的？！完了',
      ['他说：“去。”', '然后走了。', '（见附件。）', '真的？！', '完了'],
    ],
    [
      'straight quotes, which close where one is open',
      '他说"好的。"明天来。"真好。"',
      ['他说"好的。"', '明天来。', '"真好。"'],
    ],
    [
      'decimals, shares, dates',
      '今年新增4.8万亩。增长3.5%！到2023.5.16为止。',
      ['今年新增4.8万亩。', '增长3.5%！', '到2023.5.16为止。'],
    ],
    [
      'titles, initials, abbreviations',
      'Dr. Smith of the U.S. Government, e.g. J. R. Hart, came. See p. 3 and No. 5. Then he left.',
      ['Dr. Smith of the U.S. Government, e.g. J. R. Hart, came.', 'See p. 3 and No. 5.', 'Then he left.'],
    ],
    [
      'abbreviations that may end one',
      'The Acme Co. Ltd. was there. He came at 5 p.m. Then he left.',
      ['The Acme Co. Ltd. was there.', 'He came at 5 p.m.', 'Then he left.'],
    ],
    ['footnotes stay with what they note', 'It is so.[3][14] Another.', ['It is so.[3][14]', 'Another.']],
    [
      'what goes on in small letters goes on',
      'Yahoo! said so... and left. Next.',
      ['Yahoo! said so... and left.', 'Next.'],
    ],
    [
      'addresses',
      'See www.example.org/a?x=1 now. Or a.b@example.org.',
      ['See www.example.org/a?x=1 now.', 'Or a.b@example.org.'],
    ],
    ['numbers of a list', '1. First item. 2. Second item.', ['1. First item.', '2. Second item.']],
    ['a date with dots and spaces', 'On 16. 5. 2023 it ended. On we go.', ['On 16. 5. 2023 it ended.', 'On we go.']],
    [
      'Uyghur',
      'بۇ بىرىنچى جۈملە. ئىككىنچى جۈملە؟ «ئۈچىنچىسى!» 2023-يىلى 4.8 مىليون.',
      ['بۇ بىرىنچى جۈملە.', 'ئىككىنچى جۈملە؟', '«ئۈچىنچىسى!»', '2023-يىلى 4.8 مىليون.'],
    ],
    ['two languages in one line', '他说hello.然后走了。OK? 好。', ['他说hello.', '然后走了。', 'OK?', '好。']],
    ['nothing but stops', '。。。', ['。。。']],
    ['nothing', '', []],
  ])('recognise %s', (_what, text, wanted) => {
    expect(sentences(text)).toEqual(wanted);
  });

  it('continue over the line ends of a printed page, also inside Chinese words', () => {
    const page = '我们要坚持做好农村劳动力转\n移就业工作，确保全年目标任\n务如期完成。下一年还要继续\n努力。';
    expect(sentences(page, 'soft')).toEqual([
      '我们要坚持做好农村劳动力转\n移就业工作，确保全年目标任\n务如期完成。',
      '下一年还要继续\n努力。',
    ]);
    expect(sentences(page, 'hard')).toHaveLength(5);
  });

  it('end with headings and the last lines of paragraphs', () => {
    const page =
      '一、二〇二三年工作回顾\n　　过去一年，全县上下深入学习贯彻会议精神，\n坚持稳中求进，较好完成了各项任务\n（一）经济运行\n　　全县生产总值增长百分之五，居民人均可支配\n收入增长百分之七。';
    expect(sentences(page, 'soft').map((one) => one.replaceAll('\n', ''))).toEqual([
      '一、二〇二三年工作回顾',
      '过去一年，全县上下深入学习贯彻会议精神，坚持稳中求进，较好完成了各项任务',
      '（一）经济运行',
      '全县生产总值增长百分之五，居民人均可支配收入增长百分之七。',
    ]);
  });
});

describe('paragraphs', () => {
  it('are lines of a page, and blocks between blank lines of a wrapped file', () => {
    const wrapped =
      'The county met its goals ahead of time in the spring of\nthis year, and trained eight hundred persons for two weeks\nbefore they were placed in the factory.\n\nThe second half of the year begins with a meeting of\nall the departments that are concerned.\n';
    expect(lineEndsOf('plain-text', wrapped)).toBe('soft');
    expect(paragraphs(wrapped, 'soft')).toHaveLength(2);
    expect(lineEndsOf('frozen-page', wrapped)).toBe('hard');
    expect(paragraphs(wrapped, 'hard')).toHaveLength(5);
  });

  it('are lines of a file that was not wrapped', () => {
    expect(lineEndsOf('plain-text', '第一段。\n第二段写了很多字，一直写到这里才完。\n第三段。\n')).toBe('hard');
    expect(lineEndsOf('plain-text', '')).toBe('hard');
  });
});

describe.each(['soft', 'hard'] as const)('whatever the text, with %s line ends', (lineEnds) => {
  const PIECES = [
    '。',
    '.',
    '!',
    '؟',
    '"',
    '”',
    '（',
    '）',
    '[3]',
    ' ',
    '\n',
    '\n\n',
    '\u3000',
    'a',
    'Mr',
    'No',
    'U.S',
    '5',
    '4.8',
    '转移',
    '就业',
    'بۇ',
    '𠮷',
    '😀',
    '—',
  ];
  const textFor = (seed: number): string => {
    const random = seeded(seed);
    return Array.from({ length: random.int(0, 120) }, () => random.pick(PIECES)).join('');
  };

  it.each(seeds(60))('units are contiguous and not empty, and sentences lie within paragraphs (seed %d)', (seed) => {
    const text = textFor(seed);
    const [large, small] = [paragraphsOf(text, lineEnds), sentencesOf(text, lineEnds)];
    for (const units of [large, small]) {
      expect(units.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      let at = 0;
      for (const { start, end } of units) {
        expect(start).toBe(at);
        expect(end).toBeGreaterThan(start);
        at = end;
      }
      if (/[\p{L}\p{N}]/u.test(text))
        for (const { start, end } of units) expect(text.slice(start, end)).toMatch(/[\p{L}\p{N}]/u);
      for (const { end } of units) expect(/[\ud800-\udbff]$/.test(text.slice(0, end)) && end < text.length).toBe(false);
    }
    const ends = new Set(small.map(({ end }) => end));
    for (const { end } of large) expect(ends.has(end)).toBe(true);
  });

  it('takes time in proportion to the text', () => {
    const read = (): void => {
      for (const hostile of ['. ', 'a. ', '。\n', '"."', '[1]', '！”', 'A.B.'])
        sentencesOf(hostile.repeat(100_000), lineEnds);
    };
    // In the square of it, each would take minutes.
    expect(processorTime(read)).toBeLessThan(20_000);
  });
});

describeCorpus('three languages, printed and plain', () => {
  it.each([
    ['cmn_hans', 0.9],
    ['eng', 0.85],
    ['uig_arab', 0.85],
  ])('the sentences of the %s PDF are mostly those of its plain text', async (language, least) => {
    const plain = readFileSync(corpusPath(`udhr-${language}`, 'text.txt'), 'utf8');
    const layer = await readLayer(corpusPath(`udhr-${language}`, 'page.pdf'));
    // The printed page numbers its paragraphs, and breaks words at hyphens.
    const bare = (one: string): string => one.replace(/^\(?\.?\d{1,2}[.)]?\s|[\s\u200c-\u200f\u2010-\u2011-]+/gu, '');
    const printed = new Set(sentences(layer.text(), lineEndsOf(layer.engine, layer.text())).map(bare));
    const wanted = sentences(plain, lineEndsOf('plain-text', plain)).map(bare);
    const found = wanted.filter((one) => printed.has(one)).length / wanted.length;
    expect(found, `${found}`).toBeGreaterThan(least);
  });
});
