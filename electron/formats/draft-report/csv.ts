import { wordsOf } from '../../../shared/drafts/findings-in-words.ts';
import { type DraftReport, GONE, type Said } from '../../../shared/drafts/report.ts';
import { csvHead, csvLine } from '../report/csv-cells.ts';

const COLUMNS = [
  'sentence',
  'part',
  'state',
  'heading',
  'words',
  'start',
  'end',
  'finding',
  'weight',
  'found words',
  'finding start',
  'finding end',
  'says',
  'remedy',
  'reason',
] as const;
const NO_FINDING = COLUMNS.slice(COLUMNS.indexOf('finding')).map(() => null);

/**
 * A line a finding, with the place of its sentence and its own in the draft’s text (UTF-16 code units), and one for each thing that people
 * linked or said; of a sentence with none of these, one line. Last what was said of sentences that this version does not have, without a number.
 */
export function* csvReport({ parts, gone }: DraftReport): Generator<string> {
  yield csvHead(COLUMNS);
  for (const { part, rows } of parts)
    for (const { number, state, heading, text, start, end, findings, said } of rows) {
      const own = [number, part, state, heading, text, start, end];
      if (findings.length + said.length === 0) yield csvLine(COLUMNS, [...own, ...NO_FINDING]);
      for (const one of findings)
        yield csvLine(COLUMNS, [
          ...own,
          one.label,
          one.weight,
          one.text,
          one.start,
          one.end,
          one.says,
          one.remedy,
          one.reason,
        ]);
      for (const one of said) yield csvLine(COLUMNS, [...own, ...saidCells(one)]);
    }
  for (const { text, said } of gone)
    for (const one of said)
      yield csvLine(COLUMNS, [null, 'gone', GONE.state, null, text, null, null, ...saidCells(one)]);
}

const saidCells = ({ label, line }: Said): (string | null)[] => [
  label,
  null,
  null,
  null,
  null,
  wordsOf(line),
  null,
  null,
];
