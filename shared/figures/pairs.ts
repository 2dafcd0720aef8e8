import type { Figure } from './figure.ts';
import type { OperationName } from './operations.ts';
import { isAttached } from './attached.ts';
import { changesBeside, changesNamed, isAside, isChange } from './change-pairs.ts';
import { type Listed, listedOf, saidOfList } from './lists.ts';
import { inNamedList } from './named-lists.ts';
import { cuesOf, type PairCue } from './pair-cues.ts';
import { COMPARED_WITH, IS_EARLIER, OR_PART_AFTER, PART_OF } from './pair-words.ts';
import { Rational } from './rational.ts';
import { type Candidate, isOfAnother, isOfQuota, shareOf, sharesNamed, sharesOfListed } from './share-pairs.ts';
import { isCount, isPercentage, isPlanned, type Suggested, type Surroundings } from './surroundings.ts';
import { isWorded, wordedOf } from './worded.ts';

/**
 * What a percentage was computed from: what the wording names, or counts around it that give just this percentage. Where it is
 * attached to a value (3,480, up 17.6 percent), that value has to be one of them.
 */
export function pairsOf(percentage: Figure, around: Surroundings): readonly Suggested[] {
  const worded = isWorded(percentage) ? wordedOf(percentage, around) : null;
  if (worded !== null) return [worded];
  if (percentage.top !== null) return [];
  const named = inNamedList(percentage, around);
  if (named !== null) return [named];
  const near = around.near(percentage);
  const listed = isPercentage(percentage) ? listedOf(percentage, around) : null;
  const said = listed === null ? around.before(percentage) : around.before(listed.head).replace(/分别|依次/g, '');
  const found = cuesOf(said, around.after(percentage))
    // A third, a quarter: only of a whole.
    .filter((cue) => isPercentage(percentage) || cue === 'share')
    .filter((cue) => (cue !== 'growth' && cue !== 'decline') || !isLevel(percentage, near, around))
    .map((cue) => pairFor(cue, percentage, listed, near, around));
  // Where several words could say it, the first that comes out, unless a pair is named before it: that one is wrong then.
  const best = found.find(({ agreed, isNamed }) => agreed !== null || isNamed) ?? found[0];
  if (best === undefined) return [];
  return best.agreed === null ? best.others : [best.agreed];
}

/** From 4.08 to 2.67 percent: each is a level of a rate, by which nothing grew. */
const isLevel = (percentage: Figure, near: readonly Figure[], around: Surroundings): boolean =>
  near.some((one) => isPercentage(one) && (around.isFromTo(one, percentage) || around.isFromTo(percentage, one)));

interface PairFound {
  /** A pair that gives the percentage. */
  readonly agreed: Suggested | null;
  /** Else the pair that the words name, or what the percentage implies. */
  readonly others: readonly Suggested[];
  readonly isNamed: boolean;
}

function pairFor(
  cue: PairCue,
  percentage: Figure,
  listed: Listed | null,
  near: readonly Figure[],
  around: Surroundings,
): PairFound {
  const candidates =
    listed === null ? namedBy(cue, percentage, near, around) : cue === 'share' ? sharesOfListed(listed, around) : [];
  const named = candidates
    .map(({ kind, operation, inputs }) => around.suggest(kind, operation, inputs, percentage))
    .filter((one) => !isOfAnotherPercentage(one, near, around))
    // Words of another sentence name no two figures so surely that a disagreement would be the text's.
    .filter(
      ({ kind, inputs, check }) =>
        kind !== 'growth' || isHere(inputs, percentage) || (check.verdict !== 'fails' && !check.wide),
    );
  const value = listed === null ? valueOf(cue, percentage, near, around) : valueOfListed(cue, listed, around);
  const agreed = named.find(agrees) ?? (named.length > 0 ? null : numericFor(cue, percentage, value, near, around));
  if (named.length > 0) {
    const nearest = named.toSorted(byDistance(percentage));
    const possible = nearest.find(({ check: { verdict } }) => verdict !== 'fails');
    return { agreed, others: [...(possible === undefined ? nearest : [possible])].slice(0, 1), isNamed: true };
  }
  const implied = value === undefined ? [] : impliedBy(cue, percentage, value, around);
  return { agreed, others: implied, isNamed: false };
}

const lengthFrom = ({ inputs }: Suggested, { start }: Figure): number =>
  inputs.reduce((sum, input) => sum + Math.abs(input.start - start), 0);
const byDistance =
  (percentage: Figure) =>
  (one: Suggested, other: Suggested): number =>
    lengthFrom(one, percentage) - lengthFrom(other, percentage);

/** “Sales rose 19.2 percent to A from B, those of old shops 2.7 percent”: the two that give another percentage are not said of this one. */
function isOfAnotherPercentage(
  { kind, inputs, printed, check: { verdict } }: Suggested,
  near: readonly Figure[],
  around: Surroundings,
): boolean {
  if (kind !== 'growth' || verdict !== 'fails' || printed === null) return false;
  const from = Math.min(...inputs.map(({ start }) => start));
  const to = Math.max(...inputs.map(({ start }) => start));
  return near.some(
    (other) =>
      other.sentence === printed.sentence &&
      // “42,000, almost halving compared to 83,000”
      ((isWorded(other) && from < other.start && other.start < to) || isPercentage(other)) &&
      (isWorded(other) ||
        (['growth', 'decline'] as const).some((operation) =>
          AGREE.has(around.suggest('growth', operation, inputs, other).check.verdict),
        )),
  );
}

const isHere = (inputs: readonly Figure[], { sentence }: Figure): boolean =>
  inputs.some((input) => input.sentence === sentence);

/** Pairs that nothing names, where they give the percentage to its last digit; the nearest. */
function numericFor(
  cue: PairCue,
  percentage: Figure,
  value: Figure | undefined,
  near: readonly Figure[],
  around: Surroundings,
): Suggested | null {
  const part =
    value ?? (cue === 'share' ? (bracketed(percentage, near, around) ?? orPart(percentage, near, around)) : undefined);
  const tried = triedFor(cue, near, around);
  // One of many pairs gives a whole number of percent by chance.
  const isChance = (percentage.step?.compare(TENTH) ?? 1) > 0 && tried.length > MOST_BY_CHANCE;
  if (part === undefined && isChance) return null;
  const [nearest] = tried
    .filter(({ inputs: [first] }) => part === undefined || first === part)
    .filter(({ operation, inputs }) => around.isNear(operation, inputs, percentage))
    .filter(({ kind, inputs: [first, whole] }) => kind !== 'share' || !isOfAnother(percentage, first, whole, around))
    .map(({ kind, operation, inputs }) => around.suggest(kind, operation, inputs, percentage, 'numbers'))
    .filter((one) => agreesToTheDigit(one, percentage, isStatedOf(cue, percentage, one, around)))
    // Cut off, and of numbers of another sentence: by chance.
    .filter(({ inputs, check: { verdict } }) => verdict !== 'truncates' || isHere(inputs, percentage))
    .toSorted((one, other) => distance(one, percentage) - distance(other, percentage));
  return nearest ?? null;
}

const MOST_BY_CHANCE = 3;

/** “30.5 million (18.6 percent)”: of that value, whatever else would give it. */
const bracketed = (percentage: Figure, near: readonly Figure[], around: Surroundings): Figure | undefined =>
  near.findLast(
    (one) =>
      isCount(one) &&
      one.end <= percentage.start &&
      /^(?: [a-z]+)? ?[(（](?:or |about |some |only |nearly |约)?$/i.test(around.between(one, percentage)),
  );

/** “About 60 percent, or 185 million, went to schools”: the part comes after its share. */
const orPart = (percentage: Figure, near: readonly Figure[], around: Surroundings): Figure | undefined =>
  near.find(
    (one) =>
      isCount(one) &&
      one.sentence === percentage.sentence &&
      one.start >= percentage.end &&
      OR_PART_AFTER.test(around.between(percentage, one)),
  );

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
  (first.end <= percentage.start
    ? isAttached(cue, around.between(first, percentage))
    : cue === 'share' && OR_PART_AFTER.test(around.between(percentage, first)));

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
      return changesSaid(
        cue,
        percentage,
        near,
        before.filter((one) => !isAside(one, around) && !around.isOtherForm(one)),
        around,
      );
    case 'exceeds':
    case 'completion':
      return quotasNamed(cue, percentage, near, around);
    case 'share':
      return sharesNamed(
        percentage,
        near,
        // 24.47万所，比上年增加1.06万所，占全国的83%: of how many there are.
        before.filter((one, at) => !isChange(one, around) || at === before.length - 1),
        around,
      );
  }
}

/** Those of its own sentence, else those of the sentences beside it. */
function changesSaid(
  cue: 'growth' | 'decline',
  percentage: Figure,
  near: readonly Figure[],
  before: readonly Figure[],
  around: Surroundings,
): Candidate[] {
  const named = changesNamed(cue, percentage, near, before, around);
  return named.length > 0 ? named : changesBeside(cue, percentage, near, around);
}

/** The quota nearest to the percentage, with the count before it, or after it: “the task was 4,000; 4,386 were transferred”. */
function quotasNamed(
  cue: 'exceeds' | 'completion',
  percentage: Figure,
  near: readonly Figure[],
  around: Surroundings,
): Candidate[] {
  const counts = near.filter(isCount);
  // 完成全年900万人目标的73%。…完成全年500万人目标的58%: each its own.
  const isOwn = (one: Figure): boolean => isPlanned(one) && one.sentence === percentage.sentence;
  const beforeAt = counts.findLastIndex((one) => isOwn(one) && one.end <= percentage.start);
  const ownAt = beforeAt >= 0 ? beforeAt : counts.findIndex(isOwn);
  const quotaAt = ownAt >= 0 ? ownAt : counts.findLastIndex(({ kind }) => kind === 'quota');
  const at = quotaAt >= 0 ? quotaAt : counts.findLastIndex(({ kind }) => kind === 'plan');
  const quota = counts[at];
  if (quota === undefined) return [];
  const result =
    completing(cue, percentage, counts[at - 1], quota, around) ??
    counts.slice(0, at).findLast((one) => one.kind === 'actual' && around.fit(one, quota)) ??
    counts
      .slice(at + 1)
      .find((one) => one.kind === 'actual' && around.fit(one, quota) && !isRightOf(quota, percentage, one, around));
  return result === undefined ? [] : [{ kind: cue, operation: cue, inputs: [result, quota] }];
}

/** 任务1200人的114%；…: what stands after it is of something else. */
const isRightOf = (quota: Figure, percentage: Figure, one: Figure, around: Surroundings): boolean =>
  one.start >= percentage.end && /^的?(?:约|近)?$/.test(around.between(quota, percentage));
const COMPLETES = /^，(?:已|已经)?(?:超额)?(?:完成|占|达到?|为)[^，。；\d]{0,12}$/;
/** 创造岗位1374个，完成任务1200人的114%: the result right before its quota, in another unit only where the two give the percentage. */
function completing(
  cue: 'exceeds' | 'completion',
  percentage: Figure,
  result: Figure | undefined,
  quota: Figure,
  around: Surroundings,
): Figure | undefined {
  if (result?.kind !== 'actual' || result.sentence !== quota.sentence || result.end > quota.start) return undefined;
  if (!COMPLETES.test(around.between(result, quota))) return undefined;
  return around.fit(result, quota) || agrees(around.suggest(cue, cue, [result, quota], percentage))
    ? result
    : undefined;
}

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

const valueOfListed = (cue: PairCue, listed: Listed, around: Surroundings): Figure | undefined =>
  isAttached(cue, saidOfList(listed, around)) ? listed.of : undefined;

/** The value that a percentage is attached to. None in lists, where each percentage is of another value: 分别增长3%、7%. */
function valueOf(cue: PairCue, percentage: Figure, near: readonly Figure[], around: Surroundings): Figure | undefined {
  if (/^ ?[、和及与] ?\d/.test(around.after(percentage, 4))) return undefined;
  const value = near.findLast(
    (one) => one.sentence === percentage.sentence && one.end <= percentage.start && !around.isOtherForm(one),
  );
  if (value === undefined || !isCount(value) || value.unit === null || value.top !== null) return undefined;
  if ((cue === 'growth' || cue === 'decline') && (value.kind === 'quota' || isEarlier(value, around))) return undefined;
  if (isChange(value, around)) return undefined;
  return isAttached(cue, around.plainBetween(value, percentage)) ? value : undefined;
}

const FROM_HERE = /\bfrom (?:[a-z]+ ){0,2}$/i;
/** 去年实际完成1.26万人: what is said next is of this year. */
function isEarlier(value: Figure, around: Surroundings): boolean {
  const before = around.before(value, 24);
  return IS_EARLIER.test(before) || COMPARED_WITH.test(before) || FROM_HERE.test(before);
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
