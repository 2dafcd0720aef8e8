import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { csvReport } from '../../../../electron/formats/report/csv.ts';
import { htmlReport } from '../../../../electron/formats/report/html.ts';
import type { Report, ReportPassage, ReportSource } from '../../../../electron/formats/report/model.ts';

const passage = (more: Partial<ReportPassage> = {}): ReportPassage => ({
  id: '01a2187c-1ae0-7000-a978-628839e3647e',
  number: 1,
  quote: '流转土地4.8万亩',
  page: 3,
  translations: [
    { language: 'en', text: 'Land of 48,000 mu was transferred', translator: 'Ben', machine: true, state: 'checked' },
  ],
  categories: [{ code: 'LND.RIGHTS', name: 'Land-use rights', coders: ['Ann', 'Ben'] }],
  decided: { codes: ['LND.RIGHTS'], person: 'Eve' },
  settings: ['Whose claim: Official'],
  highlighter: 'Ann',
  coders: ['Ann', 'Ben'],
  state: 'approved',
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
  url: 'https://www.liuquan.example/report.html',
  captured: '2024-02-06T14:20:11+08:00',
  tool: 'SingleFile',
  archiveLink: null,
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
const csv = (...passages: readonly ReportPassage[]): string => [...csvReport(report([source(passages)]))].join('');
const html = (...passages: readonly ReportPassage[]): string => [...htmlReport(report([source(passages)]))].join('');

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
  it('has a row a passage with all that proves it, in UTF-8 that Excel recognises', () => {
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
      'SHA-256 of the original': 'e6907b69eaa3337acda7262632b56e5002373f4c079c684d871bc4f4617734bf',
      'category codes': 'LND.RIGHTS',
      coders: 'Ann; Ben',
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

  it.each([
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
  ])('lets no spreadsheet reckon with %j', (quote) => {
    expect(cellsOf(csv(passage({ quote }))).quote).toBe(`'${quote}`);
  });
});

describe('The pages', () => {
  it('have each exhibit with quote, translation, source, page, dates, hash, categories, coders, checker and state', () => {
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
      'Land-use rights (LND.RIGHTS)',
      '<dt>Coders</dt><dd><bdi>Ann</bdi>, <bdi>Ben</bdi></dd>',
      '<dt>Checker</dt><dd><bdi>Kim</bdi></dd>',
      '>Approved<',
      'by <bdi>Eve</bdi>',
      '<h2>Documents</h2>',
    ])
      expect(text).toContain(part);
    expect(html(passage({ checker: null, state: 'coded' }))).toContain('nobody yet');
  });

  it('do nothing and load nothing, whatever was quoted', () => {
    const hostile = '</bdi><script>alert(1)</script><img src=x onerror=alert(1)>\u0000\ud800 & "\'';
    const text = [
      ...htmlReport({
        ...report([source([passage({ quote: hostile, highlighter: hostile })], { title: hostile, language: '"><b' })]),
        title: hostile,
        chosen: [hostile],
      }),
    ].join('');
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

  it('say where they are not the whole project, and what an area is', () => {
    const part = [
      ...htmlReport({ ...report([source([passage({ quote: null })])]), chosen: ['states: Approved'] }),
    ].join('');
    expect(part).toContain('Not the whole project');
    expect(part).toContain('states: Approved');
    expect(part).toContain('An area of the page');
    expect(html(passage())).not.toContain('Not the whole project');
  });
});
