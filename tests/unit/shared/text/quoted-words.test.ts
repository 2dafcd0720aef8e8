import { expect, it } from 'vitest';
import { quotedWords } from '../../../../shared/text/quoted-words.ts';

it.each([
  ['a line runs on with a space', 'a dynamic language\nthat is typed', 'a dynamic language that is typed'],
  ['behind a hyphen with none', 'trace-based com-\npile', 'trace-based com-pile'],
  ['Chinese with none, nor at its numbers', '流转土地4.8\n万亩，组织\n劳动力', '流转土地4.8万亩，组织劳动力'],
  ['Uyghur with a space', 'ئەمگەك\nكۈچى', 'ئەمگەك كۈچى'],
  ['a space at a line’s end is not doubled', 'one \ntwo', 'one two'],
  [
    'paragraphs stay apart: by an empty line, and where a short line ends a sentence',
    'The first paragraph is as wide as this,\nand ends here.\nThe second one begins below it and\n\nthe third',
    'The first paragraph is as wide as this, and ends here.\nThe second one begins below it and\n\nthe third',
  ],
])('of a PDF, %s', (_, exact, quoted) => {
  expect(quotedWords(exact, 'pdf')).toBe(quoted);
});

it('of a page or a text, whose line breaks are its author’s, nothing changes', () => {
  expect(quotedWords('one\ntwo', 'page')).toBe('one\ntwo');
  expect(quotedWords('one\ntwo', 'text')).toBe('one\ntwo');
});
