import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { Fault } from '../../../shared/errors.ts';
import { cellXml, escaped, HEAD, STYLES, textXml, type XlsxCell, type XlsxKind } from './cells.ts';

export interface XlsxColumn {
  readonly name: string;
  /** A sentence for people who do not know Sourcebook. */
  readonly means: string;
  readonly kind: XlsxKind;
}

/** One table, with a second sheet that says what it is and what its columns are. */
export interface XlsxTable {
  readonly columns: readonly XlsxColumn[];
  /** What the table is, by name: its project, its query … */
  readonly about: readonly (readonly [name: string, value: XlsxCell])[];
  /** The name of the sheet with the rows; “Passages” if none is given. */
  readonly sheet?: string;
  /** How many rows there will be. */
  readonly rows: number;
}

/** A sheet of Excel has no more rows, with the head. */
const MOST_ROWS = 1_048_576;
/** Characters handed to the compressor at once. */
const PIECE = 1 << 16;
const DATE = new Date('2000-01-01T00:00:00Z');
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** TOO_LARGE for more rows than a sheet of Excel has. */
export function assertFits(rows: number): void {
  if (rows + 1 > MOST_ROWS)
    throw new Fault(
      'TOO_LARGE',
      'A sheet of Excel has at most 1,048,576 rows. Filter the table, or export it as CSV.',
      {
        rows,
      },
    );
}

/**
 * Writes an Excel workbook (ISO/IEC 29500, strings in their cells) to the new file `to`, row by row: its memory does not grow with
 * the table. Text is never a formula. `onRow` is told how many rows are written. TOO_LARGE; else what the file system throws.
 */
export async function writeXlsx(
  to: string,
  table: XlsxTable,
  rows: AsyncIterable<readonly XlsxCell[]> | Iterable<readonly XlsxCell[]>,
  onRow: (rows: number) => void = () => undefined,
): Promise<void> {
  assertFits(table.rows);
  const zip = new ZipFile();
  const add = (name: string, xml: string): void => zip.addBuffer(Buffer.from(XML + xml), name, { mtime: DATE });
  add('[Content_Types].xml', CONTENT_TYPES);
  add('_rels/.rels', RELATIONS);
  add('xl/workbook.xml', workbookOf(table.sheet ?? 'Passages'));
  add('xl/_rels/workbook.xml.rels', WORKBOOK_RELATIONS);
  add('xl/styles.xml', STYLES);
  const sheet = Readable.from(inPieces(tableXml(table, rows, onRow)), { objectMode: false });
  // Level 6 takes three times as long, for a file that is a tenth smaller.
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', { mtime: DATE, compressionLevel: 3 });
  add('xl/worksheets/sheet2.xml', aboutXml(table));
  zip.end();
  sheet.on('error', (error) => zip.emit('error', error));
  const failed = new Promise<never>((_, reject) => void zip.once('error', reject));
  await Promise.race([pipeline(zip.outputStream, createWriteStream(to, { flags: 'wx' })), failed]);
}

const CONTENT_TYPES =
  `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  [
    ['workbook.xml', 'sheet.main'],
    ['styles.xml', 'styles'],
    ['worksheets/sheet1.xml', 'worksheet'],
    ['worksheets/sheet2.xml', 'worksheet'],
  ]
    .map(
      ([part = '', kind = '']) =>
        `<Override PartName="/xl/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`,
    )
    .join('') +
  '</Types>';
const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${OFFICE}/relationships/${type}" Target="${target}"/>`;
const RELATIONS = `<Relationships xmlns="${PACKAGE}/relationships">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`;
const WORKBOOK_RELATIONS = `<Relationships xmlns="${PACKAGE}/relationships">${relation('rId1', 'worksheet', 'worksheets/sheet1.xml')}${relation('rId2', 'worksheet', 'worksheets/sheet2.xml')}${relation('rId3', 'styles', 'styles.xml')}</Relationships>`;
const workbookOf = (sheet: string): string =>
  `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><sheets><sheet name="${escaped(sheet)}" sheetId="1" r:id="rId1"/><sheet name="Columns" sheetId="2" r:id="rId2"/></sheets></workbook>`;

const isCell = (value: unknown): value is XlsxCell =>
  value === null || typeof value === 'string' || typeof value === 'number';

/** Without a schema, which copies every row: this program wrote the file. TypeError for anything else. */
function rowOfLine(line: string): readonly XlsxCell[] {
  const row: unknown = JSON.parse(line);
  if (!Array.isArray(row) || !row.every(isCell)) throw new TypeError('A line of the table is no row');
  return row;
}

/** The rows of a file that has one a line, as JSON. */
export async function* rowsFrom(path: string): AsyncGenerator<readonly XlsxCell[]> {
  for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity }))
    yield rowOfLine(line);
}

/** The letters of a column from 0: A, Z, AA … */
function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

const WIDTHS: Readonly<Record<XlsxKind, number>> = { text: 28, number: 9, date: 20 };

async function* tableXml(
  { columns, rows: count }: XlsxTable,
  rows: AsyncIterable<readonly XlsxCell[]> | Iterable<readonly XlsxCell[]>,
  onRow: (rows: number) => void,
): AsyncGenerator<string> {
  const names = columns.map((_, at) => letters(at));
  const widths = columns.map(
    ({ kind }, at) => `<col min="${at + 1}" max="${at + 1}" width="${WIDTHS[kind]}" customWidth="1"/>`,
  );
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>`;
  yield `<row r="1">${columns.map(({ name }, at) => textXml(`${names[at] ?? ''}1`, name, HEAD)).join('')}</row>`;
  let done = 0;
  for await (const values of rows) {
    done += 1;
    const line = String(done + 1);
    yield `<row r="${line}">${columns.map(({ kind }, at) => cellXml((names[at] ?? '') + line, values[at] ?? null, kind)).join('')}</row>`;
    onRow(done);
  }
  yield `</sheetData><autoFilter ref="A1:${names.at(-1) ?? 'A'}${String(count + 1)}"/></worksheet>`;
}

function aboutXml({ columns, about }: XlsxTable): string {
  const lines: readonly (readonly XlsxCell[])[] = [
    ...about,
    ['', ''],
    ['Column', 'What it holds'],
    ...columns.map(({ name, means }) => [name, means]),
    ['', ''],
    [
      'Dates',
      'A date that is known to the day is a date. One that is less exact (2023-05, 2023/2024) is text in EDTF (ISO 8601-2).',
    ],
    ['Times', 'In UTC.'],
    [
      'Long texts',
      'Excel holds 32,767 characters in a cell. What is longer is cut, and says so at its end; the CSV has all of it.',
    ],
  ];
  const head = about.length + 1;
  const data = lines.map((values, at) => {
    const line = String(at + 1);
    const cells = values.map((value, column) =>
      at === head
        ? textXml(letters(column) + line, String(value), HEAD)
        : cellXml(letters(column) + line, value, 'date'),
    );
    return `<row r="${line}">${cells.join('')}</row>`;
  });
  return `<worksheet xmlns="${MAIN}"><cols><col min="1" max="1" width="28" customWidth="1"/><col min="2" max="2" width="100" customWidth="1"/></cols><sheetData>${data.join('')}</sheetData></worksheet>`;
}

async function* inPieces(parts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let waiting = '';
  for await (const part of parts) {
    waiting += part;
    if (waiting.length < PIECE) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  yield Buffer.from(waiting);
}
