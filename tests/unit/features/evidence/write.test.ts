import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addFile, categoriesOf, codeOf, mark, testProject } from '../../../support/project.ts';
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
