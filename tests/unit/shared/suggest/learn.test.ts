import { describe, expect, it } from 'vitest';
import { shareOf, stepsOf, sureOf } from '../../../../shared/suggest/calibrate.ts';
import { clausesOf, featuresOf, unitOf } from '../../../../shared/suggest/features.ts';
import { LEAST_SURE, Learner } from '../../../../shared/suggest/learn.ts';
import { LearnedFinder } from '../../../../shared/suggest/learned-finder.ts';
import { categoryId, type CategoryId, passageId, sourceId } from '../../../../shared/model/index.ts';
import { seeded } from '../../../support/seeded.ts';
import { SUBJECT_NAMES, taggedTexts, type TaggedText } from '../../../support/tagged-texts.ts';

const idOf = (kind: number, at: number): string =>
  `0190${String(kind).padStart(4, '0')}-0000-7000-8000-${String(at).padStart(12, '0')}`;
const CATEGORIES = new Map(SUBJECT_NAMES.map((name, at) => [name, categoryId.parse(idOf(1, at))]));
const categoryOf = (name: string): CategoryId => CATEGORIES.get(name) ?? categoryId.parse(idOf(1, 99));

function learned(texts: readonly TaggedText[]) {
  const learner = new Learner();
  let passages = 0;
  for (const [at, { text, tags }] of texts.entries()) {
    const units = clausesOf(text, 'hard').map((clause) => {
      const own = tags.filter(({ start, end }) => start < clause.end && end > clause.start);
      return {
        ...unitOf(text, clause),
        tags: new Map(own.map(({ subject }) => [categoryOf(subject), passageId.parse(idOf(2, ++passages))])),
      };
    });
    learner.add(sourceId.parse(idOf(3, at)), units, true);
  }
  return learner.learn(() => undefined);
}

describe('learning from tags', () => {
  it('cuts clauses where a script has a mark for them, and takes no mark with them', () => {
    const text = '组织外出务工，流转土地。He said, in 2023, that it ended. ئىشچىلار كەتتى، يەر قالدى.';
    expect(clausesOf(text, 'hard').map(({ start, end }) => text.slice(start, end))).toEqual(
      ['组织外出务工', '流转土地', 'He said, in 2023, that it ended', 'ئىشچىلار كەتتى', 'يەر قالدى'].filter(
        (clause) => clause.length >= 5,
      ),
    );
  });

  it('sees the same in a text however it is written, and any number as one', () => {
    const of = (text: string) => unitOf(text, { start: 0, end: text.length });
    expect(of('流轉土地４８畝').key).toBe(of('流转土地48亩').key);
    expect(of('转移12人').features).toEqual(of('转移987人').features);
    expect([...featuresOf('流转土地')]).toEqual([...featuresOf('流转土地')].toSorted((a, b) => a - b));
  });

  it('says how often it is right on sources it has not seen, and that holds for texts that are newer still', () => {
    const all = taggedTexts(1, 160);
    const model = learned(all.slice(0, 100));
    expect(model.categories).toHaveLength(SUBJECT_NAMES.length);
    const finder = new LearnedFinder(model);
    for (const { category, measured } of model.categories) {
      let [right, suggested] = [0, 0];
      for (const { text, tags } of all.slice(100))
        for (const one of finder.find(text, 'hard')) {
          if (one.category !== category) continue;
          suggested += 1;
          right += Number(
            tags.some(
              ({ start, end, subject }) => start < one.end && end > one.start && categoryOf(subject) === category,
            ),
          );
          expect(one.sure).toBeGreaterThanOrEqual(LEAST_SURE);
          expect(one.like.length).toBeGreaterThan(0);
        }
      expect(measured.precision).not.toBeNull();
      expect(right / suggested).toBeGreaterThanOrEqual((measured.precision?.low ?? 1) - 0.05);
      expect(right / suggested).toBeLessThanOrEqual((measured.precision?.high ?? 0) + 0.05);
      expect(measured.recall).toBeGreaterThan(0.7);
    }
  });

  it('learns the same from the same tags, byte by byte', () => {
    const texts = taggedTexts(2, 30);
    expect(JSON.stringify(learned(texts))).toBe(JSON.stringify(learned(texts)));
  });

  it('does not learn a category with few passages, or from few sources', () => {
    expect(learned(taggedTexts(3, 4, 200)).categories).toEqual([]);
    expect(learned(taggedTexts(3, 6, 12)).categories).toEqual([]);
  });

  it('measures nothing on copies: what stands in another source, too, was seen there', () => {
    const [one] = taggedTexts(4, 1, 120);
    if (one === undefined) throw new Error('No text.');
    const model = learned(Array.from({ length: 20 }, () => one));
    expect(model.categories.length).toBeGreaterThan(0);
    for (const { measured, steps } of model.categories) {
      expect(measured).toMatchObject({ suggested: 0, tagged: 0, precision: null });
      expect(steps).toEqual([]);
    }
    expect(new LearnedFinder(model).find(one.text, 'hard')).toEqual([]);
  });

  it('suggests nothing where tags have nothing to do with the words', () => {
    const random = seeded(5);
    const texts = taggedTexts(5, 60).map(({ text }) => ({
      text,
      tags: clausesOf(text, 'hard').flatMap(({ start, end }) =>
        random.int(1, 10) === 1 ? [{ start, end, subject: 'land' }] : [],
      ),
    }));
    const model = learned(texts);
    const found = taggedTexts(6, 20).flatMap(({ text }) => new LearnedFinder(model).find(text, 'hard'));
    expect(found).toEqual([]);
  });
});

describe('sureness', () => {
  it('rises with the score, and is the share that was right', () => {
    const random = seeded(8);
    const scored = Array.from({ length: 2000 }, () => {
      const score = random.int(0, 1000) / 1000;
      return { score, right: random.int(1, 1000) <= score * 1000, source: random.int(1, 40) };
    });
    const steps = stepsOf(scored);
    expect(steps.map(([, share]) => share)).toEqual(steps.map(([, share]) => share).toSorted((a, b) => a - b));
    for (const score of [0.25, 0.5, 0.9]) expect(Math.abs(sureOf(steps, score) - score)).toBeLessThan(0.12);
    expect(sureOf([], 5)).toBe(0);
  });

  it('has an interval, and none from fewer than 20 or from fewer than 5 sources', () => {
    const some = (count: number, sources: number) =>
      Array.from({ length: count }, (_, at) => ({ score: 1, right: at % 4 !== 0, source: at % sources }));
    expect(shareOf(some(19, 10))).toBeNull();
    expect(shareOf(some(400, 4))).toBeNull();
    const share = shareOf(some(100, 10));
    expect(share?.value).toBe(0.75);
    expect(share?.low).toBeLessThan(0.67);
    expect(share?.high).toBeGreaterThan(0.82);
    // All right is not surely all right.
    expect(shareOf(some(100, 10).map((one) => ({ ...one, right: true })))?.low).toBeLessThan(0.97);
  });
});
