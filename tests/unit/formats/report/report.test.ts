import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { Coders, csvReport } from '../../../../electron/formats/report/csv.ts';
import { htmlReport } from '../../../../electron/formats/report/html.ts';
import { unmarked } from '../../../../electron/formats/report/csv-cells.ts';
import type { Piece, Report, ReportPassage, ReportSource } from '../../../../electron/formats/report/model.ts';

const LAND = { code: 'LND.RIGHTS', name: 'Land-use rights' };
const QUOTA = { code: 'TRN.QUOTA', name: 'Quotas' };
const coded = (coder: string, ...categories: readonly (typeof LAND)[]) => ({
  coder,
  person: `id of ${coder}`,
  categories,
});

const passage = (more: Partial<ReportPassage> = {}): ReportPassage => ({
  id: '01a2187c-1ae0-7000-a978-628839e3647e',
  number: 1,
  quote: '流转土地4.8万亩',
  page: 3,
  translations: [
    { language: 'en', text: 'Land of 48,000 mu was transferred', translator: 'Ben', machine: true, state: 'checked' },
  ],
  categories: [LAND],
  coding: [coded('Ann', LAND), coded('Ben', LAND)],
  decided: null,
  settings: ['Whose claim: Official'],
  highlighter: 'Ann',
  state: 'approved',
  second: 'Ben (own tags: LND.RIGHTS)',
  checker: 'Kim',
  approver: 'Eve',
  comments: 2,
  ...more,
});

const source = (passages: readonly ReportPassage[], more: Partial<ReportSource> = {}): ReportSource => ({
  id: '2dd4b6bb-d4fa-8f09-9f41-b5e67fc8a091',
  title: '政府工作报告',
  fileName: 'report.pdf',
  kind: 'pdf',
  author: null,
  publisher: 'County government',
  language: 'zh-Hans',
  documentType: 'Annual work report',
  grade: 'B',
  gradeReason: 'Official text',
  captureUrl: 'https://www.liuquan.example/report.html',
  captureTime: '2024-02-06T14:20:11+08:00',
  captureTool: 'SingleFile',
  captureArchiveLink: null,
  dates: {
    dateOfAct: { edtf: '2023', implied: true },
    dateOfDocument: { edtf: '2024-01-18', implied: false },
    dateOfPublication: null,
    dateOfCapture: null,
  },
  sha256: 'e6907b69eaa3337acda7262632b56e5002373f4c079c684d871bc4f4617734bf',
  bytes: 23_143,
  passages,
  ...more,
});

const LOADING = ['script', 'img', 'link', 'iframe', 'object', 'embed', 'base', 'form', 'svg', 'video', 'audio'];
const everyElement = (node: DefaultTreeAdapterTypes.ParentNode): DefaultTreeAdapterTypes.Element[] =>
  node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...everyElement(child)] : []));

const report = (sources: readonly ReportSource[]): Report => ({
  title: 'Liuquan 2023',
  madeAt: '2026-11-26T15:32:00.000Z',
  head: null,
  codebook: { title: 'Labour', version: '0.1' },
  chosen: [],
  sources,
});
const textOf = (pieces: Iterable<Piece>): string => [...pieces].map(({ text }) => text).join('');
function csv(...passages: readonly ReportPassage[]): string {
  const coders = new Coders();
  for (const one of passages) coders.add(one);
  return textOf(
    csvReport({ coders: coders.names, rows: passages.map((one) => ({ passage: one, source: source([]) })) }),
  );
}
const html = (...passages: readonly ReportPassage[]): string => textOf(htmlReport(report([source(passages)])));
/** Ann and Ben differ; Eve decides for Ben. */
const DECIDED: Partial<ReportPassage> = {
  categories: [LAND, QUOTA],
  coding: [coded('Ann', LAND), coded('Ben', QUOTA)],
  decided: {
    categories: [QUOTA],
    person: 'Eve',
    at: '2026-11-20T09:00:00.000Z',
    reason: 'It names a number to be reached',
    compared: [coded('Ann', LAND), coded('Ben', QUOTA), coded('Kim')],
  },
};

/** RFC 4180, as another program reads it. */
function rows(text: string): string[][] {
  const all: string[][] = [[]];
  for (let at = 0, cell = ''; at <= text.length; at += 1) {
    if (cell === '' && text[at] === '"') {
      let end = at + 1;
      while (text[end] !== '"' || text[end + 1] === '"') end += text[end] === '"' ? 2 : 1;
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
      if (cell === '') cell = '\0';
    }
    if (at < text.length && text[at] !== ',' && text[at] !== '\r') cell += text[at];
    else {
      all.at(-1)?.push(cell === '\0' ? '' : cell);
      cell = '';
      if (text[at] === '\r') {
        at += 1;
        if (at + 1 < text.length) all.push([]);
        else break;
      }
    }
  }
  return all;
}
const cellsOf = (text: string, row = 1): Record<string, string> => {
  const [head = [], ...rest] = rows(text.slice(1));
  return Object.fromEntries(head.map((name, at) => [name, rest[row - 1]?.[at] ?? '']));
};

describe('The table', () => {
  it('has a row for each passage with all its evidence, in UTF-8 that Excel recognises', () => {
    const text = csv(passage(), passage({ number: 2 }));
    expect(text.codePointAt(0)).toBe(0xfeff);
    expect(text.endsWith('\r\n')).toBe(true);
    expect(rows(text.slice(1))).toHaveLength(3);
    expect(cellsOf(text)).toMatchObject({
      quote: '流转土地4.8万亩',
      translation: 'Land of 48,000 mu was transferred',
      translator: 'Ben (machine)',
      'source title': '政府工作报告',
      'file name': 'report.pdf',
      address: 'https://www.liuquan.example/report.html',
      page: '3',
      'date of act': '2023 (implied)',
      'date of document': '2024-01-18',
      'date of publication': '',
      'SHA-256 of original': 'e6907b69eaa3337acda7262632b56e5002373f4c079c684d871bc4f4617734bf',
      'final codes': 'LND.RIGHTS',
      'final categories': 'Land-use rights',
      outcome: 'as coded',
      'decided by': '',
      'coded by Ann': 'LND.RIGHTS',
      'coded by Ben': 'LND.RIGHTS',
      'all codes': 'LND.RIGHTS',
      coders: 'Ann; Ben',
      'second coding': 'Ben (own tags: LND.RIGHTS)',
      state: 'Approved',
      checker: 'Kim',
      approver: 'Eve',
      comments: '2',
      'passage id': '01a2187c-1ae0-7000-a978-628839e3647e',
    });
  });

  it('keeps commas, quotes and line ends inside their cell', () => {
    const quote = 'He said "no", then\nleft;\r\nthe end';
    expect(cellsOf(csv(passage({ quote }))).quote).toBe(quote);
  });

  it('begins with the decision, its reason and person, then what each coder gave', () => {
    const text = csv(passage(DECIDED), passage({ number: 2 }));
    const [head = []] = rows(text.slice(1));
    expect(head.slice(0, 10)).toEqual([
      'exhibit',
      'final codes',
      'final categories',
      'outcome',
      'decided by',
      'decided on',
      'reason for decision',
      'coded by Ann',
      'coded by Ben',
      'coded by Kim',
    ]);
    expect(cellsOf(text)).toMatchObject({
      'final codes': 'TRN.QUOTA',
      'final categories': 'Quotas',
      outcome: 'decided',
      'decided by': 'Eve',
      'decided on': '2026-11-20',
      'reason for decision': 'It names a number to be reached',
      'coded by Ann': 'LND.RIGHTS',
      'coded by Ben': 'TRN.QUOTA',
      'coded by Kim': 'none',
      'all codes': 'LND.RIGHTS; TRN.QUOTA',
    });
    expect(cellsOf(text, 2)).toMatchObject({ 'coded by Ann': 'LND.RIGHTS', 'coded by Kim': '' });
  });

  it('reports where coders differ without a decision, and decisions that nothing fits', () => {
    const { coding = [], categories = [] } = DECIDED;
    expect(cellsOf(csv(passage({ coding, categories })))['outcome']).toBe('coders differ, undecided');
    const none = { categories: [], person: 'Eve', at: null, reason: 'No', compared: [] };
    expect(cellsOf(csv(passage({ ...DECIDED, decided: none })))).toMatchObject({
      'final codes': 'none fits',
      'decided on': '',
    });
  });

  it('keeps two coders of one name apart', () => {
    const coding = [coded('Ann', LAND), { ...coded('Ann', QUOTA), person: 'other of Ann' }];
    expect(cellsOf(csv(passage({ coding })))).toMatchObject({
      'coded by Ann': 'LND.RIGHTS',
      'coded by Ann (2)': 'TRN.QUOTA',
    });
  });
});

/** Cells as Excel finds them where the list separator is a semicolon: quotes count only where a cell begins with one. */
function cutAtSemicolons(text: string): string[] {
  const cells: string[] = [];
  let [cell, quoted] = ['', false];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quoted && sign === '"' && text[at + 1] === '"') [cell, at] = [`${cell}"`, at + 1];
    else if (quoted && sign === '"') quoted = false;
    else if (!quoted && sign === '"' && cell === '') quoted = true;
    else if (!quoted && /[;\t\r\n]/.test(sign)) {
      cells.push(cell);
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell];
}
const RECKONED = /^[\s\p{Cf}"]*[=+\-@＝＋－＠]/u;

describe('No spreadsheet calculates a cell, and the protection can be removed exactly', () => {
  const HOSTILE = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\tx',
    '\r=1',
    '\n=1',
    ' =1',
    '\u200b=1',
    '＝1',
    '=HYPERLINK("http://x.example";"a")',
    'harmless;=1+1',
    'harmless; "=1+1',
    'harmless;"";=cmd|\' /C calc\'!A0;',
    'two\n-lines\n  @here',
    'tab\t=1',
    "it's;'=1",
    "'=1",
    '; ; ;+1',
    '";\n"=1',
  ];

  it.each(HOSTILE)('%j', (quote) => {
    const text = csv(passage({ quote, highlighter: quote }), passage({ number: 2, quote: 'plain' }));
    const { quote: shown = '', ...row } = cellsOf(text);
    expect(shown).not.toBe(quote);
    expect(unmarked(shown)).toBe(quote);
    expect(Object.entries(row).find(([name]) => name.startsWith('cells given a leading apostrophe'))?.[1]).toBe(
      'quote; highlighted by',
    );
    for (const cells of [rows(text.slice(1)).flat(), cutAtSemicolons(text.slice(1))])
      for (const one of cells) expect(one, one).not.toMatch(RECKONED);
  });

  it.each(['流转土地4.8万亩', "it's 5 - 3 = 2; 'quoted', a+b@c", 'a, -5 %, =', 'two\nlines', "';'", ''])(
    'and what harms nobody stays as it is: %j',
    (quote) => {
      const text = csv(passage({ quote }));
      expect(cellsOf(text).quote).toBe(quote);
      expect(unmarked(quote)).toBe(quote);
      expect(text.endsWith(',\r\n')).toBe(true);
    },
  );
});

describe('The page', () => {
  it('has each exhibit with quote, translation, source, page, dates, hash, categories, coders, checker and state', () => {
    const text = html(passage());
    for (const part of [
      '<bdi dir="auto">流转土地4.8万亩</bdi>',
      'lang="zh-Hans"',
      'Land of 48,000 mu was transferred',
      'by machine, checked',
      '政府工作报告',
      'page 3',
      'Act <bdi>2023 (implied)</bdi> · Document <bdi>2024-01-18</bdi>',
      'e6907b69eaa3337acda7262632b56e5002373f4c079c684d871bc4f4617734bf',
      '<span class="code">LND.RIGHTS</span> <bdi>Land-use rights</bdi>',
      'coded by <bdi>Ann</bdi>, <bdi>Ben</bdi> · second-coded by <bdi>Ben (own tags: LND.RIGHTS)</bdi> · checked by <bdi>Kim</bdi> · approved by <bdi>Eve</bdi> · 2 comments',
      '>Approved<',
      '<h2 id="documents">Documents</h2>',
    ])
      expect(text).toContain(part);
    expect(html(passage())).toContain('second-coded by');
    expect(html(passage({ second: null }))).not.toContain('second-coded by');
    expect(html(passage({ checker: null, state: 'coded' }))).toContain('not checked');
  });

  it('starts each exhibit with the decision, and lists each coder’s own coding below', () => {
    const text = html(passage(DECIDED));
    const order = [
      '<span class="code">TRN.QUOTA</span> <bdi>Quotas</bdi></span></div><span class="state',
      '<span class="label">Final:</span> <bdi>TRN.QUOTA</bdi>, decided by <bdi>Eve</bdi> on 20 Nov 2026 (UTC)',
      'It names a number to be reached',
      '<blockquote',
      'Coding before the decision (this text or its sentence)',
      '<dt><bdi>Ann</bdi></dt><dd><bdi>Land-use rights</bdi>',
      '<dt><bdi>Ben</bdi></dt><dd><bdi>Quotas</bdi>',
      '<dt><bdi>Kim</bdi></dt><dd><span class="gap">none</span>',
    ].map((part) => text.indexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(html(passage({ ...DECIDED, decided: null }))).toContain('Coders differ; not yet decided.');
    expect(html(passage())).not.toContain('class="decision');
  });

  it('starts with contents by document and by category, with the final categories', () => {
    const text = html(passage(DECIDED), passage({ number: 2 }), passage({ number: 3 }));
    const [, byCategory = ''] = text.split('<caption>By category</caption>');
    const line = (code: string) =>
      new RegExp(`${code}</bdi></span></td><td class="n">(.*?)</td>`).exec(byCategory)?.[1]?.replace(/<[^>]*>/g, '');
    expect([line('LND.RIGHTS'), line('TRN.QUOTA')]).toEqual(['2–3', '1']);
    expect(text).toMatch(/<caption>By document<\/caption>[^]*?>1–3<\/a>/);
  });

  it('has the project and the date at the top of each printed page, whatever the project is called', () => {
    const made = report([source([passage()])]);
    const styled = (title: string): string =>
      /<style>([^]*?)<\/style>/.exec(textOf(htmlReport({ ...made, title })))?.[1] ?? '';
    expect(styled('Liuquan 2023')).toContain('@top-left { content: "Liuquan\\20 2023"; }');
    expect(styled('Liuquan 2023')).toContain('26\\20 Nov\\20 2026\\2c \\20 15\\3a 32\\20 UTC');
    expect(styled('柳泉')).toContain('"柳泉"');
    for (const bad of ['"; } * { color: red', '</style><script>', '\\', '\n}', '\ud800']) {
      const style = styled(bad);
      expect(style).toContain('@page :first');
      expect(style).not.toMatch(/color: red|<script|@top-left \{ content: "[^"]*[\n<][^"]*"/);
    }
  });

  it('runs nothing and loads nothing, whatever was quoted', () => {
    const hostile = '</bdi><script>alert(1)</script><img src=x onerror=alert(1)>\u0000\ud800 & "\'';
    const text = textOf(
      htmlReport({
        ...report([
          source(
            [
              passage({
                quote: hostile,
                highlighter: hostile,
                categories: [{ code: hostile, name: hostile }],
                decided: {
                  categories: [{ code: hostile, name: hostile }],
                  person: hostile,
                  at: hostile,
                  reason: hostile,
                  compared: [coded(hostile)],
                },
              }),
            ],
            { title: hostile, language: '"><b' },
          ),
        ]),
        title: hostile,
        chosen: [hostile],
      }),
    );
    const elements = everyElement(parse(text));
    expect(elements.map(({ tagName }) => tagName).filter((name) => LOADING.includes(name))).toEqual([]);
    for (const { attrs } of elements)
      for (const { name, value } of attrs) {
        expect(name).not.toMatch(/^on|^src|^action|^style$/);
        if (name === 'href') expect(value).toMatch(/^#/);
      }
    expect(text).not.toMatch(/@import|url\(/);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toContain('\0');
    expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it('says if it is not the whole project, and what an area is', () => {
    const part = textOf(htmlReport({ ...report([source([passage({ quote: null })])]), chosen: ['states: Approved'] }));
    expect(part).toContain('Part of the project');
    expect(part).toContain('states: Approved');
    expect(part).toContain('An area of the page');
    expect(html(passage())).not.toContain('Part of the project');
  });
});
