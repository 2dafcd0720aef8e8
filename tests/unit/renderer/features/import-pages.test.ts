import { describe, expect, it } from 'vitest';
import { inTwo } from '../../../../renderer/common/captures/Address.tsx';
import { isAnswered, statusWords } from '../../../../renderer/common/captures/CaptureRows.tsx';
import { afterDone, afterPages, afterReload, IDLE } from '../../../../renderer/features/import/import-store.ts';
import { rowsMatching, rowsOf, sortRows } from '../../../../renderer/features/import/page-rows.ts';
import { fakeArchive } from '../../../support/shell/captures.ts';

const rows = rowsOf(fakeArchive(12).pages);
const keys = (some: readonly { key: string }[]): string => some.map(({ key }) => key).join(' ');

describe('archives that ask for their pages', () => {
  const [first, second] = [fakeArchive(2), fakeArchive(3, { path: 'other.warc.gz' })];

  it('are listed in the order they asked, each once, until their import ends', () => {
    const both = [first, second, first].reduce(afterPages, IDLE);
    expect(both.archives.map(({ path }) => path)).toEqual([first.path, second.path]);
    expect(afterDone(both, { job: 'j', items: [], cancelled: true }, 0).archives).toEqual([]);
  });

  it('are asked again after a reload, and only once if an event came first', () => {
    const progress = { job: 'j', total: 2, walking: false, done: 0, failed: 0, current: [], finished: [] };
    const told = [{ job: 'j', startedAt: 0, progress, waiting: [], asked: [first, second] }];
    expect(afterReload(IDLE, told).archives).toEqual([first, second]);
    expect(afterReload(afterPages(IDLE, second), told).archives).toEqual([second, first]);
  });
});

describe('the pages of an archive', () => {
  it('number the captures of one address in the order of their times', () => {
    const [three, two] = [rows[3], rows[2]];
    expect(three?.url).toBe(two?.url);
    expect([two?.capture, three?.capture, three?.captures]).toEqual([1, 2, 2]);
    const turned = rowsOf([...fakeArchive(4).pages].reverse());
    expect(turned.map(({ capture }) => capture)).toEqual([2, 1, 1, 1]);
  });

  it('are found by folded title and address, also by the decoded address', () => {
    expect(keys(rowsMatching(rows, '第9號'))).toBe('9');
    expect(keys(rowsMatching(rows, 'ATTACHMENT 2023'))).toBe('4');
    expect(keys(rowsMatching(rows, '劳务'))).toBe('4');
    expect(rowsMatching(rows, '  ')).toBe(rows);
    const odd = fakeArchive(1).pages.map((page) => ({ ...page, url: 'https://a.example/%C0%D3' }));
    expect(rowsMatching(rowsOf(odd), '%c0')).toHaveLength(1);
  });

  it('start with those the archive lists; sorted, missing values come last', () => {
    expect(keys(sortRows(rows, { column: 'listed', descending: false }))).toBe('0 2 4 6 8 10 1 3 5 7 9 11');
    expect(keys(sortRows(rows, { column: 'time', descending: false }))).toMatch(/^0 1 2 .* 11 10$/);
    expect(keys(sortRows(rows, { column: 'status', descending: false }))).toMatch(/ 5 8$/);
    expect(keys(sortRows(rows, { column: 'bytes', descending: true }))).toMatch(/^11 10 /);
  });
});

describe('an address', () => {
  it('is cut in the middle, never inside a character', () => {
    const long = `https://a.example/${'x'.repeat(80)}/report-2023.html`;
    expect(inTwo(long).join('')).toBe(long);
    expect(inTwo(long)[1]).toMatch(/report-2023\.html$/);
    expect(inTwo('https://a.example/')).toEqual(['https://a.example/', '']);
    const pairs = `https://a.example/${'x'.repeat(60)}${'𠮷'.repeat(30)}.`;
    expect(inTwo(pairs).every((part) => part.isWellFormed())).toBe(true);
  });
});

it('a status is described in words', () => {
  expect([200, 404, 299].map(statusWords)).toEqual(['200 OK', '404 Not Found', '299']);
  expect([200, 206, 304, 404].map(isAnswered)).toEqual([true, true, false, false]);
});
