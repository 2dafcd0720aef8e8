import { expect, it } from 'vitest';
import { draftSentences, keyOf } from '../../../../shared/drafts/sentences.ts';
import { lineEndsOf } from '../../../../shared/text/blocks.ts';

const TABLE = `| Year of the work report | Workers that were sent | Place |
|-------------------------|------------------------|-------|
| 2019 and the one before | 1,200 workers in total | Liuquan County |
| 2020 and the one before | 1,500 workers in total | Liuquan County |`;

const sentence = (verb: string, at: number): string =>
  `The county ${verb} ${at} workers to other provinces in the spring of 2023, it said.`;
const paragraph = (verb: string, count = 5): string =>
  Array.from({ length: count }, (_, at) => sentence(verb, 100 + at)).join(' ');

/** Lines broken at a width, as an editor’s program breaks them. */
function wrapped(words: string, width = 61): string {
  const lines = [''];
  for (const word of words.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && `${line} ${word}`.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

const draft = (broken: (words: string) => string): string => `${broken(paragraph('sent'))}

${TABLE}

Results of the programme for the county of Liuquan, 2021
${broken(paragraph('moved'))}

What it says
------------

${broken(paragraph('took'))}
`;

const namesIn = (text: string): string[] =>
  draftSentences(text, lineEndsOf('plain-text', text)).sentences.map(
    ({ text: words, nth }) => `${nth} ${keyOf(words)}`,
  );
const openedBy = (before: string, after: string): string[] => {
  const known = new Set(namesIn(before));
  return namesIn(after).filter((one) => !known.has(one));
};

const WRAPPED = draft(wrapped);

it('a row of a table is a sentence of its own, so that another row’s change doesn’t reopen it', () => {
  expect(lineEndsOf('plain-text', WRAPPED)).toBe('soft');
  expect(openedBy(WRAPPED, WRAPPED.replace('1,500', '1,600'))).toEqual([
    '0 | 2020 and the one before | 1,600 workers in total | Liuquan County |',
  ]);
});

it('a heading without marks over a paragraph is one of its own, so that the paragraph’s change doesn’t reopen it', () => {
  expect(openedBy(WRAPPED, WRAPPED.replace('The county moved 100', 'The county moved 99'))).toEqual([
    `0 ${sentence('moved', 99)}`,
  ]);
});

it('a draft whose lines are broken otherwise, or at no width, has the same sentences', () => {
  const whole = draft((words) => words);
  expect(lineEndsOf('plain-text', whole)).toBe('hard');
  expect([openedBy(WRAPPED, whole), openedBy(whole, WRAPPED)]).toEqual([[], []]);
});

it.each([
  ['the width of a column', '|-------------------------|------------------------|-------|', '|---|:---:|--:|'],
  ['spaces in a cell', '| 2019 and the one before | 1,200', '|2019 and the one before |   1,200'],
  ['the line under a heading', '\n------------\n', '\n---\n'],
])('%s makes no other sentence', (_, drawn, otherwise) => {
  expect(WRAPPED).toContain(drawn);
  expect(openedBy(WRAPPED, WRAPPED.replace(drawn, otherwise))).toEqual([]);
});

it.each([
  ['| 300 | |', '| | 300 |'],
  ['| 300 | - |', '| - | 300 |'],
])('a number that moves to another column does: %s', (row, moved) => {
  const table = `| Year | Sent | Returned |\n|---|---|---|\n| 2019 ${row}\n`;
  expect(openedBy(table, table.replace(row, moved))).toHaveLength(1);
});

it('a table’s headings have the name that they had with the line under them', () => {
  expect(keyOf('| Year | Sent | |------|-----:|')).toBe('| Year | Sent |');
  expect(keyOf('Results\n-------')).toBe('Results');
});

it.each([
  [
    'a paragraph broken in mid-sentence',
    'In the spring of 2023 the county of\nLiuquan sent 300 workers to other provinces.',
  ],
  ['its first line, that had no room', '全县转移就业一万二千六百人次完成全年\n计划的百分之一百零八。'],
])('%s stays whole', (_, text) => {
  expect(draftSentences(text, 'soft').sentences).toHaveLength(1);
});

it('what was cut out of a longer sentence knows its words, by which people named it', () => {
  const { sentences } = draftSentences(WRAPPED, 'soft');
  const [row] = sentences.filter(({ text }) => text.startsWith('| 2019'));
  expect(row?.cutFrom).toBe(TABLE);
  expect(sentences.filter(({ text }) => text.startsWith('The county sent')).every((one) => one.cutFrom === null)).toBe(
    true,
  );
});
