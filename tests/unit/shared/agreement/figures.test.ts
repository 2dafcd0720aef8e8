import { describe, expect, it } from 'vitest';
import { agreement, type Agreement, type Judgements } from '../../../../shared/agreement/figures.ts';
import { Random } from '../../../../shared/agreement/random.ts';
import { drawSample, readSample } from '../../../../shared/agreement/sample.ts';
import { seeded, seeds } from '../../../support/seeded.ts';
import { cohen, fleiss, krippendorff, type Matrix, numberOf, percent, type Ratio } from './oracle.ts';

function whole(judgements: Judgements, samples = 0, seed = 1): Agreement {
  const running = agreement(judgements, { samples, seed });
  for (;;) {
    const step = running.next();
    if (step.done === true) return step.value;
  }
}

/** Each category as a matrix of yes and no; then all of those that are given anywhere, one after another. */
function matrices({ coders, judges, given }: Judgements): Matrix[] {
  const all = given.map((units) =>
    Array.from({ length: coders }, (_, coder) =>
      judges.map((who, unit) =>
        !who.includes(coder) || who.length < 2 ? null : units.get(unit)?.includes(coder) === true ? 1 : 0,
      ),
    ),
  );
  const used = all.filter((matrix) => matrix.some((row) => row.includes(1)));
  return [...all, Array.from({ length: coders }, (_, coder) => used.flatMap((matrix) => matrix[coder] ?? []))];
}

function someJudgements(seed: number): Judgements {
  const random = seeded(seed);
  const coders = random.int(2, 4);
  const everybody = Array.from({ length: coders }, (_, coder) => coder);
  const missing = random.pick([0, 0.4]);
  const judges = Array.from({ length: random.int(0, 25) }, () => everybody.filter(() => !random.chance(missing)));
  const given = Array.from({ length: random.int(1, 4) }, () => {
    const share = random.pick([0, 0.1, 0.5, 1]);
    const units = judges.map((who, unit) => [unit, who.filter(() => random.chance(share))] as const);
    return new Map(units.filter(([, who]) => who.length > 0));
  });
  return { coders, judges, given };
}

const said = (value: Ratio | null, found: number | 'undefined'): void => {
  const wanted = numberOf(value);
  if (wanted === 'undefined' || found === 'undefined') expect(found).toBe(wanted);
  else expect(Math.abs(found - wanted)).toBeLessThan(1e-9);
};

describe('agreement on categories', () => {
  it.each(seeds(80))('follows the definitions for yes and no, and pooled (seed %d)', (seed) => {
    const judgements = someJudgements(seed);
    const { categories, overall } = whole(judgements);
    const twice = judgements.judges.filter((who) => who.length > 1).length;
    matrices(judgements).forEach((matrix, at) => {
      const found = categories[at] ?? overall;
      expect(found.n).toBe(twice);
      said(percent(matrix), found.percent);
      said(krippendorff(matrix), found.alpha);
      said(
        fleiss(matrix.map((row) => row.filter((_, unit) => matrix.some((other) => other[unit] !== null)))),
        found.fleiss,
      );
      said(judgements.coders === 2 ? cohen(matrix) : null, found.kappa);
      const judged = matrix.flat().filter((one) => one !== null);
      expect(found.prevalence).toBeCloseTo(
        judged.length === 0 ? 0 : judged.filter((one) => one === 1).length / judged.length,
        12,
      );
    });
  });

  it('is undefined for a category that no one gave', () => {
    const { categories, overall } = whole(
      {
        coders: 2,
        judges: [
          [0, 1],
          [0, 1],
          [0, 1],
        ],
        given: [new Map(), new Map([[0, [0, 1]]])],
      },
      50,
    );
    expect(categories[0]).toEqual({
      n: 3,
      prevalence: 0,
      percent: 100,
      kappa: 'undefined',
      fleiss: 'undefined',
      alpha: 'undefined',
      interval: null,
    });
    expect(categories[1]?.alpha).toBe(1);
    expect(overall).toMatchObject({ n: 3, alpha: 1, prevalence: 1 / 3 });
  });

  it('is undefined where no unit was judged twice', () => {
    const { categories, overall } = whole({ coders: 2, judges: [[0], [1]], given: [new Map([[0, [0]]])] }, 10);
    for (const one of [...categories, overall])
      expect(one).toEqual({
        n: 0,
        prevalence: 0,
        percent: 'undefined',
        kappa: 'undefined',
        fleiss: 'undefined',
        alpha: 'undefined',
        interval: null,
      });
  });
});

describe('the bootstrap', () => {
  const judgements: Judgements = {
    coders: 2,
    judges: Array.from({ length: 97 }, () => [0, 1]),
    given: [new Map(Array.from({ length: 41 }, (_, at) => [2 * at, at % 3 === 0 ? [0] : [0, 1]]))],
  };
  it('gives the same interval for the same seed, around its alpha, and another for another seed', () => {
    const first = whole(judgements, 400, 5);
    expect(whole(judgements, 400, 5)).toEqual(first);
    expect(whole(judgements, 400, 6)).not.toEqual(first);
    const { alpha, interval } = first.overall;
    expect(interval?.[0]).toBeLessThanOrEqual(Number(alpha));
    expect(interval?.[1]).toBeGreaterThanOrEqual(Number(alpha));
  });

  it('gives the same as drawing units one by one', () => {
    const judges = [[0, 1], [0, 1], [0, 1], [0, 1], [0]];
    const given = [
      new Map([
        [0, [0, 1]],
        [1, [0]],
        [4, [0]],
      ]),
    ];
    const random = new Random(9);
    const alphas: number[] = [];
    for (let sample = 0; sample < 60; sample++) {
      const drawn = [0, 1, 2, 3].map(() => random.below(4));
      const matrix = [0, 1].map((coder) =>
        drawn.map((unit) => (given[0]?.get(unit)?.includes(coder) === true ? 1 : 0)),
      );
      const alpha = numberOf(krippendorff(matrix));
      if (alpha !== 'undefined') alphas.push(alpha);
    }
    alphas.sort((a, b) => a - b);
    const quantile = (share: number): number => {
      const place = (alphas.length - 1) * share;
      const [low = 0, high = low] = alphas.slice(Math.floor(place), Math.floor(place) + 2);
      return low + (high - low) * (place % 1);
    };
    const [category] = whole({ coders: 2, judges, given }, 60, 9).categories;
    expect(category?.interval?.[0]).toBeCloseTo(quantile(0.025), 12);
    expect(category?.interval?.[1]).toBeCloseTo(quantile(0.975), 12);
  });

  it('covers a known agreement about as often as it claims', () => {
    // 60 units a run, alpha 1 - 2·0.2·… of two coders who say yes to a half and differ in a fifth: 0.6 on average.
    let covered = 0;
    for (const seed of seeds(100)) {
      const random = seeded(seed);
      const units = Array.from({ length: 60 }, (_, unit) => {
        const first = random.chance();
        const second = random.chance(0.2) ? !first : first;
        return [unit, [...(first ? [0] : []), ...(second ? [1] : [])]] as const;
      });
      const { interval } = whole(
        { coders: 2, judges: units.map(() => [0, 1]), given: [new Map(units.filter(([, who]) => who.length > 0))] },
        200,
        seed,
      ).overall;
      if (interval !== null && interval[0] <= 0.6 && interval[1] >= 0.6) covered++;
    }
    expect(covered).toBeGreaterThan(85);
  });
});

const count = (counts: number[], at: number): void => void (counts[at] = (counts[at] ?? 0) + 1);

describe('random numbers', () => {
  it('are xoshiro128**, as by its reference values', () => {
    const random = new Random([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, () => random.bits())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('differ for seeds that are close, and beyond 2^32', () => {
    const first = [0, 1, 2, 2 ** 32, 2 ** 40, Number.MAX_SAFE_INTEGER].map((seed) => new Random(seed).bits());
    expect(new Set(first).size).toBe(6);
  });

  it('spread evenly', () => {
    const random = new Random(3);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let draw = 0; draw < 100_000; draw++) count(counts, random.below(10));
    for (const one of counts) expect(Math.abs(one - 10_000)).toBeLessThan(400);
  });
});

describe('a sample', () => {
  const drawn = (text: string, total: number, seed = 1): number[] => {
    const plan = readSample(text);
    if (plan === null) throw new Error(`${text} says nothing`);
    return drawSample(plan, total, seed);
  };

  it('is a share, a number, every n-th, or all', () => {
    expect(drawn('sentences:10%', 200)).toHaveLength(20);
    expect(drawn('sentences:0.1%', 200)).toHaveLength(1);
    expect(drawn('paragraphs:7', 200)).toHaveLength(7);
    expect(drawn('passages:500', 200)).toHaveLength(200);
    expect(drawn('sources', 5)).toEqual([0, 1, 2, 3, 4]);
    expect(drawn('sentences:20', 0)).toEqual([]);
    const fifth = drawn('sentences:/5', 22);
    expect(fifth.every((one, at) => at === 0 || one - (fifth[at - 1] ?? 0) === 5)).toBe(true);
    expect(fifth[0]).toBeLessThan(5);
    expect(drawn('sentences:/500', 3)).toHaveLength(1);
  });

  it('is the same for a seed, ascending, without duplicates, with equal chances', () => {
    expect(drawn('sentences:20', 400, 4)).toEqual(drawn('sentences:20', 400, 4));
    expect(drawn('sentences:20', 400, 4)).not.toEqual(drawn('sentences:20', 400, 5));
    const counts = Array.from({ length: 40 }, () => 0);
    for (const seed of seeds(2000)) {
      const one = drawn('sentences:10', 40, seed);
      expect(one).toEqual([...new Set(one)].sort((a, b) => a - b));
      for (const unit of one) count(counts, unit);
    }
    for (const one of counts) expect(Math.abs(one - 500)).toBeLessThan(100);
    const starts = new Set(seeds(100).map((seed) => drawn('sentences:/4', 40, seed)[0]));
    expect([...starts].sort((a = 0, b = 0) => a - b)).toEqual([0, 1, 2, 3]);
  });

  it('rejects an empty one', () => {
    for (const text of ['sentences:0', 'sentences:0%', 'sentences:/0', 'sentences:101%', 'words:5', ''])
      expect(readSample(text)).toBeNull();
  });
});
