import type { Figure } from './figure.ts';
import type { OperationName } from './operations.ts';
import {
  BY_TO,
  COMPARED_WITH,
  cuesOf,
  EARLIER_SECOND,
  IS_EARLIER,
  isAttached,
  OF_THE_TOTAL,
  OF_THEM,
  OF_THE_WHOLE,
  OR_PART,
  type PairCue,
  PART_OF,
  PERCENT_FROM,
  SHARE_OF,
  SHARE_OF_WHOLE,
  SINCE_THEN,
  THAT_IS,
} from './pair-cues.ts';
import { Rational } from './rational.ts';
import type { RelationKind } from './relation.ts';
import { isCount, isPercentage, isPlanned, type Suggested, type Surroundings } from './surroundings.ts';
import { isWorded, wordedOf } from './worded.ts';
import { TO, TO_FROM } from './worded-cues.ts';

interface Candidate {
  readonly kind: RelationKind;
  readonly operation: OperationName;
  readonly inputs: readonly [Figure, Figure];
}

/**
 * What a percentage was computed from: what the wording names, or counts around it that give just this percentage. Where it is
 * attached to a value (3,480, up 17.6 percent), that value has to be one of them.
 */
export function pairsOf(percentage: Figure, around: Surroundings): readonly Suggested[] {
  const worded = isWorded(percentage) ? wordedOf(percentage, around) : null;
  if (worded !== null) return [worded];
  if (percentage.top !== null) return [];
  const near = around.near(percentage);
  const found = cuesOf(around.before(percentage), around.after(percentage))
    // A third, a quarter: only of a whole.
    .filter((cue) => isPercentage(percentage) || cue === 'share')
    .map((cue) => pairFor(cue, percentage, near, around));
  // Where several words could say it, the first that comes out, unless a pair is named before it: that one is wrong then.
  const said = found.find(({ agreed, isNamed }) => agreed !== null || isNamed) ?? found[0];
  if (said === undefined) return [];
  return said.agreed === null ? said.others : [said.agreed];
}

interface PairFound {
  /** A pair that gives the percentage. */
  readonly agreed: Suggested | null;
  /** Else the pair that the words name, or what the percentage implies. */
  readonly others: readonly Suggested[];
  readonly isNamed: boolean;
}

function pairFor(cue: PairCue, percentage: Figure, near: readonly Figure[], around: Surroundings): PairFound {
  const named = namedBy(cue, percentage, near, around).map(({ kind, operation, inputs }) =>
    around.suggest(kind, operation, inputs, percentage),
  );
  const value = valueOf(cue, percentage, near, around);
  const agreed = named.find(agrees) ?? numericFor(cue, percentage, value, near, around);
  if (named.length > 0) return { agreed, others: named.slice(0, 1), isNamed: true };
  const implied = value === undefined ? [] : impliedBy(cue, percentage, value, around);
  return { agreed, others: implied, isNamed: false };
}

/** Pairs that nothing names, where they give the percentage to its last digit; the nearest. */
function numericFor(
  cue: PairCue,
  percentage: Figure,
  value: Figure | undefined,
  near: readonly Figure[],
  around: Surroundings,
): Suggested | null {
  const [nearest] = triedFor(cue, near, around)
    .filter(({ inputs: [first] }) => value === undefined || first === value)
    .map(({ kind, operation, inputs }) => around.suggest(kind, operation, inputs, percentage, 'numbers'))
    .filter((one) => agreesToTheDigit(one, percentage, isStatedOf(cue, percentage, one, around)))
    .toSorted((one, other) => distance(one, percentage) - distance(other, percentage));
  return nearest ?? null;
}

const AGREE = new Set(['exact', 'rounds', 'truncates']);
const agrees = ({ check: { verdict } }: Suggested): boolean => AGREE.has(verdict);

/**
 * With a decimal, chance agreement is rare enough that inputs such as “over 471,200” may go in. So it is where the words say of which
 * value the percentage is: only the other of the two is then tried.
 */
const TENTH = Rational.of(1, 10);
function agreesToTheDigit(
  { check: { verdict, computed, wide } }: Suggested,
  { step, value }: Figure,
  isAttachedTo: boolean,
): boolean {
  if (AGREE.has(verdict) && !wide) return true;
  if (computed === null || step === null || (step.compare(TENTH) > 0 && !isAttachedTo)) return false;
  return computed.toStep(step, 'rounded').equals(value);
}
/** Its first figure stands right before the percentage, whose words say what it is of. A unit that is not known is no reason against it. */
const isStatedOf = (cue: PairCue, percentage: Figure, { inputs: [first] }: Suggested, around: Surroundings): boolean =>
  first !== undefined &&
  first.sentence === percentage.sentence &&
  first.end <= percentage.start &&
  isAttached(cue, around.between(first, percentage));

/** Sentences away, a different unit counting as one. */
function distance({ inputs }: Suggested, percentage: Figure): number {
  const [one, other] = inputs;
  const units = one?.unit === other?.unit ? 0 : 1;
  return inputs.reduce((sum, input) => sum + Math.abs(input.sentence - percentage.sentence), units);
}

/** Pairs whose roles the words give, the most telling first. */
function namedBy(cue: PairCue, percentage: Figure, near: readonly Figure[], around: Surroundings): Candidate[] {
  const here = near.filter((one) => one.sentence === percentage.sentence);
  const before = here.filter((one) => isCount(one) && one.end <= percentage.start).toReversed();
  switch (cue) {
    case 'growth':
    case 'decline':
      return changesNamed(cue, percentage, here, before, around);
    case 'exceeds':
    case 'completion':
      return quotasNamed(cue, near, around);
    case 'share':
      return sharesNamed(percentage, near, before, around);
  }
}

function changesNamed(
  cue: 'growth' | 'decline',
  percentage: Figure,
  here: readonly Figure[],
  before: readonly Figure[],
  around: Surroundings,
): Candidate[] {
  const found: Candidate[] = [];
  const add = (operation: OperationName, inputs: readonly [Figure, Figure]): void => {
    found.push({ kind: 'growth', operation, inputs });
  };
  here.forEach((one, at) => {
    const next = here[at + 1];
    if (next === undefined || !around.fit(one, next) || isCount(one) !== isCount(next)) return;
    if (one.unit === 'point' || next.unit === 'point') return;
    if (around.isFromTo(one, next)) add(cue, [next, one]);
    else if (TO_FROM.test(around.between(one, next)) && TO.test(around.before(one, 24)) && isCount(one))
      add(cue, [one, next]);
    else if (EARLIER_SECOND.test(around.before(next, 24)) && isCount(one) && one.kind !== 'quota')
      add(cue, [one, next]);
    else if (IS_EARLIER.test(around.before(next, 24)) && next.end <= percentage.start && isCount(one))
      add(cue, [one, next]);
    else if (isCount(one) && isAttached(cue, around.between(next, percentage)) && one.kind !== 'quota')
      if (COMPARED_WITH.test(around.before(next, 24))) add(cue, [one, next]);
      else if (isYearBefore(one, next)) add(cue, [next, one]);
      else if (isYearBefore(next, one)) add(cue, [one, next]);
  });
  const [now] = before;
  const then = here.find((one) => one.start >= percentage.end);
  if (now !== undefined && then !== undefined && isCount(then) && around.fit(now, then))
    if (isAttached(cue, around.between(now, percentage)) && PERCENT_FROM.test(around.between(percentage, then)))
      add(cue, [now, then]);
  const [reached, by] = before;
  if (reached !== undefined && by !== undefined && isChange(by, around) && around.fit(reached, by))
    if (BY_TO.test(around.between(by, reached)))
      add(cue === 'growth' ? 'growthByIncrease' : 'declineByDecrease', [reached, by]);
  const [increase, ...others] = before;
  if (increase !== undefined && isChange(increase, around) && percentage.start - increase.end < 24) {
    const later = others.find((one) => one.kind !== 'quota' && one.kind !== 'comparison' && around.fit(one, increase));
    if (later !== undefined) add(cue === 'growth' ? 'growthByIncrease' : 'declineByDecrease', [later, increase]);
  }
  return found;
}

/** 2018年2.2万人，2019年2.8万人: both years are printed. */
function isYearBefore({ period: one, source }: Figure, { period: other, source: otherSource }: Figure): boolean {
  if (source.period !== 'printed' || otherSource.period !== 'printed' || one === null || other === null) return false;
  return (
    Number(other.from.slice(0, 4)) - Number(one.from.slice(0, 4)) === 1 && one.from.slice(4) === other.from.slice(4)
  );
}

/** The quota nearest to the percentage, with the count before it, or after it: “the task was 4,000; 4,386 were transferred”. */
function quotasNamed(cue: 'exceeds' | 'completion', near: readonly Figure[], around: Surroundings): Candidate[] {
  const counts = near.filter(isCount);
  const quotaAt = counts.findLastIndex(({ kind }) => kind === 'quota');
  const at = quotaAt >= 0 ? quotaAt : counts.findLastIndex(({ kind }) => kind === 'plan');
  const quota = counts[at];
  if (quota === undefined) return [];
  const result =
    counts.slice(0, at).findLast((one) => one.kind === 'actual' && around.fit(one, quota)) ??
    counts.slice(at + 1).find((one) => one.kind === 'actual' && around.fit(one, quota));
  return result === undefined ? [] : [{ kind: cue, operation: cue, inputs: [result, quota] }];
}

/** “1,606 women, or 42.3 percent of the total”; 其中妇女1,606人，占42.3%. */
function sharesNamed(
  percentage: Figure,
  near: readonly Figure[],
  before: readonly Figure[],
  around: Surroundings,
): Candidate[] {
  const said = wholeSaid(percentage, near, before, around);
  if (said !== null) return [shareOf(said)];
  const [part] = before;
  if (part === undefined || percentage.start - part.end > 40) return [];
  const isPart =
    PART_OF.test(around.before(part, 48)) ||
    OF_THEM.test(around.after(part)) ||
    /^ ?of the (?:\w+ )?total\b/i.test(around.after(percentage));
  const whole = near.findLast(
    (one) =>
      isCount(one) &&
      one.end <= part.start &&
      (part.unit === null ? one.unit !== null : around.fit(one, part) && one.unit !== null),
  );
  if (!isPart || whole === undefined || whole.value.compare(part.value) < 0) return [];
  return [shareOf([part, whole])];
}

/** “45.9 percent of the 3,286 workers”, 占总人数3,286人的45.9%, “763 of the 1,850 …, 41.2 percent”: part and whole. */
function wholeSaid(
  percentage: Figure,
  near: readonly Figure[],
  before: readonly Figure[],
  around: Surroundings,
): readonly [Figure, Figure] | null {
  const [last, part] = before;
  const earlier = last === undefined ? saidBefore(percentage, near, around) : null;
  if (earlier !== null) return earlier;
  const next = near.find((one) => one.start >= percentage.end);
  if (next !== undefined && last !== undefined && isCount(next) && around.fit(last, next))
    if (SHARE_OF.test(around.between(percentage, next))) return [last, next];
  if (next !== undefined && SHARE_OF.test(around.between(percentage, next)) && isCount(next)) {
    const after = near.find((one) => one.start >= next.end && isCount(one) && around.fit(one, next));
    if (after !== undefined && OR_PART.test(around.between(next, after))) return [after, next];
  }
  if (last === undefined || part === undefined || !around.fit(part, last)) return null;
  const isWhole =
    SHARE_OF_WHOLE.test(around.before(last, 24)) && /^ ?的(?:约|近)?$/.test(around.between(last, percentage));
  return isWhole || OF_THE_WHOLE.test(around.between(part, last)) ? [part, last] : null;
}

/** “Of 4,500 shipments, 1,620 were refused. That is 36 percent of the total”: part and whole of the sentence before. */
function saidBefore(
  percentage: Figure,
  near: readonly Figure[],
  around: Surroundings,
): readonly [Figure, Figure] | null {
  if (!THAT_IS.test(around.before(percentage)) || !OF_THE_TOTAL.test(around.after(percentage))) return null;
  const counts = near.filter((one) => isCount(one) && one.sentence === percentage.sentence - 1);
  const [one, other] = counts;
  if (counts.length !== 2 || one === undefined || other === undefined || !around.fit(one, other)) return null;
  return one.value.compare(other.value) > 0 ? [other, one] : [one, other];
}

/** “Against a target of 15,000, 14,100, or 94 percent”: in one sentence the share of a quota is its completion. Elsewhere it is a share, with its warning. */
function shareOf(inputs: readonly [Figure, Figure]): Candidate {
  const kind = isOfQuota(inputs) ? 'completion' : 'share';
  return { kind, operation: kind, inputs };
}
const isOfQuota = ([result, quota]: readonly [Figure, Figure]): boolean =>
  isPlanned(quota) && !isPlanned(result) && result.sentence === quota.sentence;

/** Pairs of counts that the cue allows; only those that give the percentage to its last digit are kept. */
function triedFor(cue: PairCue, near: readonly Figure[], around: Surroundings): Candidate[] {
  const counts = near.filter((one) => isCount(one) && one.top === null && !one.value.isZero());
  return counts.flatMap((one) =>
    counts.flatMap((other): Candidate[] => {
      if (one === other || !around.fit(one, other)) return [];
      // Growth is from what was to what is: never from a quota to what was done, or back.
      const isOfChange = cue === 'growth' || cue === 'decline';
      if (isOfChange && (one.kind === 'quota') !== (other.kind === 'quota')) return [];
      const isMore = one.value.compare(other.value) > 0;
      const inputs = [one, other] as const;
      switch (cue) {
        case 'share':
          return isMore && !isOfQuota(inputs) ? [] : [shareOf(inputs)];
        case 'completion':
          return [{ kind: 'completion', operation: 'completion', inputs }];
        case 'exceeds':
          return isMore ? [{ kind: 'exceeds', operation: 'exceeds', inputs }] : [];
        case 'growth':
          if (isChange(other, around)) return [{ kind: 'growth', operation: 'growthByIncrease', inputs }];
          return isMore ? [{ kind: 'growth', operation: 'growth', inputs }] : [];
        case 'decline':
          if (isChange(other, around)) return [{ kind: 'growth', operation: 'declineByDecrease', inputs }];
          return isMore ? [] : [{ kind: 'growth', operation: 'decline', inputs }];
      }
    }),
  );
}

/** The value that a percentage is attached to. None in lists, where each percentage is of another value: 分别增长3%、7%. */
function valueOf(cue: PairCue, percentage: Figure, near: readonly Figure[], around: Surroundings): Figure | undefined {
  if (/^ ?[、和及与] ?\d/.test(around.after(percentage, 4))) return undefined;
  const value = near.findLast((one) => one.sentence === percentage.sentence && one.end <= percentage.start);
  if (value === undefined || !isCount(value) || value.unit === null || value.top !== null) return undefined;
  if ((cue === 'growth' || cue === 'decline') && (value.kind === 'quota' || isEarlier(value, around))) return undefined;
  if (isChange(value, around)) return undefined;
  return isAttached(cue, around.between(value, percentage)) ? value : undefined;
}

const isChange = (value: Figure, around: Surroundings): boolean =>
  value.kind === 'comparison' || SINCE_THEN.test(around.before(value, 24));
/** 去年实际完成1.26万人: what is said next is of this year. */
function isEarlier(value: Figure, around: Surroundings): boolean {
  const before = around.before(value, 24);
  return IS_EARLIER.test(before) || COMPARED_WITH.test(before);
}

/** Nothing to compare with is printed: the value that the percentage implies. */
const OF_VALUE = /^ ?of (?:these|them|those|whom|which)\b/i;
function impliedBy(cue: PairCue, percentage: Figure, value: Figure, around: Surroundings): Suggested[] {
  const isOfValue =
    cue === 'share' && (OF_VALUE.test(around.after(percentage)) || PART_OF.test(around.before(percentage, 12)));
  const operation: Record<PairCue, OperationName> = {
    growth: 'earlierByGrowth',
    decline: 'earlierByDecline',
    share: isOfValue ? 'part' : 'whole',
    completion: 'whole',
    exceeds: 'earlierByGrowth',
  };
  const name = operation[cue];
  const inputs = [value, percentage];
  return [around.suggest('implied', name, inputs, null)];
}
