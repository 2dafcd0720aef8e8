import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openEngine } from '../../electron/engine/engine.ts';
import { openHome } from '../../electron/host/home.ts';
import { commandLine } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

it('gives the rows, the table and the matrix of a query or a saved view, and says where a query is wrong', async () => {
  const folder = tempFolder();
  const home = join(folder, 'home');
  const sourcebook = commandLine(folder, home);
  writeFileSync(join(folder, 'report.txt'), '流转土地4.8万亩。=SUM(A1) 转移就业。');
  await sourcebook('new', 'county');
  const source = (await sourcebook.json('add', 'county', 'report.txt')).value.items[0].source;
  const mark = async (quote: string, category: string) =>
    (await sourcebook.json('highlight', 'county', source, '--quote', quote, '--category', category)).value.passage.id;
  const land = await mark('流转土地4.8万亩', 'LND.RIGHTS');
  const sum = await mark('=SUM(A1)', 'FIG.ACT');
  const rows = await sourcebook.json('passages', 'county', '--query', 'category:LND');
  expect(rows.value).toMatchObject({
    total: 1,
    of: 2,
    sources: 1,
    origins: 1,
    publishers: 0,
    passages: [
      { id: land, source, exact: '流转土地4.8万亩', page: 1, tags: [{ category: 'LND.RIGHTS' }], state: 'coded' },
    ],
  });
  const wrong = await sourcebook.json('passages', 'county', '--query', 'category:NOTHING');
  expect([wrong.code, wrong.value.error.code]).toEqual([2, 'USAGE']);
  expect(wrong.value.error.message).toContain('NOTHING');

  const engine = await openEngine({
    folder: join(folder, 'county.sourcebook'),
    person: openHome({ SOURCEBOOK_HOME: home }).person(),
  });
  await engine.call('views.create', {
    name: 'Newest',
    query: 'lang:zh OR state:coded',
    sort: [{ column: 'created', descending: true }],
    columns: ['category', 'quote'],
  });
  const ids = new Map<string, string>(
    (await engine.call('codebook.get', {})).categories.map(({ code, id }) => [code, id]),
  );
  const idOf = (code: string): string => ids.get(code) ?? '';
  await engine.close();
  expect((await sourcebook.json('views', 'county')).value.views).toMatchObject([{ name: 'Newest', shape: 'table' }]);
  const view = await sourcebook.json('passages', 'county', '--view', 'newest');
  expect(view.value.passages.map(({ id }: { id: string }) => id)).toEqual([sum, land]);
  const both = await sourcebook.json('passages', 'county', '--view', 'newest', '--query', 'category:FIG');
  expect(both.value.total).toBe(1);
  const unknown = await sourcebook.json('passages', 'county', '--view', 'Oldest');
  expect(unknown.value.error.message).toMatch(/^No saved view “.*Oldest.*”\. There are “.*Newest.*”\.$/);

  const csv = join(folder, 'rows.csv');
  expect((await sourcebook.json('passages', 'county', '--view', 'Newest', '--csv', csv)).value).toMatchObject({
    rows: 2,
  });
  const lines = readFileSync(csv, 'utf8').trimEnd().split('\r\n');
  expect(lines[0]).toContain('categories,tagged by,quote,passage id,source id');
  // As in a report: what a spreadsheet would calculate gets an apostrophe, and the row says so.
  expect(lines[1]).toMatch(new RegExp(`^FIG\\.ACT,[^,]*,'=SUM\\(A1\\),${sum},${source},quote$`));
  expect((await sourcebook.json('passages', 'county', '--csv', csv)).value.error.code).toBe('EXISTS');
  const xlsx = join(folder, 'rows.xlsx');
  const written = await sourcebook.json('passages', 'county', '--view', 'Newest', '--xlsx', xlsx);
  expect(written.value).toEqual({ file: xlsx, bytes: readFileSync(xlsx).length, rows: 2 });
  const twice = await sourcebook.json('passages', 'county', '--csv', csv, '--xlsx', xlsx);
  expect(twice.value.error.code).toBe('USAGE');

  const matrix = await sourcebook.json('matrix', 'county', '--rows', 'category', '--columns', 'source');
  const at = matrix.value.rows.indexOf(idOf('LND'));
  expect([matrix.value.columns, matrix.value.cells[at], matrix.value.total]).toEqual([[source], [1], 2]);
  // The codes and the names stand in the same order.
  expect([matrix.value.codes.rows[at], matrix.value.codes.columns]).toEqual(['LND', [null]]);
  expect(matrix.value.names.rows[at]).toMatch(/land/i);
  expect(matrix.value.names.columns).toEqual(['report.txt']);
  const years = await sourcebook.json('matrix', 'county', '--columns', 'year', '--query', 'category:LND');
  expect([years.value.columns, years.value.cells[at], years.value.names.columns]).toEqual([[null], [1], [null]]);
  const pairs = await sourcebook.json('matrix', 'county', '--columns', 'category');
  const [act, rights] = [idOf('FIG.ACT'), idOf('LND.RIGHTS')];
  expect(pairs.value.columns).toEqual(expect.arrayContaining([act, rights, idOf('LND')]));
  const cell = (row: string, column: string) =>
    pairs.value.cells[pairs.value.rows.indexOf(row)][pairs.value.columns.indexOf(column)];
  expect([cell(rights, idOf('LND')), cell(rights, act)]).toEqual([1, 0]);
  expect(pairs.value.codes.columns[pairs.value.columns.indexOf(act)]).toBe('FIG.ACT');
  const people = await sourcebook.json('matrix', 'county', '--columns', 'person');
  const everybody = (await sourcebook.json('person', 'list', 'county')).value.persons;
  expect(people.value.columns).toEqual([everybody[0].id]);
  expect(people.value.names.columns).toEqual([everybody[0].name]);
});
