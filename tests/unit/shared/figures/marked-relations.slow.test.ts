import { describe, expect, it } from 'vitest';
import { readFigures } from '../../../../shared/figures/read.ts';
import { isGreen, type Relation } from '../../../../shared/figures/relation.ts';
import { findRelations } from '../../../../shared/figures/relations.ts';
import { isMarked, type MarkedRelations, markedRelations } from '../../../support/marked-relations.ts';
import { seeded } from '../../../support/seeded.ts';

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

const SETS = [
  'zh',
  'en',
  'unseen-zh',
  'unseen-en',
  'second-zh',
  'second-en',
  'third-en',
  'fourth-en',
  'fifth-en',
  'sixth-en',
  'seventh-en',
  'eighth-en',
  'ninth-en',
  'retold-zh',
  'retold-en',
] as const;
/** `worded`: 72 sentences with relations in words, such as doubled or 占三成, which were marked before there were rules for them. */
const FILES = [
  { language: 'zh', heldBack: 21, wrong: 5 },
  { language: 'en', heldBack: 21, wrong: 5 },
  { language: 'worded-zh', heldBack: 11, wrong: 2 },
  { language: 'worded-en', heldBack: 11, wrong: 3 },
] as const;

/**
 * Paragraphs by somebody who had not read the rules. When they were first read, 16 of 21 stated relations were found in Chinese and 10 of 18 in
 * English, 19 of 23 and 10 of 12 suggestions were useful; the rules were mended by them since.
 */
it.each(['unseen-zh', 'unseen-en'] as const)('relations written by somebody who had not read the rules, %s', (name) => {
  const { found, useful } = score(markedRelations(name));
  expect(found).toBeGreaterThanOrEqual(0.8);
  expect(useful).toBeGreaterThanOrEqual(2 / 3);
});

/**
 * By a second person, before the rules were read: first, 13 of 24 (English) and 19 of 27 (Chinese) stated relations were found. The rules were mended by
 * two thirds of them, then by the sets from `third-en` on, one after the other: of these 15 of 20, 10 of 16, 11 of 15, 11 of 15, 20 of 37, 12 of 24 and 17 of 24 were found
 * first. Of the last two sets three marks were put right afterwards: a kind, and where “one half” begins.
 */
const SECOND = [
  { name: 'second-en', heldBack: false, found: 1, useful: 17 / 18 },
  { name: 'second-en', heldBack: true, found: 5 / 7, useful: 5 / 6 },
  { name: 'second-zh', heldBack: false, found: 1, useful: 19 / 20 },
  { name: 'second-zh', heldBack: true, found: 7 / 9, useful: 8 / 9 },
  { name: 'third-en', heldBack: null, found: 19 / 20, useful: 19 / 20 },
  { name: 'fourth-en', heldBack: null, found: 1, useful: 1 },
  { name: 'fifth-en', heldBack: null, found: 1, useful: 1 },
  { name: 'sixth-en', heldBack: null, found: 14 / 15, useful: 1 },
  { name: 'seventh-en', heldBack: null, found: 1, useful: 1 },
  { name: 'eighth-en', heldBack: null, found: 1, useful: 1 },
  { name: 'ninth-en', heldBack: null, found: 1, useful: 1 },
  // Told after real sentences, which are not ours to keep, with other places and numbers: what the rules were mended by.
  { name: 'retold-zh', heldBack: null, found: 1, useful: 1 },
  { name: 'retold-en', heldBack: null, found: 1, useful: 1 },
] as const;
it.each(SECOND)('relations by a second person, $name, kept back: $heldBack', ({ name, heldBack, ...least }) => {
  const paragraphs = markedRelations(name).filter((one) => heldBack === null || one.heldBack === heldBack);
  const { found, useful } = score(paragraphs);
  expect(found).toBeGreaterThanOrEqual(least.found);
  expect(useful).toBeGreaterThanOrEqual(least.useful);
  for (const one of paragraphs)
    for (const relation of suggested(one)) {
      const mark = one.marks.find((marked) => isMarked(relation, marked));
      if (mark?.holds === true) expect(relation.check.verdict, one.text).not.toBe('fails');
      if (mark?.holds === false) expect(isGreen(relation.check, relation.warnings, true), one.text).toBe(false);
    }
});

/** The percentages that are right, made wrong by up to three of their last digits. */
it('a percentage that is off by a printed step is never green, whatever else is near', () => {
  const green: string[] = [];
  let tried = 0;
  for (const name of SETS)
    for (const { text, marks } of markedRelations(name)) {
      const { figures } = readFigures(text, { lineEnds: 'hard' });
      const right = findRelations(readFigures(text, { lineEnds: 'hard' })).relations;
      for (const mark of marks) {
        const printed = figures.find(
          ({ start, end }) => mark.printed !== null && start <= mark.printed && mark.printed < end,
        );
        const digits = printed?.unit === 'percent' ? (/^\d+(?:\.\d+)?/.exec(printed.text)?.[0] ?? '') : '';
        const verdict = right.find((relation) => isMarked(relation, mark))?.check.verdict;
        if (printed === undefined || digits === '' || (verdict !== 'exact' && verdict !== 'rounds')) continue;
        const decimals = digits.split('.')[1]?.length ?? 0;
        for (const steps of [-3, -2, -1, 1, 2, 3]) {
          const value = Number(digits) + steps * 10 ** -decimals;
          if (value <= 0) continue;
          tried += 1;
          const changed =
            text.slice(0, printed.start) + value.toFixed(decimals) + text.slice(printed.start + digits.length);
          const { relations } = findRelations(readFigures(changed, { lineEnds: 'hard' }));
          for (const { printed: result, check, warnings } of relations)
            if (result?.start === printed.start && isGreen(check, warnings, true)) green.push(changed);
        }
      }
    }
  expect(tried).toBeGreaterThan(800);
  expect(green).toEqual([]);
});

/** “Profit increased by 22 percent. Net farm income rose from 15.2 to 18.3”: no numbers of another sentence or clause may bear it out. */
it('a percentage that nothing is printed for is green neither as it is nor off by a few steps', () => {
  const green: string[] = [];
  let tried = 0;
  for (const { text, marks } of markedRelations('retold-en'))
    for (const { start, end, text: words, unit } of readFigures(text, { lineEnds: 'hard' }).figures) {
      const digits = /^\d+(?:\.\d+)?/.exec(words)?.[0] ?? '';
      const isStated = marks.some(({ printed }) => printed !== null && start <= printed && printed < end);
      if (unit !== 'percent' || digits === '' || isStated) continue;
      const decimals = digits.split('.')[1]?.length ?? 0;
      for (const steps of [-3, -2, -1, 0, 1, 2, 3]) {
        const value = Number(digits) + steps * 10 ** -decimals;
        if (value <= 0) continue;
        tried += 1;
        const changed = text.slice(0, start) + value.toFixed(decimals) + text.slice(start + digits.length);
        for (const { printed, check, warnings } of findRelations(readFigures(changed, { lineEnds: 'hard' })).relations)
          if (printed?.start === start && isGreen(check, warnings, true)) green.push(changed);
      }
    }
  expect(tried).toBeGreaterThan(200);
  expect(green).toEqual([]);
});

describe.each(FILES)('relations marked by hand, $language', ({ language, ...least }) => {
  const paragraphs = markedRelations(language);

  it.each([
    ['that the rules were written with', false],
    ['that were kept back', true],
  ])('%s: four in five that are stated are found, and two in three suggestions are useful', (_, heldBack) => {
    const of = paragraphs.filter((one) => one.heldBack === heldBack);
    expect(of.length).toBeGreaterThanOrEqual(least.heldBack);
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
    expect(wrong.length).toBeGreaterThanOrEqual(least.wrong);
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

describe('relations in words', () => {
  const CASES = [
    ['It rose from {a} to {b} people: it doubled.', 2],
    ['The number tripled from {a} to {b} people.', 3],
    ['In 2023 it sent {b} people, twice as many as the {a} people of 2022.', 2],
    ['It fell by a quarter, from {a} to {b} people.', 0.75],
    ['It rose by a third, from {a} to {b} people.', 4 / 3],
    ['由{a}人增加到{b}人，翻了一番。', 2],
    ['今年{b}人，是去年{a}人的三倍。', 3],
    ['今年{b}人，比去年的{a}人增长两成。', 1.2],
    ['职工{a}人，其中女职工{b}人，占三成。', 0.3],
  ] as const;

  it('never fail where they are true, and are never green where they are not', () => {
    const seed = seeded(41);
    for (let round = 0; round < 600; round++) {
      const [words, multiple] = CASES[round % CASES.length] ?? CASES[0];
      const base = 400 + Math.floor(seed.next() * 90_000);
      const isTrue = seed.next() < 0.5;
      const by =
        multiple * (isTrue ? 0.97 + 0.06 * seed.next() : 1 + (seed.next() < 0.5 ? -0.02 : 0.02) * (1 + seed.next()));
      const text = words.replace('{a}', String(base)).replace('{b}', String(Math.round(base * by)));
      const { relations } = findRelations(readFigures(text, { lineEnds: 'hard' }));
      const stated = relations.filter(({ printed }) => printed !== null);
      if (isTrue) {
        expect(stated, text).toHaveLength(1);
        expect(stated[0]?.check.verdict, text).not.toBe('fails');
      } else for (const { check, warnings } of stated) expect(isGreen(check, warnings, true), text).toBe(false);
    }
  });
});
