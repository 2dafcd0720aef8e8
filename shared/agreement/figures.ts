import {
  type Coefficient,
  cohenKappa,
  fleissKappa,
  krippendorffAlpha,
  type Pattern,
  percentAgreement,
} from './coefficients.ts';
import { Random } from './random.ts';

/**
 * The judgements. Coders, units and categories are numbers from 0. For every category each coder says yes or no on every
 * unit they judged: a category is a binary variable, since a unit may carry several.
 */
export interface Judgements {
  readonly coders: number;
  /** By unit: its judges. */
  readonly judges: readonly (readonly number[])[];
  /**
   * By category: the units that carry it, each with the coders who said so, without duplicates; all of them judged the
   * unit.
   */
  readonly given: readonly ReadonlyMap<number, readonly number[]>[];
}

export interface Figures {
  /** Units judged by at least two coders; only they count below. */
  readonly n: number;
  /** Share of judgements that say yes, 0 to 1. */
  readonly prevalence: number;
  readonly percent: Coefficient;
  readonly kappa: Coefficient;
  readonly fleiss: Coefficient;
  readonly alpha: Coefficient;
}
export type Interval = readonly [number, number] | null;
export interface Agreement {
  readonly categories: readonly (Figures & { readonly interval: Interval })[];
  readonly overall: Figures & { readonly interval: Interval };
}

/**
 * Agreement on each category, and overall. Overall pools the judgements of every unit on every category that anyone gave,
 * as if each were its own unit. (Categories that no one gave would add agreement about nothing.)
 *
 * The interval is a percentile bootstrap of alpha (B. Efron, "Bootstrap methods: another look at the jackknife", 1979)
 * over units, drawn with replacement: 2.5 and 97.5 %, interpolated between neighbours. A draw in which a category does
 * not vary has no alpha and is left out of its interval; null if alpha is undefined or no draw has one.
 *
 * A generator, since a thousand draws of a hundred thousand units take a second: it yields after each draw and returns
 * the result at the end.
 */
export function* agreement(
  judgements: Judgements,
  bootstrap: { readonly samples: number; readonly seed: number },
): Generator<void, Agreement> {
  const table = tableOf(judgements);
  const ones = new Uint32Array(table.judges.length).fill(1);
  const whole = talliesOf(table, ones);
  const figures = whole.categories.map((tally) => figuresOf(tally, table));
  const overall = figuresOf(whole.overall, table);
  const drawn = figures.map((): number[] => []);
  const drawnOverall: number[] = [];
  const random = new Random(bootstrap.seed);
  const weights = new Uint32Array(ones.length);
  for (let sample = 0; sample < bootstrap.samples && ones.length > 0; sample++) {
    weights.fill(0);
    for (let draw = 0; draw < weights.length; draw++) {
      const unit = random.below(weights.length);
      weights[unit] = (weights[unit] ?? 0) + 1;
    }
    const { categories, overall: pooled } = talliesOf(table, weights);
    categories.forEach((tally, category) => {
      if (figures[category]?.alpha !== 'undefined') keep(drawn[category], alphaOf(tally, table));
    });
    keep(drawnOverall, alphaOf(pooled, table));
    yield;
  }
  return {
    categories: figures.map((one, category) => ({ ...one, interval: intervalOf(one.alpha, drawn[category] ?? []) })),
    overall: { ...overall, interval: intervalOf(overall.alpha, drawnOverall) },
  };
}

const keep = (list: number[] | undefined, alpha: Coefficient): void => {
  if (alpha !== 'undefined') list?.push(alpha);
};

/** The units judged at least twice, renumbered, with their judgements by category. */
interface Table {
  readonly coders: number;
  /** By unit: how many judged it. */
  readonly judges: Uint32Array;
  readonly categories: readonly (readonly Group[])[];
}
/** Units with one category and the same pattern: judged by `judges`, of whom `yes` said yes. */
interface Group {
  readonly judges: number;
  readonly yes: number;
  /** Only the first coder said yes: needed for Cohen’s kappa of two coders. */
  readonly firstAlone: boolean;
  readonly units: Uint32Array;
}

function tableOf({ coders, judges, given }: Judgements): Table {
  const numbers = new Map<number, number>();
  judges.forEach((who, unit) => {
    if (who.length > 1) numbers.set(unit, numbers.size);
  });
  return {
    coders,
    judges: Uint32Array.from(judges.flatMap((who) => (who.length > 1 ? [who.length] : []))),
    categories: given.map((units) => groupsOf(judges, units, numbers)),
  };
}

function groupsOf(
  judges: Judgements['judges'],
  marked: ReadonlyMap<number, readonly number[]>,
  numbers: ReadonlyMap<number, number>,
): Group[] {
  const groups = new Map<string, Omit<Group, 'units'> & { readonly units: number[] }>();
  for (const [unit, who] of marked) {
    const number = numbers.get(unit);
    if (number === undefined || who.length === 0) continue;
    const about = { judges: judges[unit]?.length ?? 0, yes: who.length, firstAlone: who.length === 1 && who[0] === 0 };
    const key = Object.values(about).join();
    const group = groups.get(key) ?? { ...about, units: [] };
    groups.set(key, group);
    group.units.push(number);
  }
  return [...groups.values()].map((group) => ({ ...group, units: Uint32Array.from(group.units) }));
}

/** `cells[m · (coders + 1) + k]`: units judged by m, of whom k said yes. */
interface Tally {
  readonly cells: Float64Array;
  firstAlone: number;
}

/**
 * The tally of each category, with units counted by weight, and their sum over the categories that are given at all.
 */
function talliesOf(table: Table, weights: Uint32Array): { categories: Tally[]; overall: Tally } {
  const { coders, judges } = table;
  const side = coders + 1;
  const unmarked = new Float64Array(side * side);
  for (let unit = 0; unit < judges.length; unit++) {
    const row = (judges[unit] ?? 0) * side;
    unmarked[row] = (unmarked[row] ?? 0) + (weights[unit] ?? 0);
  }
  const overall: Tally = { cells: new Float64Array(side * side), firstAlone: 0 };
  const categories = table.categories.map((groups) => {
    const tally: Tally = { cells: unmarked.slice(), firstAlone: 0 };
    const { cells } = tally;
    for (const { judges: m, yes, firstAlone, units } of groups) {
      let weight = 0;
      for (let at = 0; at < units.length; at++) weight += weights[units[at] ?? 0] ?? 0;
      cells[m * side] = (cells[m * side] ?? 0) - weight;
      cells[m * side + yes] = (cells[m * side + yes] ?? 0) + weight;
      if (firstAlone) tally.firstAlone += weight;
    }
    if (groups.length > 0) {
      cells.forEach((count, cell) => (overall.cells[cell] = (overall.cells[cell] ?? 0) + count));
      overall.firstAlone += tally.firstAlone;
    }
    return tally;
  });
  return { categories, overall };
}

function patternsOf({ cells }: Tally, { coders }: Table): Pattern[] {
  const patterns: Pattern[] = [];
  for (let m = 2; m <= coders; m++)
    for (let k = 0; k <= m; k++) {
      const weight = cells[m * (coders + 1) + k] ?? 0;
      if (weight > 0) patterns.push({ weight, counts: [m - k, k] });
    }
  return patterns;
}

const alphaOf = (tally: Tally, table: Table): Coefficient => krippendorffAlpha(patternsOf(tally, table));

function figuresOf(tally: Tally, table: Table): Figures {
  const patterns = patternsOf(tally, table);
  let yes = 0;
  let all = 0;
  for (const {
    weight,
    counts: [no = 0, one = 0],
  } of patterns) {
    yes += weight * one;
    all += weight * (no + one);
  }
  return {
    n: table.judges.length,
    prevalence: all === 0 ? 0 : yes / all,
    percent: percentAgreement(patterns),
    kappa: table.coders === 2 ? cohenKappa(contingency(tally)) : 'undefined',
    fleiss: fleissKappa(patterns),
    alpha: krippendorffAlpha(patterns),
  };
}

/** No and yes of the first of two coders against no and yes of the second. */
function contingency({ cells, firstAlone }: Tally): number[][] {
  const [neither = 0, one = 0, both = 0] = cells.subarray(6, 9);
  return [
    [neither, one - firstAlone],
    [firstAlone, both],
  ];
}

function intervalOf(alpha: Coefficient, drawn: readonly number[]): Interval {
  if (alpha === 'undefined' || drawn.length === 0) return null;
  const sorted = Float64Array.from(drawn).sort();
  return [quantile(sorted, 0.025), quantile(sorted, 0.975)];
}

/**
 * Interpolated between neighbours: type 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", 1996.
 */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}
