import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { addFile, categoriesOf, codeOf, mark, testProject } from '../../../support/project.ts';
import { cellsByOpenpyxl, hasOpenpyxl } from '../../../support/spreadsheet.ts';
import { tempFolder } from '../../../support/temp.ts';

it('writes what the table shows: its order, its columns, and a row for each group a passage stands in', async () => {
  const { engine } = await testProject();
  const source = (await addFile(engine, 'report.txt', '流转土地4.8万亩。转移就业1.2万人次。')).id;
  const [rights, act] = await categoriesOf(engine, 'LND.RIGHTS', 'FIG.ACT');
  if (rights === undefined || act === undefined) throw new Error('No such categories');
  const both = await mark(engine, source, '流转土地4.8万亩', { categories: [rights, act] });
  const untagged = await mark(engine, source, '转移就业1.2万人次');
  const path = join(tempFolder(), 'rows.csv');
  const table = { group: 'category' as const, columns: ['quote' as const], path };
  const { bytes, rows } = await engine.call('evidence.write', { ...table, sort: [{ column: 'created' }] });
  expect(rows).toBe(3);
  const text = readFileSync(path);
  expect(text.length).toBe(bytes);
  const lines = text.toString().trimEnd().split('\r\n');
  expect(lines.slice(1)).toEqual([
    `Land-use-rights transfer,流转土地4.8万亩,${both.id},${source},`,
    expect.stringContaining(`,流转土地4.8万亩,${both.id},${source},`),
    `,转移就业1.2万人次,${untagged.id},${source},`,
  ]);
  expect(await codeOf(engine.call('evidence.write', table))).toBe('EXISTS');
  const other = join(tempFolder(), 'none.csv');
  const wrong = await engine.call('evidence.write', { ...table, path: other, query: 'state:(' });
  expect([wrong.rows, wrong.faults.length > 0, existsSync(other)]).toEqual([0, true, false]);
});

it('writes the page with the source, as the table shows both in one column, and only once beside the column of pages', async () => {
  const { engine } = await testProject();
  const { id } = await addFile(engine, 'report.txt', 'One. Two.');
  await mark(engine, id, 'Two');
  const head = async (columns: ('source' | 'place')[]): Promise<string[]> => {
    const path = join(tempFolder(), 'rows.csv');
    await engine.call('evidence.write', { columns, path });
    const [names = '', row = ''] = readFileSync(path, 'utf8').trimEnd().split('\r\n');
    expect(row).toContain('report.txt,1,');
    return names.replace('\ufeff', '').split(',').slice(0, 3);
  };
  expect(await head(['source'])).toEqual(['source title', 'page', 'passage id']);
  expect(await head(['source', 'place'])).toEqual(['source title', 'page', 'start']);
});

it('writes only the selected rows that the filter finds, or all but those taken out, in the same order and groups', async () => {
  const { engine } = await testProject();
  const source = (await addFile(engine, 'report.txt', 'One. Two. Three.')).id;
  const [one, two, three] = [
    await mark(engine, source, 'One'),
    await mark(engine, source, 'Two'),
    await mark(engine, source, 'Three'),
  ];
  const written = async (part: { passages?: (typeof one.id)[]; except?: (typeof one.id)[]; query?: string }) => {
    const path = join(tempFolder(), 'rows.csv');
    const { rows } = await engine.call('evidence.write', { ...part, group: 'state', columns: ['quote'], path });
    const lines = readFileSync(path, 'utf8').trimEnd().split('\r\n').slice(1);
    expect(lines.length).toBe(rows);
    return lines.map((line) => line.split(',').slice(0, 2).join(' '));
  };
  expect(await written({ passages: [three.id, one.id] })).toEqual(['draft One', 'draft Three']);
  expect(await written({ except: [two.id] })).toEqual(['draft One', 'draft Three']);
  expect(await written({ passages: [one.id, two.id], query: 'Two' })).toEqual(['draft Two']);
  expect(await written({})).toHaveLength(3);
});

it.skipIf(!hasOpenpyxl)(
  'writes the same as an Excel workbook, as openpyxl reads it (skipped where it is not installed)',
  async () => {
    const { engine } = await testProject();
    const source = (await addFile(engine, 'report.txt', '=流转土地4.8万亩。转移就业1.2万人次。')).id;
    await engine.call('sources.edit', { id: source, patch: { dateOfAct: { edtf: '2023-05-17', implied: false } } });
    const passage = await mark(engine, source, '=流转土地4.8万亩');
    const path = join(tempFolder(), 'rows.xlsx');
    const table = { format: 'xlsx' as const, columns: ['quote' as const, 'place' as const, 'act' as const], path };
    expect(await engine.call('evidence.write', { ...table, query: 'state:draft' })).toMatchObject({
      rows: 1,
      faults: [],
    });
    const { Passages, Columns } = cellsByOpenpyxl(path);
    expect(Passages?.[1]).toEqual([
      ['s', '=流转土地4.8万亩'],
      ['n', 1],
      ['n', 0],
      ['d', '2023-05-17T00:00:00'],
      ['s', passage.id],
      ['s', source],
    ]);
    expect(Columns?.map((cells) => cells.map(([, value]) => value))).toEqual(
      expect.arrayContaining([
        ['Query', 'state:draft'],
        ['Rows', 1],
        ['page', 'The page it begins on, from 1.'],
      ]),
    );
    // Nothing else is left beside it: neither the rows nor a part.
    expect(readdirSync(dirname(path))).toEqual(['rows.xlsx']);
    expect(await codeOf(engine.call('evidence.write', table))).toBe('EXISTS');
  },
);

it('stops, and leaves neither a workbook nor a part of one', async () => {
  const { engine } = await testProject();
  const source = (await addFile(engine, 'report.txt', '流转土地4.8万亩。')).id;
  await mark(engine, source, '流转土地');
  const path = join(tempFolder(), 'rows.xlsx');
  const writing = codeOf(engine.call('evidence.write', { format: 'xlsx', columns: [], path }));
  engine.interrupt();
  expect(await writing).toBe('CANCELLED');
  expect(readdirSync(dirname(path))).toEqual([]);
});

it('is written once more after it was stopped, and what only reads is not stopped with it', async () => {
  const { engine } = await testProject();
  const source = (await addFile(engine, 'report.txt', '流转土地4.8万亩。')).id;
  await mark(engine, source, '流转土地');
  const path = join(tempFolder(), 'rows.xlsx');
  const writing = codeOf(engine.call('evidence.write', { format: 'xlsx', columns: [], path }));
  const reading = engine.call('places.find', {});
  engine.interrupt();
  expect(await writing).toBe('CANCELLED');
  expect((await reading).unread).toEqual([]);
  expect((await engine.call('places.find', {})).unread).toEqual([]);
  expect(await engine.call('evidence.write', { format: 'xlsx', columns: [], path })).toMatchObject({ rows: 1 });
});
