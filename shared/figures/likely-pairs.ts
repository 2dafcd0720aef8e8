import type { Figure } from './figure.ts';
import { widthOf } from './interval.ts';
import { trailingStep } from './numerals.ts';
import type { OperationName } from './operations.ts';
import { couldSumTo } from './could-sum-to.ts';
import { isHere } from './other-percentages.ts';
import type { PairCue } from './cue-wording.ts';
import { COMPARED_BARE, cuesOf, isYearly, LEVEL_BEFORE } from './pair-cues.ts';
import { CHANGED_BY_HERE, isChange } from './change-pairs.ts';
import { ONE, type Rational, ZERO } from './rational.ts';
import { firstAfter } from './read-context.ts';
import type { RelationKind } from './relation.ts';
import { isCount, isPercentage, isPlanned, type Suggested, type Surroundings } from './surroundings.ts';

/**
 * Finds the pair of an English percentage in a wider area than words reach: two sentences before and after, also in the neighbouring
 * paragraphs, since in news every sentence is a paragraph. The number of pairs tried, and of results that a printed one may have, tell how
 * many would agree by chance; a pair is taken if that is hardly one. Words choose the kind and exclude what cannot be meant.
 */

/** The most pairs that may agree by chance: if words name one of the two values, and if they name none. */
const MOST_NAMED = 0.4;
const MOST = 0.12;
/** Below this chance, agreement is more than a suggestion. */
const TELLING = 0.002;

const SENTENCES_BEFORE = 2;
const SENTENCES_AFTER = 2;
const FIGURES_BEFORE = 14;
const FIGURES_AFTER = 8;

interface Tried {
  readonly kind: RelationKind;
  readonly operation: OperationName;
  readonly inputs: readonly [Figure, Figure];
}

/** The counts that are near enough to a percentage. */
function countsAround(figure: Figure, around: Surroundings): Figure[] {
  const at = firstAfter(around.figures, figure.start);
  return around.figures
    .slice(Math.max(0, at - FIGURES_BEFORE), at + 1 + FIGURES_AFTER)
    .filter((one) => {
      const apart = one.sentence - figure.sentence;
      return (
        apart >= -SENTENCES_BEFORE &&
        apart <= SENTENCES_AFTER &&
        Math.abs(one.paragraph - figure.paragraph) <= SENTENCES_BEFORE
      );
    })
    .filter((one) => one !== figure && isValue(one, around));
}
/** Whether a number counts something. “A 39-hour week” and “per 100,000 residents” do not. */
const isValue = (one: Figure, around: Surroundings): boolean =>
  isCount(one) &&
  one.top === null &&
  !one.value.isZero() &&
  one.language === 'en' &&
  !around.isOtherForm(one) &&
  !/^-[a-z]/.test(around.after(one, 2)) &&
  !/\bper $/i.test(around.before(one, 8));

/** Returns the likely pair of a percentage; null if there is none, or if two are equally likely. */
export function likelyPair(percentage: Figure, around: Surroundings): Suggested | null {
  if (percentage.language !== 'en' || !isPercentage(percentage) || percentage.top !== null) return null;
  const row = rowBefore(percentage, around);
  if (row.length > 1) return bestOf(inRow(percentage, row), percentage, true, around);
  const own = cuesOf(around.before(percentage), around.after(percentage));
  const cues = own.length > 0 ? own : looseCues(percentage, around);
  const all = countsAround(percentage, around);
  for (const most of [1, SENTENCES_BEFORE]) {
    const counts = all.filter(({ sentence }) => Math.abs(sentence - percentage.sentence) <= most);
    for (const cue of cues) {
      const found = cue === 'share' ? ofShare(percentage, counts, around) : ofChange(cue, percentage, counts, around);
      if (found !== null) return found;
    }
  }
  return null;
}
/** Pairs in a row of a table, whose columns may give a change, a difference or a share. Shares come last. */
const inRow = (percentage: Figure, row: readonly Figure[]): Tried[] =>
  triedInRow(percentage, row).toSorted((one, other) => Number(one.kind === 'share') - Number(other.kind === 'share'));
const triedInRow = ({ value }: Figure, row: readonly Figure[]): Tried[] =>
  row.flatMap((one) =>
    row.flatMap((other): Tried[] => {
      const order = one.value.compare(other.value);
      if (one === other || order === 0) return [];
      const inputs = [one, other] as const;
      if (value.numerator < 0n) return order < 0 ? [{ kind: 'growth', operation: 'growth', inputs }] : [];
      if (order > 0) return [{ kind: 'growth', operation: 'growth', inputs }];
      return [
        { kind: 'growth', operation: 'decline', inputs },
        { kind: 'share', operation: 'share', inputs },
      ];
    }),
  );

const RIGHT_AFTER = /^(?: [a-z-]+){0,2} ?(?:[/–—:-]|[(](?:or |about |some |nearly )?) ?$/i;
const MORE =
  'growth|gr[eo]w|growing|increas|r[io]se|rising|risen|gain|jump|climb|surge|expan|higher|more|up|above|improve';
const FEWER =
  'fell|fall|drop|declin|decreas|reduc|shr[aiu]nk|lower|less|fewer|down|below|cut|los[st]|slump|plunge|contract';
const near = (words: string, side: 'before' | 'after'): RegExp =>
  side === 'before'
    ? new RegExp(`\\b(?:${words})[a-z]*\\b[^.;:\\d]{0,48}$`, 'i')
    : new RegExp(`^ ?(?:[a-z-]+ ){0,3}(?:${words})[a-z]*\\b`, 'i');
const LOOSE = [
  { cue: 'decline', before: near(FEWER, 'before'), after: near(FEWER, 'after') },
  { cue: 'growth', before: near(MORE, 'before'), after: near(MORE, 'after') },
] as const;
const SHARE_SAID =
  /\b(?:rate|share|proportion|portion|account[a-z]*|represent[a-z]*|compris[a-z]*|constitut[a-z]*|of (?:whom|which|them|these|those|the))\b[^.;\d]{0,48}$/i;

/** Kinds that words anywhere in the clause suggest: “It marked a growth of 17 percent”, “Germany – 127,000/29 percent”. */
function looseCues(percentage: Figure, around: Surroundings): PairCue[] {
  const [before, after] = [around.before(percentage, 64), around.after(percentage, 32)];
  if (isYearly(around.before(percentage), after)) return [];
  const change = LEVEL_BEFORE.test(before)
    ? []
    : LOOSE.filter((one) => one.before.test(before) || one.after.test(after));
  if (change.length > 0) return change.map(({ cue }) => cue);
  const last = beforeIt(percentage, around);
  const isBeside = last !== undefined && RIGHT_AFTER.test(around.between(last, percentage));
  return isBeside || SHARE_SAID.test(before) ? ['share'] : [];
}
/** The numbers before a percentage in a row of a table, with no words between them: “Maize 3,233 3,729 +15%”. */
function rowBefore(percentage: Figure, around: Surroundings): Figure[] {
  const { figures } = around;
  const at = firstAfter(figures, percentage.start);
  let from = at;
  for (let one = figures[from - 1]; one !== undefined && isValue(one, around); one = figures[from - 1]) {
    const next = figures[from] ?? percentage;
    if (one.sentence !== percentage.sentence || !IN_ROW.test(around.between(one, next))) break;
    from -= 1;
  }
  return figures.slice(from, at);
}
const IN_ROW = /^[\s|;+−–-]+$/;
const beforeIt = (figure: Figure, around: Surroundings): Figure | undefined => {
  const one = around.figures[firstAfter(around.figures, figure.start) - 1];
  return one !== undefined && one.sentence === figure.sentence && isValue(one, around) ? one : undefined;
};

const PART_BEFORE =
  /^(?: [a-z’'-]+){0,6}?,? ?(?:[/–—:-] ?|(?:for|with) an? (?:[a-z]+ )?(?:share|proportion) of |[(](?:or |about |some |nearly )?|or (?:about |some |nearly )?|(?:(?:thus|which|that) )?(?:account|mak|represent|compris|constitut|equal|cover|form)[a-z]*(?: up| for| to)? (?:about |some |nearly |just |only |over )?)$/i;
const PART_AFTER = /^(?: of [a-z’' -]{1,48})?(?:,? or,? |,? [(]|, )(?:about |some |nearly |over )?[A-Z]{0,3}[$£€]?$/i;

/** A share of a larger count, with the part that stands beside it. */
function ofShare(percentage: Figure, counts: readonly Figure[], around: Surroundings): Suggested | null {
  const before = beforeIt(percentage, around);
  const next = counts.find((one) => one.start >= percentage.end && one.sentence === percentage.sentence);
  const part =
    before !== undefined && PART_BEFORE.test(around.between(before, percentage))
      ? before
      : next !== undefined && PART_AFTER.test(around.between(percentage, next))
        ? next
        : undefined;
  if (part !== undefined && isAmount(part, around)) return null;
  const isFine = percentage.step !== null && percentage.step.compare(ONE) < 0;
  const wholes =
    part === undefined && !isFine
      ? counts
      : [...new Set([...around.earlier(percentage).filter((one) => isValue(one, around)), ...counts])];
  const tried = (part === undefined ? counts : [part]).flatMap((one) =>
    wholes
      .filter((other) => other !== one && one.value.compare(other.value) < 0)
      .filter((other) => fits(one, other, around) || (isFine && part !== undefined && around.fitByWords(one, other)))
      .filter((other) => !isChange(other, around) && !isChange(one, around))
      .map((other): Tried => ({ kind: 'share', operation: 'share', inputs: [one, other] })),
  );
  return bestOf(tried, percentage, part !== undefined, around);
}

/** Whether a number is an amount of change: “has risen by 104,600”. */
const isAmount = (one: Figure, around: Surroundings): boolean =>
  isChange(one, around) ||
  CHANGED_BY_HERE.test(around.before(one, 32)) ||
  AMOUNT_BEFORE.test(around.before(one, 48)) ||
  AMOUNT_AFTER.test(around.after(one, 32));
const AMOUNT_BEFORE =
  /\b(?:by|additional|extra|further|another|(?:increase|rise|gain|growth|fall|drop|decline|decrease|reduction|cut|loss) of) (?:[a-z]+ ){0,2}[A-Z]{0,3}[$£€]?$/i;
const AMOUNT_AFTER = /^ (?:[a-z-]+ )?(?:more|fewer|less)\b/i;
const BASE =
  /\b(?:from|compared (?:with|to)|(?:as )?against|versus|vs\.?|over|than|was|stood at)\b[^.;\d]{0,48}(?:\b(?:19|20)\d\d[^.;\d]{0,12})?$/i;
const REACHED =
  /^(?!.*\b(?:compared|relative|due|according|similar) )[^.;\d]{0,40}\b(?:to|at|reach(?:ed|ing)) (?:(?!(?:from|and|but|by)\b)[a-z-]+ ){0,6}[A-Z]{0,3}[$£€]?$/i;
const CHANGED = /^(?: [a-z’'-]+){0,3}(?:,? or| ?[(](?:or)?| –| —) ?(?:by )?(?:about |some |nearly |almost )?$/i;

/** What stands between a percentage and the same change as a count: “5.5 percent or by 427 fewer”. */
const AMOUNT_AFTER_PERCENT = /^,? or (?:[a-z]+ ){0,2}[A-Z]{0,3}[$£€]?$/i;

/** A change, with the present and the earlier value. */
function ofChange(cue: PairCue, percentage: Figure, counts: readonly Figure[], around: Surroundings): Suggested | null {
  const isDown = cue === 'decline' && percentage.value.numerator > 0n;
  const here = counts.filter((one) => one.sentence === percentage.sentence);
  const next = here.find((one) => one.start >= percentage.end);
  const last = beforeIt(percentage, around);
  const isBare = COMPARED_BARE.test(around.after(percentage, 16));
  if (last !== undefined && (isBare || isAmount(last, around)) && CHANGED.test(around.between(last, percentage))) {
    const operation = isDown ? 'declineByDecrease' : 'growthByIncrease';
    const tried = counts
      .filter(
        (one) => one !== last && around.fitByWords(one, last) && around.isLess(last, one) && !isChange(one, around),
      )
      .map((one): Tried => ({ kind: 'growth', operation, inputs: [one, last] }));
    return bestOf(tried, percentage, true, around);
  }
  if (next !== undefined && isAmount(next, around) && AMOUNT_AFTER_PERCENT.test(around.between(percentage, next))) {
    const level = here.findLast((one) => one.end <= percentage.start && !isAmount(one, around));
    const operation = isDown ? 'declineByDecrease' : 'growthByIncrease';
    const tried = (level === undefined ? counts : [level])
      .filter(
        (one) => one !== next && around.fitByWords(one, next) && around.isLess(next, one) && !isAmount(one, around),
      )
      .map((one): Tried => ({ kind: 'growth', operation, inputs: [one, next] }));
    return bestOf(tried, percentage, true, around);
  }
  const reached = next !== undefined && REACHED.test(around.between(percentage, next)) ? next : undefined;
  const isThan = last !== undefined && cue !== 'completion' && BASE_RIGHT.test(around.before(last, 24));
  const base =
    here.find((one) => one !== reached && one.start >= percentage.end && BASE.test(around.before(one, 64))) ??
    (isThan ? last : undefined);
  const now =
    reached ??
    (last !== undefined && !isChange(last, around) && !BASE_RIGHT.test(around.before(last, 24)) ? last : undefined);
  const kind = cue === 'exceeds' || cue === 'completion' ? cue : 'growth';
  const operation = cue === 'decline' ? (isDown ? 'decline' : 'growth') : cue;
  // An amount of change is no level: “Crime fell by 10.5 percent. The total was 108,468. This is a fall of 12,676”.
  const changes = cue === 'growth' || cue === 'decline' ? counts.filter((one) => isAmount(one, around)) : [];
  const levels = counts.filter((one) => !changes.includes(one));
  const byAmount = changes.flatMap((change) =>
    levels
      .filter((one) => (now === undefined || one === now) && fits(one, change, around) && around.isLess(change, one))
      .map((one): Tried => ({
        kind: 'growth',
        operation: isDown ? 'declineByDecrease' : 'growthByIncrease',
        inputs: [one, change],
      })),
  );
  const tried = levels.flatMap((one) =>
    levels
      .filter((other) => other !== one && fits(one, other, around))
      .filter((other) => (now === undefined || one === now) && (base === undefined || other === base))
      .filter((other) => kind === 'completion' || one.value.compare(other.value) < 0 === (cue === 'decline'))
      .filter((other) => kind !== 'growth' || isPlanned(one) === isPlanned(other))
      .map((other): Tried => ({ kind, operation, inputs: [one, other] })),
  );
  return bestOf(
    [...byAmount, ...tried],
    percentage,
    now !== undefined || base !== undefined || byAmount.length === 1,
    around,
  );
}
const BASE_RIGHT = /\b(?:from|than|compared (?:with|to)|against) (?:[a-z]+ ){0,3}[A-Z]{0,3}[$£€]?$/i;

/** Whether two figures have one unit, or stand in one sentence and the unit of one is unknown. */
const fits = (one: Figure, other: Figure, around: Surroundings): boolean =>
  one.unit === other.unit || (around.fit(one, other) && (one.unit === null || other.unit === null));

/** How many of the tried pairs give a printed percentage by chance. Small percentages have more neighbours. */
const byChance = (tried: number, reach: number, value: number): number =>
  tried * Math.max(reach / 100, reach / (6 * Math.max(reach, Math.abs(value))));

function bestOf(tried: readonly Tried[], percentage: Figure, isNamed: boolean, around: Surroundings): Suggested | null {
  const step = Number((percentage.step ?? ONE).toDecimal(6));
  const value = Number(percentage.value.toDecimal(6));
  const most = isNamed ? MOST_NAMED : MOST;
  // Matching digits alone gives too many candidates.
  if (byChance(tried.length, step, value) > most) return null;
  const found = tried
    .filter((one) => Math.abs(roughly(one) - value) <= Math.max(2 * step, 2))
    .map(({ kind, operation, inputs }) => around.suggest(kind, operation, inputs, percentage, 'numbers'))
    .flatMap((one) => {
      const reach = reachOf(one, percentage, step);
      const chance = reach === null ? 1 : byChance(tried.length, reach, value);
      return chance <= most ? [{ one, chance }] : [];
    })
    .toSorted((one, other) => one.chance - other.chance || apart(one.one, percentage) - apart(other.one, percentage));
  const [best] = found;
  return best === undefined ? null : weakened(best.one, best.chance);
}

/** The result in floating point: most pairs are far off, and exact fractions take time. */
function roughly({ operation, inputs: [one, other] }: Tried): number {
  const [a, b] = [one, other].map(({ value }) => Number(value.numerator) / Number(value.denominator));
  if (a === undefined || b === undefined) return Number.NaN;
  if (operation === 'growthByIncrease') return (100 * b) / (a - b);
  if (operation === 'declineByDecrease') return (100 * b) / (a + b);
  if (operation === 'share' || operation === 'completion') return (100 * a) / b;
  return operation === 'decline' ? 100 - (100 * a) / b : (100 * a) / b - 100;
}

/** The width of the range in which the pair’s result would agree; null if it does not agree. */
function reachOf(
  { inputs, check: { computed, verdict, interval } }: Suggested,
  printed: Figure,
  step: number,
): number | null {
  if (computed === null) return null;
  const one = printed.step ?? ONE;
  if (computed.toStep(one, 'rounded').equals(printed.value)) return step;
  // A truncated result with a number of another sentence is chance.
  if (computed.toStep(one, 'truncated').equals(printed.value)) return isHere(inputs, printed) ? step : null;
  const width = widthOf(interval);
  if (verdict === 'fails' || width === null || printed.qualifier !== 'exact') return null;
  return Math.max(step, Number(width.toDecimal(6)));
}
/** Lowers the verdict of a pair that agrees but is one of many to “within precision”. */
const weakened = (one: Suggested, chance: number): Suggested =>
  chance <= TELLING || one.check.verdict === 'fails'
    ? one
    : { ...one, check: { ...one.check, verdict: 'within-precision' } };
const apart = ({ inputs }: Suggested, { start }: Figure): number =>
  inputs.reduce((sum, input) => sum + Math.abs(input.start - start), 0);

/** The step of a figure. If its words call it approximate, that is its last digit that is not 0: “over 260 million fewer”. */
const coarse = ({ qualifier, value, step }: Figure): Rational =>
  (qualifier === 'exact' ? null : trailingStep(value)) ?? step ?? ONE;

/** The two counts whose difference is a third, if the words call the third a change or a distance. Returns null if chance is too likely. */
export function likelyGap(gap: Figure, around: Surroundings): Suggested | null {
  if (gap.language !== 'en' || gap.top !== null || !isCount(gap) || gap.value.isZero()) return null;
  const counts = countsAround(gap, around).filter(
    (one) => !isChange(one, around) && !around.isLess(one, gap) && !isPlanned(one) && around.fitByWords(one, gap),
  );
  const step = coarse(gap);
  const pairs = counts.flatMap((more) =>
    counts
      .filter((less) => less !== more && around.fitByWords(more, less) && more.value.compare(less.value) > 0)
      .map((less) => [more, less] as const),
  );
  const found = pairs.filter(([more, less]) => {
    const computed = more.value.minus(less.value);
    return [computed.toStep(step, 'rounded'), computed.toStep(step, 'truncated')].some((to) => to.equals(gap.value));
  });
  const [first, second] = found;
  if (first === undefined || second !== undefined) return null;
  const reach = step.dividedBy(first[0].value);
  const chance = reach === null ? 1 : 2 * pairs.length * Number(reach.toDecimal(9));
  if (chance > MOST) return null;
  return weakened(around.suggest('difference', 'difference', first, gap, 'numbers'), chance);
}

const MOST_PARTS = 4;
/** The most sums that may agree by chance. Small totals are often met by chance. */
const MOST_SUMS = 0.02;
const WAS = /\b(?:from|than|against|compared (?:with|to)|up|down) (?:[a-z]+ ){0,3}[A-Z]{0,3}[$£€]?$/i;

/** Counts that stand together and add up exactly to a total, without any wording. Returns null if there are none. */
export function likelySum(total: Figure, around: Surroundings): Suggested | null {
  if (total.language !== 'en' || !isValue(total, around) || isAmount(total, around)) return null;
  const step = total.step ?? ONE;
  const parts = countsAround(total, around).filter(
    (one) =>
      fits(one, total, around) &&
      around.isLess(one, total) &&
      isPlanned(one) === isPlanned(total) &&
      !isAmount(one, around) &&
      !WAS.test(around.before(one, 32)),
  );
  const runs = parts.flatMap((_, at) =>
    Array.from({ length: MOST_PARTS - 1 }, (__, more) => parts.slice(at, at + 2 + more)).filter(
      (run, more) => run.length === more + 2 && isOneSide(run, total),
    ),
  );
  const reach = step.dividedBy(total.value);
  if (reach === null || runs.length * Number(reach.toDecimal(9)) > MOST_SUMS) return null;
  const within = Number(step.toDecimal(9));
  const found = runs.find(
    (run) =>
      couldSumTo(run, total, within) &&
      run
        .reduce((sum, { value }) => sum.plus(value), ZERO)
        .toStep(step, 'rounded')
        .equals(total.value),
  );
  return found === undefined ? null : weakened(around.suggest('sum', 'sum', found, total, 'numbers'), 1);
}
/** Whether all parts stand on one side of the total. */
const isOneSide = (run: readonly Figure[], { start }: Figure): boolean =>
  run.every((one) => one.start > start) || run.every((one) => one.start < start);
