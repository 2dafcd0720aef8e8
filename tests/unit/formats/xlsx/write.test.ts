import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBuffer } from 'yauzl';
import { describe, expect, it } from 'vitest';
import type { XlsxCell } from '../../../../electron/formats/xlsx/cells.ts';
import { rowsFrom, writeXlsx, type XlsxColumn } from '../../../../electron/formats/xlsx/write.ts';
import { seeded } from '../../../support/seeded.ts';
import { cellsByOpenpyxl, hasOpenpyxl } from '../../../support/spreadsheet.ts';
import { tempFolder } from '../../../support/temp.ts';

const column = (name: string, kind: XlsxColumn['kind'] = 'text'): XlsxColumn => ({
  name,
  kind,
  means: `What ${name} is.`,
});
const COLUMNS = [column('quote'), column('page', 'number'), column('date', 'date')];

async function written(rows: readonly (readonly XlsxCell[])[], columns = COLUMNS): Promise<string> {
  const path = join(tempFolder(), 'table.xlsx');
  await writeXlsx(path, { columns, about: [['Project', '柳泉']], rows: rows.length }, rows);
  return path;
}

/** The text of an entry of a zip. */
const entryOf = (path: string, name: string): Promise<string> =>
  new Promise((resolve, reject) => {
    fromBuffer(readFileSync(path), { lazyEntries: true }, (error, zip) => {
      if (error !== null) return reject(error);
      zip.on('entry', (entry: { fileName: string }) => {
        if (entry.fileName !== name) return zip.readEntry();
        zip.openReadStream(entry as never, (failed, stream) => {
          if (failed !== null) return reject(failed);
          const parts: Buffer[] = [];
          stream.on('data', (part: Buffer) => parts.push(part));
          stream.on('end', () => resolve(Buffer.concat(parts).toString()));
        });
      });
      zip.readEntry();
    });
  });

/** Code points from which random texts are made: what spreadsheets, XML and scripts trip over. */
const ODD = [
  '=',
  '+',
  '-',
  '@',
  '＝',
  '"',
  "'",
  '<',
  '&',
  '\t',
  '\n',
  '\r',
  '\0',
  '\u0007',
  '\ufffe',
  '_x0041_',
  '流',
  '转',
  '😀',
  'ئۇيغۇر',
  '\u200f',
  ' ',
];

describe('a workbook', () => {
  it('has each text in its cell as a text, never as a formula', async () => {
    const path = await written([
      ['=1+1', 3, '2023-05-17'],
      ['+SUM(A1)', null, null],
      ['@x', null, null],
      ['-', null, null],
    ]);
    const sheet = await entryOf(path, 'xl/worksheets/sheet1.xml');
    expect(sheet).not.toContain('<f>');
    expect(sheet).toContain('<c r="A2" s="4" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>');
    expect(sheet).toContain('<c r="B2"><v>3</v></c><c r="C2" s="2"><v>45063</v></c>');
  });

  it('is the same for the same table', async () => {
    const [one, other] = [await written([['a', 1, null]]), await written([['a', 1, null]])];
    expect(readFileSync(one).equals(readFileSync(other))).toBe(true);
  });

  it('leaves a text that is longer than a cell can be cut, and says so in the cell', async () => {
    const sheet = await entryOf(await written([['流'.repeat(40_000), null, null]]), 'xl/worksheets/sheet1.xml');
    const [, text = ''] = /<c r="A2"[^>]*><is><t[^>]*>([^<]*)</u.exec(sheet) ?? [];
    expect(text).toHaveLength(32_767);
    expect(text).toMatch(/流 \[…cut: 40,000 characters in all\]$/u);
  });

  it('is not begun with more rows than a sheet of Excel has', async () => {
    const path = join(tempFolder(), 'table.xlsx');
    const table = { columns: COLUMNS, about: [], rows: 1_048_576 };
    await expect(writeXlsx(path, table, [])).rejects.toMatchObject({ data: { code: 'TOO_LARGE' } });
    expect(existsSync(path)).toBe(false);
  });

  it('fails with what its rows fail with, or when there is a file of that name', async () => {
    const path = join(tempFolder(), 'table.xlsx');
    const table = { columns: COLUMNS, about: [], rows: 1 };
    await expect(
      writeXlsx(
        path,
        table,
        (function* () {
          yield ['a'];
          throw new Error('The rows ended.');
        })(),
      ),
    ).rejects.toThrow('The rows ended.');
    const there = await written([]);
    await expect(writeXlsx(there, table, [['a']])).rejects.toThrow('EEXIST');
  });

  it('is made of rows in a file, one a line', async () => {
    const path = join(tempFolder(), 'rows');
    writeFileSync(path, '["a\\u2028b",1,null]\n["c",2,null]\n');
    const rows: (readonly XlsxCell[])[] = [];
    for await (const row of rowsFrom(path)) rows.push(row);
    expect(rows).toEqual([
      ['a\u2028b', 1, null],
      ['c', 2, null],
    ]);
  });
});

describe.skipIf(!hasOpenpyxl)('a workbook that openpyxl reads (skipped where it is not installed)', () => {
  it('has texts, numbers and dates as such, and a second sheet that explains the columns', async () => {
    const rows = [
      ['全县流转土地4.8万亩', 3, '2023-05-17'],
      ['ئۇيغۇر ئېلى', null, '2023-05'],
      ['=1+1', 0, '2023-05-17T10:30:00.000Z'],
      [' leading\nlines "quoted" <b>&amp;', 12, '1850-01-01'],
      ['', 1, '2023-02-30'],
    ];
    const { Passages, Columns } = cellsByOpenpyxl(await written(rows));
    expect(Passages).toEqual([
      [
        ['s', 'quote'],
        ['s', 'page'],
        ['s', 'date'],
      ],
      [
        ['s', '全县流转土地4.8万亩'],
        ['n', 3],
        ['d', '2023-05-17T00:00:00'],
      ],
      [
        ['s', 'ئۇيغۇر ئېلى'],
        ['n', null],
        ['s', '2023-05'],
      ],
      [
        ['s', '=1+1'],
        ['n', 0],
        ['d', '2023-05-17T10:30:00'],
      ],
      [
        ['s', ' leading\nlines "quoted" <b>&amp;'],
        ['n', 12],
        ['s', '1850-01-01'],
      ],
      [
        ['n', null],
        ['n', 1],
        ['s', '2023-02-30'],
      ],
    ]);
    const texts = Columns?.map((cells) => cells.map(([, value]) => value));
    expect(texts).toContainEqual(['Project', '柳泉']);
    expect(texts).toContainEqual(['page', 'What page is.']);
  });

  it('keeps any text: none is lost, changed or calculated', async () => {
    const random = seeded(7);
    const texts = Array.from({ length: 300 }, () =>
      Array.from({ length: random.int(1, 8) }, () => random.pick(ODD)).join(''),
    );
    const { Passages = [] } = cellsByOpenpyxl(
      await written(
        texts.map((text) => [text]),
        [column('quote')],
      ),
    );
    expect(Passages.slice(1).map(([cell]) => cell)).toEqual(texts.map((text) => ['s', text]));
  });
});
