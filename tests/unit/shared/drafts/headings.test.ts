import { describe, expect, it } from 'vitest';
import { readDraft } from '../../../../shared/drafts/check-draft.ts';
import { CONVENTIONS } from '../../../../shared/drafts/conventions.ts';
import { draftSentences, frontMatterOf, titleOf } from '../../../../shared/drafts/sentences.ts';
import { processorTime } from '../../../support/processor-time.ts';

describe('headings of a draft', () => {
  it('are read as sentences where they say something to check: figures, quotations, places, Chinese terms', () => {
    const text = [
      '# Counted and exceeded',
      'It was so.',
      '## 12,600 transfers in one year',
      '## “Leaving no one behind in any village”',
      '## Lop County',
      '## Work teams (工作队) ##',
      '## What nobody asked',
      'Nobody asked them.',
    ].join('\n\n');
    const { headings, sentences } = draftSentences(text, 'hard');
    expect(headings).toHaveLength(6);
    expect(sentences.map(({ text: words, isHeading, heading }) => [words, isHeading, heading])).toEqual([
      ['It was so.', false, 0],
      ['12,600 transfers in one year', true, 1],
      ['“Leaving no one behind in any village”', true, 2],
      ['Lop County', true, 3],
      ['Work teams (工作队)', true, 4],
      ['Nobody asked them.', false, 5],
    ]);
    for (const { start, end, text: words } of sentences) expect(text.slice(start, end)).toBe(words);
  });

  it('take time that grows with their number alone', () => {
    const of = (count: number) =>
      processorTime(() => void draftSentences('## 12 of 40 villages\n\nIt was so.\n\n'.repeat(count), 'hard'));
    of(200);
    expect(of(8000)).toBeLessThan(60 * (of(400) + 20));
  });
});

describe('the title of a draft', () => {
  it.each([
    ['---\ntitle: "Counted twice"\nauthor: A. L.\n---\n\n# Another\n', 'Counted twice'],
    ['\uFEFF---\r\nTitle: Counted\r\n---\r\nText.', 'Counted'],
    ['# *Counted* in [Lop](https://example.org) `now`\n\nText.\n', 'Counted in Lop now'],
    ['Text before.\n\n# A heading of the first level\n', 'A heading of the first level'],
    ['## A part\n\nText.\n', null],
    ['# \u200B\n\nText.\n', null],
    ['---\n\nA rule, and text.\n\n---\n', null],
    ['Text alone.', null],
  ])('%j', (text, title) => {
    expect(titleOf(text)).toBe(title);
  });

  it('and what else stands before a Markdown text is no sentence, and nothing in it is checked', () => {
    const text =
      '---\n# by hand\ntitle: 400 people\nabstract: “Nobody was ever asked about it” and 12,600 persons\n---\n\nIt was so.\n';
    expect(frontMatterOf(text)).toMatchObject({ start: 0, title: '400 people' });
    expect(draftSentences(text, 'hard').sentences.map((one) => one.text)).toEqual(['It was so.']);
    const read = readDraft(text, 'hard', CONVENTIONS['publisher-date'], '2024-06-03');
    expect([read.read.figures, read.quotations, read.uncited]).toEqual([[], [], []]);
  });
});
