import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvLine, unmarked } from '../../../../electron/formats/report/csv-cells.ts';

const SIGNS = [
  'a',
  '5',
  '字',
  '-',
  '+',
  '@',
  '=',
  '－',
  '＋',
  '＠',
  '＝',
  ';',
  '"',
  ',',
  '\n',
  '\r',
  '\t',
  ' ',
  '\u200b',
  '\0',
  '\ud800',
  '\u{20000}',
];
const RECKONED = /(?:^|[;\t\r\n])[^\S\t\r\n]*[\p{Cf}"\s]*[=+\-@＝＋－＠]/u;

/** The first cell of a line, as RFC 4180 reads it. */
function firstCell(line: string): string {
  const quoted = /^"((?:[^"]|"")*)",/.exec(line);
  return quoted === null ? line.slice(0, line.indexOf(',')) : (quoted[1] ?? '').replaceAll('""', '"');
}

it('a cell of any text reads as that text once its marks are removed, and no spreadsheet calculates it', () => {
  const text = fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 8 });
  fc.assert(
    fc.property(text, (value) => {
      const shown = firstCell(csvLine(['quote'], [value]));
      expect(unmarked(shown)).toBe(value.toWellFormed().replaceAll('\0', ''));
      expect(shown).not.toMatch(RECKONED);
    }),
    { numRuns: 2000 },
  );
});
