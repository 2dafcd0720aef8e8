import { describe, expect, it } from 'vitest';
import { citationsIn } from '../../../../shared/drafts/citations.ts';
import { CONVENTIONS } from '../../../../shared/drafts/conventions.ts';
import { QuotedText } from '../../../../shared/drafts/quotations.ts';
import { changedQuotations, markedCitations, type MarkedCitations } from '../../../support/marked-drafts.ts';

const PUBLISHED = '2024-05-17';

interface Score {
  readonly marked: number;
  readonly found: number;
  readonly right: number;
  /** For whoever changes a rule; not printed for sentences kept back. */
  readonly wrong: readonly string[];
}

function scoreOf(sentences: readonly MarkedCitations[]): Score {
  let [marked, found, right] = [0, 0, 0];
  const wrong: string[] = [];
  for (const { style, text, marks } of sentences) {
    const citations = citationsIn(text, CONVENTIONS[style], PUBLISHED);
    const matched = marks.filter((mark) =>
      citations.some(
        (one) =>
          one.start < mark.end &&
          one.end > mark.start &&
          one.publisher === mark.publisher &&
          one.date === mark.date &&
          one.implied === mark.implied,
      ),
    );
    marked += marks.length;
    found += citations.length;
    right += matched.length;
    if (matched.length !== marks.length || citations.length !== marks.length)
      wrong.push(`${text} → ${citations.map((one) => `${one.publisher} | ${one.date ?? '-'}`).join('; ')}`);
  }
  return { marked, found, right, wrong };
}

/** The scores reached: they may rise, not fall. Those of the sentences kept back were measured once, when the rules were done. */
const REACHED = [
  { heldBack: false, recall: 1, precision: 1 },
  { heldBack: true, recall: 1, precision: 1 },
];

describe('citations in sentences marked by hand, each under its preset', () => {
  it.each(REACHED)('kept back: $heldBack', ({ heldBack, recall, precision }) => {
    const sentences = markedCitations('citations');
    expect(sentences.length).toBeGreaterThanOrEqual(70);
    const score = scoreOf(sentences.filter((one) => one.heldBack === heldBack));
    if (!heldBack) expect(score.wrong).toEqual([]);
    expect(score.right / score.marked).toBeGreaterThanOrEqual(recall);
    expect(score.right / score.found).toBeGreaterThanOrEqual(precision);
  });
});

it('citations written by somebody who had not read the rules: when they were first read, 12 of 13 were found, and nothing else; since then all', () => {
  const { marked, found, right } = scoreOf(markedCitations('citations-unseen'));
  expect([marked, found, right]).toEqual([13, 13, 13]);
});

/** First read, 17 of 20 were found, and one more that is none. A third was kept back while the rules were mended by the others. */
it.each([
  [false, [12, 12, 12]],
  [true, [8, 7, 7]],
])('citations by a second person who had not read the rules, kept back: %s', (heldBack, expected) => {
  const { marked, found, right } = scoreOf(
    markedCitations('citations-second').filter((one) => one.heldBack === heldBack),
  );
  expect([marked, found, right]).toEqual(expected);
});

describe('quotations with one word replaced, left out or added', () => {
  it.each(['en', 'zh'] as const)('are found where they stand, as changed (%s)', (language) => {
    const { source, changed, unchanged } = changedQuotations(language, 200);
    const text = new QuotedText(source);
    const quotation = (words: string) => ({ start: 0, end: words.length, text: words });
    const found = text.find(changed.map((one) => quotation(one.text)));
    const isRight = changed.map(({ start, end }, at) => {
      const one = found[at];
      return (
        one?.status === 'changed' && one.start < end && one.end > start && one.words.some(({ kind }) => kind !== 'same')
      );
    });
    for (const heldBack of [false, true]) {
      const all = changed.flatMap((one, at) => (one.heldBack === heldBack ? [isRight[at] === true] : []));
      expect(all.filter(Boolean).length / all.length).toBeGreaterThanOrEqual(0.99);
    }
    expect(found.filter((one) => one?.status === 'exact')).toEqual([]);
    expect(text.find(unchanged.map(quotation)).filter((one) => one?.status !== 'exact')).toEqual([]);
  });
});
