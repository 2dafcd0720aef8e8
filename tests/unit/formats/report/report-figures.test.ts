import { expect, it } from 'vitest';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { figures } from '../../../../electron/formats/report/figures.ts';
import type { Report, ReportPassage, ReportSource } from '../../../../electron/formats/report/model.ts';

const LAND = { code: 'LND', name: 'Land <b>' };
const WORK = { code: 'WRK', name: 'Work' };

const passage = (number: number, ...categories: readonly (typeof LAND)[]): ReportPassage => ({
  id: `p${number}`,
  number,
  quote: 'x',
  page: null,
  translations: [],
  categories,
  coding: [],
  decided: null,
  settings: [],
  highlighter: 'Ann',
  state: 'coded',
  second: null,
  checker: null,
  approver: null,
  comments: 0,
});

const source = (
  id: string,
  act: string | null,
  passages: readonly ReportPassage[],
  more: Partial<ReportSource> = {},
) => ({
  id,
  title: id,
  fileName: id,
  kind: 'text' as const,
  author: null,
  publisher: 'County',
  language: null,
  documentType: null,
  grade: null,
  gradeReason: null,
  captureUrl: null,
  captureTime: null,
  captureTool: null,
  captureArchiveLink: null,
  dates: {
    dateOfAct: act === null ? null : { edtf: act, implied: false },
    dateOfDocument: null,
    dateOfPublication: null,
    dateOfCapture: null,
  },
  sha256: 'a'.repeat(64),
  bytes: 1,
  passages,
  ...more,
});

/** The rows of each table, cell by cell, as a reader of the page has them. */
function tablesOf(sources: readonly ReportSource[]): string[][][] {
  const report: Report = {
    title: '',
    madeAt: '',
    head: null,
    codebook: { title: '', version: '' },
    chosen: [],
    sources,
  };
  type Node = DefaultTreeAdapterTypes.ChildNode;
  const below = (node: DefaultTreeAdapterTypes.ParentNode): Node[] =>
    node.childNodes.flatMap((child): Node[] => ('childNodes' in child ? [child, ...below(child)] : [child]));
  const named = (node: DefaultTreeAdapterTypes.ParentNode, ...names: readonly string[]) =>
    below(node).filter((one) => 'tagName' in one && names.includes(one.tagName)) as DefaultTreeAdapterTypes.Element[];
  const text = (node: DefaultTreeAdapterTypes.ParentNode): string =>
    below(node)
      .flatMap((one) => (one.nodeName === '#text' && 'value' in one ? one.value : []))
      .join('');
  return named(parse(figures(report)), 'table').map((table) =>
    named(table, 'tr').map((row) => named(row, 'th', 'td').map(text)),
  );
}

const SOURCES = [
  source('a', '2019-05-17', [passage(1, LAND), passage(2, LAND, WORK)], { text: 'a' }),
  source('b', '2021-03', [passage(3, LAND)], { text: 'a', publisher: 'Paper' }),
  source('c', '2021', [passage(4)]),
  source('d', '2018/2022', [passage(5, WORK)]),
  source('e', null, [passage(6, WORK)]),
  source('f', '0202', [passage(7, WORK)]),
];

it('counts every exhibit once in a cell, and the totals once each', () => {
  const [byYear, byDate, resting] = tablesOf(SOURCES);
  expect(byYear).toEqual([
    ['Category', '202', '2019', '2021', 'several years', 'undated', 'All'],
    ['LND Land <b>', '–', '2', '1', '–', '–', '3'],
    ['WRK Work', '1', '1', '–', '1', '1', '4'],
    ['No category', '–', '–', '1', '–', '–', '1'],
    ['All exhibits', '1', '2', '2', '1', '1', '7'],
  ]);
  // A year typed wrongly makes no row for each of the years between.
  expect(byDate).toEqual([
    ['Year', 'to the day', 'to the month', 'to the year or less', 'All'],
    ['202', '–', '–', '1', '1'],
    ['203–2018', '–', '–', '–', '–'],
    ['2019', '2', '–', '–', '2'],
    ['2020', '–', '–', '–', '–'],
    ['2021', '–', '1', '1', '2'],
    ['Several years', '–', '–', '1', '1'],
    ['Undated', '–', '–', '–', '1'],
  ]);
  expect(resting).toEqual([
    ['Category', 'Documents', 'Texts', 'Publishers', 'Rests on', 'Exhibits'],
    ['LND Land <b>', '2', '1', '2', 'one text', '3'],
    ['WRK Work', '4', '4', '1', 'one publisher', '4'],
    ['No category', '1', '1', '1', 'one document', '1'],
  ]);
});

it('puts what is before the last ten years in one column', () => {
  const all = Array.from({ length: 14 }, (_, at) => source(`s${at}`, String(2001 + at), [passage(at + 1, LAND)]));
  const [byYear] = tablesOf(all);
  expect(byYear?.[0]).toEqual([
    'Category',
    'before 2005',
    ...Array.from({ length: 10 }, (_, at) => String(2005 + at)),
    'All',
  ]);
  expect(byYear?.[1]).toEqual(['LND Land <b>', '4', ...Array.from({ length: 10 }, () => '1'), '14']);
});
