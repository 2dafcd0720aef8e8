import { Random } from '../agreement/random.ts';

/** A score of a unit that nothing was learned from, and whether somebody had tagged it. */
export interface Scored {
  readonly score: number;
  readonly right: boolean;
  /** The number of its source. */
  readonly source: number;
}

/** From which score on what was suggested was right how often: `[score, share]`, both ascending. */
export type Steps = readonly (readonly [score: number, share: number])[];

/** A share of fewer is not shown. */
const FEWEST = 20;

/**
 * How sure scores are, as measured: the isotonic regression of right on score (pool adjacent violators), with at least 20 scores a
 * step. What is below the first step was measured on too few.
 */
export function stepsOf(scored: readonly Scored[]): Steps {
  const blocks: { score: number; right: number; all: number }[] = [];
  for (const { score, right } of scored.toSorted((a, b) => a.score - b.score)) {
    const last = blocks.at(-1);
    // Equal scores cannot be told apart.
    if (last?.score === score) {
      last.right += Number(right);
      last.all += 1;
    } else blocks.push({ score, right: Number(right), all: 1 });
    join(blocks, (a, b) => a.right * b.all >= b.right * a.all);
  }
  const wide: typeof blocks = [];
  for (const block of blocks) {
    const last = wide.at(-1);
    if (last !== undefined && last.all < FEWEST) {
      last.right += block.right;
      last.all += block.all;
    } else wide.push({ ...block });
  }
  // The highest scores, if they are few, are as sure as those below them.
  join(wide, (_, b) => b.all < FEWEST);
  return wide.filter(({ all }) => all >= FEWEST).map(({ score, right, all }) => [score, right / all]);
}

function join<B extends { right: number; all: number }>(blocks: B[], belong: (a: B, b: B) => boolean): void {
  for (;;) {
    const [a, b] = [blocks.at(-2), blocks.at(-1)];
    if (a === undefined || b === undefined || !belong(a, b)) return;
    a.right += b.right;
    a.all += b.all;
    blocks.pop();
  }
}

/** How sure a score is; 0 if it is below all steps. */
export function sureOf(steps: Steps, score: number): number {
  let sure = 0;
  for (const [from, share] of steps) {
    if (score < from) break;
    sure = share;
  }
  return sure;
}

const RESAMPLES = 1000;
/** Of the normal distribution: 95 of 100 are within. */
const Z = 1.96;

/**
 * The share of right ones with its 95 % interval. What is in one source is alike: the interval is that of sources drawn anew (the
 * bootstrap) or Wilson’s, whichever reaches further. Null for fewer than 20, or from fewer than 5 sources.
 */
export function shareOf(suggested: readonly Scored[]): { value: number; low: number; high: number } | null {
  const bySource = [...Map.groupBy(suggested, ({ source }) => source).values()].map((some) => ({
    right: some.filter(({ right }) => right).length,
    all: some.length,
  }));
  if (suggested.length < FEWEST || bySource.length < 5) return null;
  const n = suggested.length;
  const value = suggested.filter(({ right }) => right).length / n;
  const middle = (value + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
  const half = (Z * Math.sqrt((value * (1 - value)) / n + Z ** 2 / (4 * n ** 2))) / (1 + Z ** 2 / n);
  const random = new Random(n);
  const shares = Array.from({ length: RESAMPLES }, () => {
    let [right, all] = [0, 0];
    for (let at = 0; at < bySource.length; at += 1) {
      const one = bySource[random.bits() % bySource.length];
      right += one?.right ?? 0;
      all += one?.all ?? 0;
    }
    return right / all;
  }).sort((a, b) => a - b);
  return {
    value,
    low: Math.max(0, Math.min(middle - half, shares[Math.floor(RESAMPLES * 0.025)] ?? 0)),
    high: Math.min(1, Math.max(middle + half, shares[Math.ceil(RESAMPLES * 0.975) - 1] ?? 1)),
  };
}
