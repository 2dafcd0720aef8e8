import { describe, expect, it } from 'vitest';
import { citationsIn, withYear } from '../../../../shared/drafts/citations.ts';
import { readDraft } from '../../../../shared/drafts/check-draft.ts';
import {
  CONVENTION_NAMES,
  conventionNameOf,
  conventionOf,
  CONVENTIONS,
  type ConventionName,
  writtenConvention,
} from '../../../../shared/drafts/conventions.ts';
import { QuotedText, quotationsIn } from '../../../../shared/drafts/quotations.ts';
import { glossaryOf, termsIn } from '../../../../shared/drafts/terms.ts';
import { Fault } from '../../../../shared/errors.ts';
import { processorTime } from '../../../support/processor-time.ts';
import { seeded } from '../../../support/seeded.ts';

const PUBLISHED = '2024-05-17';
const cited = (text: string, style: ConventionName = 'publisher-date'): string[] =>
  citationsIn(text, CONVENTIONS[style], PUBLISHED).map(
    ({ publisher, date, implied }) => `${publisher} | ${date ?? '-'}${implied ? ' implied' : ''}`,
  );

describe('citations', () => {
  it.each([
    ['It grew (Xinjiang Daily, March 5, 2021).', ['Xinjiang Daily | 2021-03-05']],
    [
      'It grew (Xinhua, May 3; Kashgar Government, December 2023).',
      ['Xinhua | 2024-05-03 implied', 'Kashgar Government | 2023-12'],
    ],
    ['It grew (Tianshan Net, June 2).', ['Tianshan Net | 2023-06-02 implied']],
    ['It grew (see China Daily, 2019).', ['China Daily | 2019']],
    ['It grew (People’s Daily, n.d.).', ['People’s Daily | -']],
    ['增长较快（《新疆日报》，2021年3月5日）。', ['《新疆日报》 | 2021-03-05']],
    ['It rained (Xinhua, February 30, 2021).', ['Xinhua | -']],
    ['Source: Xinhua, April 2, 2020', ['Xinhua | 2020-04-02']],
    ['[1] Zhang Wei, “Jobs”, Xinhua, April 2, 2020.\n', ['Zhang Wei | 2020-04-02']],
    ['The plan (in Beijing, 2021) and (12 of them, 3 women) and (2016–2020) and (born in Hotan, 1980).', []],
  ])('%s', (text, expected) => {
    expect(cited(text)).toEqual(expected);
  });

  it('may be broken over two lines, where the lines of a text were broken at a width', () => {
    const text =
      'In 2021 the county moved 3,200 workers of its villages (Hotan County\nGovernment, May 3, 2022). The year after it was more (Xinhua, June\n12, 2023), as officials of the prefecture told all who asked them (see\nHotan Daily, 2020).\n\n[^1]: Tianshan Net, “Sent to work in another province by the bus”, May\n12, 2020.\n[^2]: Xinhua, 2019.\n';
    const read = (lineEnds: 'soft' | 'hard') =>
      readDraft(text, lineEnds, { ...CONVENTIONS['publisher-date'], footnotes: true }, PUBLISHED).citations;
    expect(read('soft').map(({ publisher, date }) => `${publisher} | ${date ?? '-'}`)).toEqual([
      'Hotan County Government | 2022-05-03',
      'Xinhua | 2023-06-12',
      'Hotan Daily | 2020',
      'Tianshan Net | 2020-05-12',
      'Xinhua | 2019',
    ]);
    for (const { start, end, text: own } of read('soft')) expect(own).toBe(text.slice(start, end));
    // Where each line is a paragraph, brackets don’t reach over two.
    expect(read('hard').map(({ publisher }) => publisher)).not.toContain('Hotan County Government');
  });

  it('may say where in the source after the date', () => {
    for (const where of [
      'minute 12',
      'para. 115',
      'paras. 3–5',
      'page 4',
      'Art. 12',
      'sec. 3.1',
      '§ 4',
      'at 12:40',
      'table 2',
    ])
      expect(cited(`It grew (United Nations OHCHR, August 31, 2022, ${where}).`)).toEqual([
        'United Nations OHCHR | 2022-08-31',
      ]);
    expect(cited('增长较快（国务院，2020年3月5日，第12条）。')).toEqual(['国务院 | 2020-03-05']);
  });

  it('follow the style of the house', () => {
    expect(cited('It grew (Zenz 2020, p. 4) and (Byler, 2021).', 'author-year')).toEqual([
      'Zenz | 2020',
      'Byler | 2021',
    ]);
    expect(cited('It grew (China Daily, 2019).', 'full-date')).toEqual([]);
    expect(cited('It grew (China Daily, May 3, 2019).', 'footnotes')).toEqual([]);
  });

  it('follow what differs from a style, written behind its name', () => {
    expect(conventionOf('footnotes')).toEqual(CONVENTIONS.footnotes);
    expect(conventionOf('author-year -captions +year-only separators=/|')).toEqual({
      ...CONVENTIONS['author-year'],
      captions: false,
      separators: '/|',
    });
    for (const wrong of ['', 'chicago', 'footnotes captions', 'footnotes -titles', 'footnotes separators=a'])
      expect(conventionOf(wrong)).toBeNull();
    const slashed = conventionOf('publisher-date separators=/');
    if (slashed === null) throw new Error('no style');
    expect(citationsIn('It grew (Xinhua, May 3, 2019 / Tianshan Net, 2021).', slashed, PUBLISHED)).toHaveLength(2);
  });

  it('“ibid.” is the one before it, and what is read online has no date', () => {
    expect(
      cited('It grew (Xinhua, May 3, 2019). It fell (ibid., p. 3). Then (Aksu Daily, accessed June 1, 2024).'),
    ).toEqual(['Xinhua | 2019-05-03', 'Xinhua | 2019-05-03', 'Aksu Daily | -']);
    expect(cited('It fell (ibid.).')).toEqual([]);
  });

  it('take the latest year in which the day is not after publication', () => {
    expect(withYear('--05-17', PUBLISHED)).toBe('2024-05-17');
    expect(withYear('--05-18', PUBLISHED)).toBe('2023-05-18');
    expect(withYear('--06', PUBLISHED)).toBe('2023-06');
    expect(withYear('--02-29', '2023-06-01')).toBe('2020-02-29');
  });
});

const SOURCE =
  'The county transferred 1,600 surplus labourers in 2021.\nOfficials said that no worker was forced to leave, and that wages rose by 8.4 percent. 全县转移就业一千五百人，没有强迫任何人外出务工。';
const quoted = (draft: string, source = SOURCE) => new QuotedText(source).find(quotationsIn(draft));

describe('quotations', () => {
  it('are exact whatever their quotes, dashes, spaces, first letter and closing mark', () => {
    expect(quoted('He wrote: “the county transferred  1,600 surplus labourers,”')).toMatchObject([
      { status: 'exact', start: 0, end: 46 },
    ]);
    expect(quoted('“没有强迫任何人外出务工”')).toMatchObject([{ status: 'exact' }]);
  });

  it('with one word changed are found where they stand, with the words and a warning', () => {
    const [number] = quoted('“The county transferred 1,800 surplus labourers in 2021”');
    expect(number).toMatchObject({ status: 'changed', warnings: ['number'] });
    expect(number?.words.filter(({ kind }) => kind !== 'same').map(({ text }) => text.trim())).toEqual(['600', '800']);
    const [negation] = quoted('“Officials said that a worker was forced to leave”');
    expect(negation).toMatchObject({ status: 'changed', warnings: ['negation'] });
  });

  it('at the end of a sentence of the source are not compared with the next one', () => {
    const [added] = quoted('“wages rose by 8.4 percent at least”', SOURCE.replace('全县', 'Women left. 全县'));
    expect(added?.words).toEqual([
      { kind: 'same', text: 'wages rose by 8.4 percent' },
      { kind: 'new', text: ' at least' },
    ]);
    const [before] = quoted('“Some Officials said that no worker was forced”');
    expect(before?.words.filter(({ kind }) => kind === 'gone')).toEqual([]);
    // What stands for the last word within the sentence is.
    const [other] = quoted('“wages rose by 8.4 points”');
    expect(other?.words.filter(({ kind }) => kind !== 'same').map(({ text }) => text)).toEqual(['percent', 'points']);
  });

  it('are the outer ones of marks within marks, whatever marks the source has within', () => {
    const source =
      '驻村工作队挨家挨户做思想工作，解决“等靠要”思想。He called it “a pervasively coercive setting” then.';
    for (const draft of [
      '“挨家挨户做思想工作，解决‘等靠要’思想”',
      '“挨家挨户做思想工作，解决“等靠要”思想”',
      '「挨家挨戶做思想工作，解決『等靠要』思想」'.replace('戶', '户').replace('決', '决'),
      '"挨家挨户做思想工作，解决「等靠要」思想"',
      '«He called it ‘a pervasively coercive setting’ then»',
      '‘He called it “a pervasively coercive setting” then’',
      'It says: \'He called it "a pervasively coercive setting" then\'.',
    ]) {
      const found = quotationsIn(draft).filter(({ text }) => !text.startsWith('a pervasively'));
      expect(found.map(({ text }) => text)).toEqual([expect.stringMatching(/^(?:挨家.*思想|He called.*then)$/)]);
      expect(new QuotedText(source).find(found)).toMatchObject([{ status: 'exact', words: [] }]);
    }
  });

  it('in single marks end at the mark that closes, not at an apostrophe', () => {
    const words = (draft: string) => quotationsIn(draft).map(({ text }) => text);
    expect(words('He wrote that ‘the workers’ rights are ignored’ there.')).toEqual([
      'the workers’ rights are ignored',
    ]);
    expect(words('He wrote of ‘the county’s many plans’ and the workers’ rights.')).toEqual([
      'the county’s many plans',
    ]);
    expect(words('The workers’ rights and the county’s plans aren’t ‘terms’ here.')).toEqual([]);
    expect(words('Those of the ’90s, the workers’ and the farmers’, were sold.')).toEqual([]);
  });

  it('over several paragraphs, each with an open mark, are one a paragraph, and a mark that nothing closes hides none', () => {
    const words = (draft: string) => quotationsIn(draft).map(({ text }) => text);
    expect(
      words('“The county transferred them.\n\n“Officials said that no worker was forced to leave.”\nSo it goes on.'),
    ).toEqual(['The county transferred them.', 'Officials said that no worker was forced to leave.']);
    expect(words('A “stray mark. He said “no worker was forced to leave” again.')).toEqual([
      'no worker was forced to leave',
    ]);
    expect(words('A “stray mark. He said “no worker was “forced to leave” at all” again.')).toEqual([
      'no worker was “forced to leave” at all',
    ]);
    expect(words(`A “stray mark. ${'So it goes on. '.repeat(100)}“no worker was forced to leave” again.`)).toEqual([
      'no worker was forced to leave',
    ]);
  });

  it('leave out what stands in brackets, also with brackets within or an ellipsis', () => {
    for (const draft of [
      '“said that (…) was forced to leave”',
      '“said that [...] was forced to leave”',
      '“said that [no [young] person] was forced to leave”',
    ])
      expect(quoted(draft)).toMatchObject([{ status: 'exact', hidden: ['no worker'], warnings: ['negation'] }]);
    expect(quoted('“全县转移就业（……）外出务工”')).toMatchObject([{ status: 'exact' }]);
  });

  it('in many marks that nothing closes take bounded time', () => {
    const used = (text: string): number => {
      const before = process.cpuUsage();
      quotationsIn(text);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    for (const one of ['“a ', ' ‘a', " 'a", '「『', "s' a", '“a” ‘b c', '" a'])
      // Twice as long takes about twice the time: four times would be quadratic.
      expect(used(one.repeat(200_000)) / Math.max(20_000, used(one.repeat(50_000)))).toBeLessThan(12);
  });

  it('list what an ellipsis hides, and warn where that turns the meaning', () => {
    expect(quoted('“said that … was forced to leave”')).toMatchObject([
      { status: 'exact', hidden: ['no worker'], warnings: ['negation'] },
    ]);
    expect(quoted('“[O]fficials said that no [one] was forced to leave”')).toMatchObject([
      { status: 'exact', hidden: ['worker'] },
    ]);
  });

  it('are no part of a longer number or word', () => {
    expect(quoted('“600 surplus labourers in 2021”')[0]?.status).not.toBe('exact');
    expect(quoted('“五百人，没有强迫任何人外出务工”')[0]?.status).not.toBe('exact');
  });

  it('are not exact where a digit is raised or circled, though folding takes it for another', () => {
    const text = new QuotedText('The county sent 102 workers, 12,600 in all, from 5 km² of land.');
    const statusOf = (draft: string) => text.find(quotationsIn(draft)).map((one) => [one?.status, one?.warnings]);
    for (const draft of ['sent 10² workers', '⑩2 workers, 12,600 in all', '12,60⁰ in all, from 5'])
      expect(statusOf(`“${draft}”`)).toEqual([['changed', ['number']]]);
    expect(statusOf('“sent １０２ workers”, “from 5 km2 of land”')).toEqual([
      ['exact', []],
      ['exact', []],
    ]);
  });

  it('of six to nine Chinese characters are found with one of them changed, more or less', () => {
    const source = '各乡镇要组织贫困劳动力外出务工，做到应转尽转。县里建立帮扶车间三十二个。';
    const found = (words: string) =>
      new QuotedText(source)
        .find([{ start: 0, end: words.length, text: words }])
        .map((one) => (one === null ? null : [one.status, source.slice(one.start, one.end)]));
    expect(found('贫困劳动力外出')).toEqual([['exact', '贫困劳动力外出']]);
    for (const changed of ['贫穷劳动力外出', '贫困劳动者外出', '贫困劳动力外去', '富困劳动力外出'])
      expect(found(changed)).toEqual([['changed', '贫困劳动力外出']]);
    expect(found('做到应转转')).toEqual([null]);
    expect(found('到应转必尽转')).toEqual([['changed', '到应转尽转']]);
    expect(found('建立扶车间三十二')).toEqual([['changed', '建立帮扶车间三十二']]);
    // Two characters apart, or shorter: not taken for it.
    expect(found('贫穷劳动者外出')).toEqual([null]);
    expect(found('应转必转')).toEqual([null]);
  });

  it('that stand nowhere are not found, and short terms are not looked for', () => {
    expect(quoted('“Nothing like these words is printed anywhere at all”')).toEqual([null]);
    expect(quotationsIn('The “three evils” and “两委” are terms.')).toEqual([]);
  });

  it('with any one word of a long text changed are never exact', () => {
    const random = seeded(3);
    const words = Array.from({ length: 3000 }, () =>
      Array.from({ length: random.int(3, 9) }, () => 'abcdefghijklmnop'.charAt(random.int(0, 15))).join(''),
    );
    const text = new QuotedText(words.join(' '));
    const changes = Array.from({ length: 300 }, () => {
      const at = random.int(0, words.length - 20);
      const own = words.slice(at, at + 12);
      own[random.int(1, 10)] = 'zzzz';
      return own.join(' ');
    });
    const found = text.find(changes.map((one) => ({ start: 0, end: one.length, text: one })));
    expect(found.filter((one) => one?.status === 'changed').length).toBeGreaterThanOrEqual(297);
    expect(found.filter((one) => one?.status === 'exact')).toEqual([]);
  });
});

describe('a draft', () => {
  it('lists figures and quotations whose sentence has no citation', () => {
    const text =
      'In 2021, 1,600 workers left (Xinhua, May 3, 2021). Then 300 households followed. Wages rose 8 percent. (China Daily, 2022)';
    const { uncited, sentences } = readDraft(text, 'hard', CONVENTIONS['publisher-date'], PUBLISHED);
    expect(uncited.map((one) => one.text)).toEqual(['300']);
    expect(sentences.map(({ figures, cited: isCited }) => [figures, isCited])).toEqual([
      [1, true],
      [1, false],
      [1, true],
    ]);
  });

  it('names Chinese terms that are cut short, differ in a character or have two names', () => {
    const problems = (text: string) => termsIn(text).flatMap((one) => one.problems.map(({ kind }) => kind));
    expect(problems('A work team (工作队) and the work teams (工作队).')).toEqual([]);
    expect(problems('Surplus labour (富余劳动力) and labour (富余劳动).')).toEqual(['cut-short']);
    expect(problems('The work team (工作队员) and work unit (工作对员).')).toEqual(['one-character', 'one-character']);
    expect(problems('The work team (工作队) and the brigade (工作队).')).toEqual(['two-names']);
  });

  it('says what a term is called elsewhere without the words before the name', () => {
    const other = (first: string) =>
      termsIn(`${first} (卫星工厂).\nThey work at the small shop (卫星工厂).`).flatMap((one) =>
        one.problems.map((problem) => problem.other),
      );
    expect(other('In Willow County, women worked in satellite factories')).toEqual(['satellite factories']);
    expect(other('Many are sent to the satellite factory')).toEqual(['satellite factory']);
    expect(other('Satellite factories')).toEqual(['Satellite factories']);
    expect(other('A worker-in-residence factory')).toEqual(['worker-in-residence factory']);
  });

  it('names terms that are at odds with the codebook', () => {
    const glossary = glossaryOf([
      {
        name: 'Pairing',
        termsZh: [{ term: '劳务协作' }, { term: '转变就业观念' }],
        termsEn: [{ term: 'labour cooperation' }],
      },
      { name: 'Work teams', termsZh: [{ term: '工作队' }], termsEn: [] },
    ]);
    const problems = (text: string) => termsIn(text, glossary).flatMap((one) => one.problems);
    expect(problems('Labour cooperation (劳务协作), the brigade (工作队) and pairing (劳务协作).')).toEqual([]);
    expect(problems('Labor collaboration (劳务协作).')).toEqual([
      { kind: 'two-names', other: 'labour cooperation', ofGlossary: true },
    ]);
    expect(problems('They changed their view (转变就业观).')).toEqual([
      { kind: 'cut-short', other: '转变就业观念', ofGlossary: true },
    ]);
    // A Chinese draft has the translation in brackets.
    expect(problems('各村加强劳务协作（labour cooperation），组织工作队（brigade）。')).toEqual([]);
    expect(problems('各村加强劳务协作（Eastern partner）。')).toEqual([
      { kind: 'two-names', other: 'labour cooperation', ofGlossary: true },
    ]);
  });

  it('of 10 MB, or with more numbers than any draft has, is refused before it is read', () => {
    const refused = (text: string): string => {
      try {
        readDraft(text, 'hard', CONVENTIONS['publisher-date'], PUBLISHED);
      } catch (thrown) {
        if (thrown instanceof Fault) return thrown.data.code;
        throw thrown;
      }
      return 'read';
    };
    for (const text of ['In 2023, 12,600 left. '.repeat(460_000), '1 2 '.repeat(80_000)])
      expect(processorTime(() => expect(refused(text)).toBe('TOO_LARGE'))).toBeLessThan(2000);
    expect(
      refused('A quota of 10,000 (Xinhua, February 30, 2021). 99999999999999999999999999999.5 percent. '.repeat(50)),
    ).toBe('read');
  });

  it('takes bounded time whatever it is', () => {
    for (const text of [
      '('.repeat(200_000),
      '“'.repeat(200_000),
      '(A, '.repeat(40_000),
      'a (中文'.repeat(40_000),
      '[1] Xinhua, May 3, 2019.\n'.repeat(8_000),
      'Zenz and Li (2020) '.repeat(10_000),
      '(见《报》，2021年3月5日）（'.repeat(8_000),
      'word '.repeat(40_000),
    ])
      expect(processorTime(() => void readDraft(text, 'hard', CONVENTIONS['author-year'], PUBLISHED))).toBeLessThan(
        20_000,
      );
  });
});

describe('a style of citation', () => {
  it('is written by its name and what differs, and read back as the same', () => {
    for (const name of CONVENTION_NAMES) {
      const style = CONVENTIONS[name];
      expect(writtenConvention(name, style)).toBe(name);
      const own = { ...style, captions: !style.captions, yearOnly: !style.yearOnly, separators: '/|' };
      const written = writtenConvention(name, own);
      expect(conventionOf(written)).toEqual(own);
      expect(conventionNameOf(written)).toBe(name);
    }
    expect(writtenConvention('author-year', { ...CONVENTIONS['author-year'], captions: false })).toBe(
      'author-year -captions',
    );
    expect(conventionOf('publisher-date separators=a')).toBeNull();
  });
});
