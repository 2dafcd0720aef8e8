import { describe, expect, it } from 'vitest';
import { readFigures } from '../../../../shared/figures/read.ts';
import { isGreen, type Relation } from '../../../../shared/figures/relation.ts';
import { findRelations } from '../../../../shared/figures/relations.ts';
import { isMarked, type MarkedRelations, markedRelations } from '../../../support/marked-relations.ts';

const suggested = ({ text }: MarkedRelations): readonly Relation[] =>
  findRelations(readFigures(text, { lineEnds: 'hard' })).relations;

function score(paragraphs: readonly MarkedRelations[]) {
  const stated = { all: 0, found: 0 };
  const suggestions = { all: 0, useful: 0 };
  for (const one of paragraphs) {
    const relations = suggested(one);
    const marks = one.marks.filter(({ isStated }) => isStated);
    stated.all += marks.length;
    stated.found += marks.filter((mark) => relations.some((relation) => isMarked(relation, mark))).length;
    suggestions.all += relations.length;
    suggestions.useful += relations.filter((relation) => one.marks.some((mark) => isMarked(relation, mark))).length;
  }
  return { found: stated.found / stated.all, useful: suggestions.useful / suggestions.all };
}

describe.each(['zh', 'en'] as const)('relations marked by hand, %s', (language) => {
  const paragraphs = markedRelations(language);

  it.each([
    ['that the rules were written with', false],
    ['that were kept back', true],
  ])('%s: four in five that are stated are found, and two in three suggestions are useful', (_, heldBack) => {
    const of = paragraphs.filter((one) => one.heldBack === heldBack);
    expect(of.length).toBeGreaterThan(20);
    const { found, useful } = score(of);
    expect(found).toBeGreaterThanOrEqual(0.8);
    expect(useful).toBeGreaterThanOrEqual(2 / 3);
  });

  it('that hold never fail, and have the warnings marked', () => {
    const wrong = paragraphs.flatMap((one) =>
      suggested(one).flatMap((relation) => {
        const mark = one.marks.find((marked) => isMarked(relation, marked));
        if (mark === undefined || !mark.holds) return [];
        const isWarned = mark.warnings.every((warning) => relation.warnings.includes(warning));
        return relation.check.verdict === 'fails' || !isWarned ? [one.text] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('that the text gets wrong are never green, even when every figure is confirmed', () => {
    const wrong = paragraphs.filter(({ marks }) => marks.some(({ holds }) => !holds));
    expect(wrong.length).toBeGreaterThanOrEqual(5);
    for (const one of wrong) {
      const relations = suggested(one);
      const mistaken = relations.filter((relation) =>
        one.marks.some((mark) => !mark.holds && isMarked(relation, mark)),
      );
      for (const { check, readings, warnings } of mistaken)
        for (const reading of [check, readings?.exact, readings?.rounded])
          if (reading !== undefined) expect(isGreen(reading, warnings, true), one.text).toBe(false);
      const printed = new Set(mistaken.map((relation) => relation.printed?.start));
      // Nor does another pair make the same wrong percentage green.
      for (const { check, warnings, printed: result } of relations)
        if (printed.has(result?.start)) expect(isGreen(check, warnings, true), one.text).toBe(false);
    }
  });
});
