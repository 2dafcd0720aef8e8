import { describe, expect, it } from 'vitest';
import { readFigures } from '../../../../shared/figures/read.ts';
import type { Figure } from '../../../../shared/figures/figure.ts';
import { type FigureMark, isValue, type MarkedFigures, markedFigures } from '../../../support/marked-figures.ts';

interface Score {
  readonly marked: number;
  readonly found: number;
  readonly right: number;
  /** Readings compared and right, of the figures that were found. */
  readonly units: readonly [number, number];
  readonly qualifiers: readonly [number, number];
  readonly kinds: readonly [number, number];
  /** Of all three, those that the program calls printed or named by a word: what it is sure of. */
  readonly sure: readonly [number, number];
}

const isSure = (source: Figure['source']['unit']): boolean => source === 'printed' || source === 'cue-word';

const share = ([right, all]: readonly [number, number]): number => (all === 0 ? 1 : right / all);

function scoreOf(sentences: readonly MarkedFigures[]): Score {
  const pairs: { readonly mark: FigureMark; readonly figure: Figure }[] = [];
  let [marked, found] = [0, 0];
  for (const { text, marks } of sentences) {
    const { figures } = readFigures(text, { lineEnds: 'hard' });
    marked += marks.length;
    found += figures.length;
    const free = new Set(figures);
    for (const mark of marks) {
      const figure = [...free].find(
        (one) => one.start < mark.end && one.end > mark.start && isValue(one.value, mark.value),
      );
      if (figure === undefined || !free.delete(figure)) continue;
      if (mark.top === null || mark.top === figure.top?.toString()) pairs.push({ mark, figure });
    }
  }
  const compared = (of: (pair: (typeof pairs)[number]) => boolean | null): [number, number] => {
    const answers = pairs.map(of).filter((answer) => answer !== null);
    return [answers.filter(Boolean).length, answers.length];
  };
  const sure = pairs.flatMap(({ mark, figure }): boolean[] => [
    ...(isSure(figure.source.unit) && mark.unit !== null ? [figure.unit === mark.unit] : []),
    ...(isSure(figure.source.qualifier) ? [figure.qualifier === mark.qualifier] : []),
    ...(isSure(figure.source.kind) && mark.kind !== null ? [figure.kind === mark.kind] : []),
  ]);
  return {
    marked,
    found,
    right: pairs.length,
    units: compared(({ mark, figure }) => (mark.unit === null ? null : figure.unit === mark.unit)),
    qualifiers: compared(({ mark, figure }) => figure.qualifier === mark.qualifier),
    kinds: compared(({ mark, figure }) => (mark.kind === null ? null : figure.kind === mark.kind)),
    sure: [sure.filter(Boolean).length, sure.length],
  };
}

/** The scores reached: they may rise, not fall. Those of the sentences kept back were measured once, when the rules were done. */
const REACHED = [
  { language: 'zh', heldBack: false, recall: 1, precision: 1, units: 1, qualifiers: 0.99, kinds: 0.99 },
  { language: 'en', heldBack: false, recall: 1, precision: 1, units: 1, qualifiers: 1, kinds: 1 },
  { language: 'zh', heldBack: true, recall: 1, precision: 1, units: 82 / 83, qualifiers: 86 / 87, kinds: 82 / 83 },
  { language: 'en', heldBack: true, recall: 1, precision: 68 / 69, units: 54 / 58, qualifiers: 1, kinds: 56 / 60 },
];

type Reached = Record<'recall' | 'precision' | 'units' | 'qualifiers' | 'kinds', number> & { readonly sure?: number };

/** The score is no lower; and of what the program is sure of, 95 in 100 are right, unless a set of few says otherwise. */
function expectAtLeast(score: Score, { recall, precision, units, qualifiers, kinds, sure = 0.95 }: Reached): void {
  expect(score.right / score.marked).toBeGreaterThanOrEqual(recall);
  expect(score.right / score.found).toBeGreaterThanOrEqual(precision);
  expect(share(score.units)).toBeGreaterThanOrEqual(units);
  expect(share(score.qualifiers)).toBeGreaterThanOrEqual(qualifiers);
  expect(share(score.kinds)).toBeGreaterThanOrEqual(kinds);
  expect(share(score.sure)).toBeGreaterThanOrEqual(sure);
}

describe('figures in sentences marked by hand', () => {
  it.each(REACHED)('$language, kept back: $heldBack', ({ language, heldBack, ...reached }) => {
    const sentences = markedFigures(language);
    expect(sentences.length).toBeGreaterThanOrEqual(120);
    const score = scoreOf(sentences.filter((one) => one.heldBack === heldBack));
    expectAtLeast(score, reached);
  });
});

/**
 * 30 sentences in each language by somebody who had not read the rules, but had seen their summary and some nouns of units: when they were first read, 87 of 87 figures were found in Chinese, and 64
 * of 70 in English with 2 more, where 45 of 47 units and 47 of 54 kinds were right. The rules were mended by them since, so that this is no score of unseen texts any more.
 */
const WRITTEN_BY_ANOTHER = [
  { name: 'unseen-zh', recall: 1, precision: 1, units: 1, qualifiers: 1, kinds: 1 },
  { name: 'unseen-en', recall: 69 / 70, precision: 69 / 70, units: 1, qualifiers: 0.98, kinds: 0.94 },
];

describe('figures in sentences written by somebody who had not read the rules', () => {
  it.each(WRITTEN_BY_ANOTHER)('$name', ({ name, ...reached }) => {
    expectAtLeast(scoreOf(markedFigures(name)), reached);
  });
});

/**
 * 41 English and 30 Chinese sentences by a second person, marked before the rules were read. First read, with six marks that were then put right by
 * the conventions of the other files: English 95 of 102 found and 8 more, Chinese 91 of 94 and 4 more. The rules were mended by two thirds of
 * them; how the third kept back fails was not looked at.
 */
const SECOND = [
  { name: 'second-en', heldBack: false, recall: 70 / 72, precision: 1, units: 50 / 53, qualifiers: 1, kinds: 49 / 50 },
  {
    name: 'second-en',
    heldBack: true,
    recall: 33 / 34,
    precision: 33 / 35,
    units: 21 / 23,
    qualifiers: 32 / 33,
    kinds: 21 / 24,
    sure: 30 / 33,
  },
  { name: 'second-zh', heldBack: false, recall: 67 / 68, precision: 67 / 68, units: 1, qualifiers: 1, kinds: 49 / 51 },
  { name: 'second-zh', heldBack: true, recall: 26 / 27, precision: 1, units: 1, qualifiers: 1, kinds: 1 },
];

describe('figures in sentences by a second person who had not read the rules', () => {
  it.each(SECOND)('$name, kept back: $heldBack', ({ name, heldBack, ...reached }) => {
    const score = scoreOf(markedFigures(name).filter((one) => one.heldBack === heldBack));
    expectAtLeast(score, reached);
  });
});
