import { isAttached } from './attached.ts';
import { CHANGED_BY_HERE, FROM_HERE, isChange } from './change-pairs.ts';
import type { Figure } from './figure.ts';
import { agrees, isHere, isOfAnotherPercentage, isOfSame, TENTH } from './other-percentages.ts';
import type { PairCue } from './cue-wording.ts';
import { COMPARED_WITH, IS_EARLIER, OR_PART_AFTER, OR_SAME, SHARE_OF } from './pair-words.ts';
import { isOfAnother, isOfQuota, shareOf } from './share-pairs.ts';
import { type Candidate, isCount, type Suggested, type Surroundings } from './surroundings.ts';

/** Pairs that no words name but that give the percentage to its last digit. Returns the nearest. */
export function numericFor(
  cue: PairCue,
  percentage: Figure,
  value: Figure | undefined,
  near: readonly Figure[],
  around: Surroundings,
): Suggested | null {
  const part =
    value ??
    attachedTo(cue, percentage, near, around) ??
    (cue === 'share' ? (bracketed(percentage, near, around) ?? orPart(percentage, near, around)) : undefined);
  // A change is no part: “has risen by 104,600 (or 0.9 percent)”.
  if (cue === 'share' && part?.language === 'en' && CHANGED_BY_HERE.test(around.before(part, 32))) return null;
  // The words name the part, whatever it counts: “92,051 applications …, 2,857 investigations, or 3.1 percent”.
  const isTenth = (percentage.step?.compare(TENTH) ?? 1) <= 0;
  const tried = triedFor(cue, near, around, cue === 'share' && isTenth ? part : undefined);
  const reached = cue === 'growth' || cue === 'decline' ? reachedBy(percentage, near, around) : undefined;
  const whole = cue === 'share' ? wholeAfter(percentage, near, around) : undefined;
  // If many pairs are tried, one gives a whole number of percent by chance.
  const isWhole = (percentage.step?.compare(TENTH) ?? 1) > 0;
  if (part === undefined && isWhole && tried.length > MOST_BY_CHANCE) return null;
  const bound = tried.filter(
    ({ inputs: [first, second] }) =>
      (part === undefined || first === part) &&
      (reached === undefined || first === reached) &&
      (whole === undefined || second === whole),
  );
  if (percentage.language === 'en' && isWhole && bound.length > MOST_BOUND) return null;
  const [nearest] = bound
    .filter((one) => isHere(one.inputs, percentage) || isOfSame(one, percentage, around))
    .filter(({ operation, inputs }) => around.isNear(operation, inputs, percentage))
    .filter(({ kind, inputs: [first, second] }) => kind !== 'share' || !isOfAnother(percentage, first, second, around))
    .filter(({ kind, inputs: [first] }) => kind !== 'share' || !isOfIncrease(percentage, first, around))
    .filter(({ kind, inputs: [, second] }) => kind !== 'share' || !isWhole || isNamedWhole(percentage, second, around))
    .map(({ kind, operation, inputs }) => around.suggest(kind, operation, inputs, percentage, 'numbers'))
    .filter((one) => !isOfAnotherPercentage(one, near, around))
    .filter((one) =>
      agreesToTheDigit(one, percentage, one.inputs[0] === value || isStatedOf(cue, percentage, one, around)),
    )
    // A truncated result with a number of another sentence is chance.
    .filter(({ inputs, check: { verdict } }) => verdict !== 'truncates' || isHere(inputs, percentage))
    .toSorted((one, other) => distance(one, percentage) - distance(other, percentage));
  return nearest ?? null;
}

/**
 * Whether the sentence of a whole contains the noun that a percentage is said to be of: “2.1 million, or 3 percent of the labor force”. True
 * in Chinese, in one sentence, and if no noun is given.
 */
function isNamedWhole(percentage: Figure, whole: Figure, around: Surroundings): boolean {
  if (percentage.language === 'zh' || whole.sentence === percentage.sentence) return true;
  const name = OF_NAMED.exec(around.after(percentage))?.[1]?.replace(/s$/, '');
  if (name === undefined || /^(?:total|whole|them|these|those)$/i.test(name)) return true;
  return `${around.sentenceTo(whole)}${around.after(whole, 160)}`.toLowerCase().includes(name.toLowerCase());
}
const OF_NAMED =
  /^ of (?:[a-z-]+ ){0,4}?([a-z]{4,})(?=[.,;:)]|$| (?:in|of|for|from|at|that|who|were|was|and|compared)\b)/i;

/**
 * Whether the part is an increase while the share is of the level: 958万人，比上年增加29万人，增长3.1%，占总量的3.3% (“9.58 million, 290,000 more than the year
 * before, up 3.1%, 3.3% of the total”).
 */
const isOfIncrease = (percentage: Figure, part: Figure, around: Surroundings): boolean =>
  percentage.language === 'zh' && isChange(part, around) && !/增[^，。；]*$/.test(around.before(percentage, 24));

const MOST_BY_CHANCE = 3;
/** The most pairs of one given part that may be tried: of more, one gives a whole number of percent by chance. */
const MOST_BOUND = 4;

/** The value right before a percentage in brackets, to which the percentage belongs: “30.5 million (18.6 percent)”. */
const bracketed = (percentage: Figure, near: readonly Figure[], around: Surroundings): Figure | undefined =>
  near.findLast(
    (one) =>
      isCount(one) &&
      one.end <= percentage.start &&
      /^(?: [a-z]+)? ?[(（](?:or |about |some |only |nearly |约)?$/i.test(around.between(one, percentage)),
  );

/** The whole that follows the percentage: “25 percent of the 84.7 million barrels”. */
const wholeAfter = (percentage: Figure, near: readonly Figure[], around: Surroundings): Figure | undefined =>
  near.find(
    (one) =>
      isCount(one) &&
      one.start >= percentage.end &&
      !around.between(percentage, one).includes(':') &&
      SHARE_OF.test(around.between(percentage, one)),
  );

/** The value that a change leads to: “rose 12% to 4.76”. */
const reachedBy = (percentage: Figure, near: readonly Figure[], around: Surroundings): Figure | undefined =>
  countAfter(percentage, near, around, REACHED_AFTER);
const REACHED_AFTER = /^(?: [a-z-]+){0,5} to (?:(?!(?:from|and|but|by)\b)[a-z-]+ ){0,6}[A-Z]{0,3}[$£€]?$/i;

/** The part that follows its share: “About 60 percent, or 185 million, went to schools”. */
const orPart = (percentage: Figure, near: readonly Figure[], around: Surroundings): Figure | undefined =>
  countAfter(percentage, near, around, OR_PART_AFTER);

/** The first count after a percentage, in its sentence, with such words between them. */
const countAfter = (
  percentage: Figure,
  near: readonly Figure[],
  around: Surroundings,
  between: RegExp,
): Figure | undefined =>
  near.find(
    (one) =>
      isCount(one) &&
      one.sentence === percentage.sentence &&
      one.start >= percentage.end &&
      between.test(around.between(percentage, one)),
  );

/**
 * Whether a pair gives the percentage so exactly that inputs such as “over 471,200” may be used. With a decimal, agreement by chance is rare.
 * The same holds if the words name one of the two values, since only the other is then tried.
 */
function agreesToTheDigit(suggested: Suggested, { step, value }: Figure, isAttachedTo: boolean): boolean {
  const { computed, wide } = suggested.check;
  if (agrees(suggested) && !wide) return true;
  if (computed === null || step === null || (step.compare(TENTH) > 0 && !isAttachedTo)) return false;
  return computed.toStep(step, 'rounded').equals(value);
}
/** Whether the first figure stands right before the percentage, whose words name what it is a percentage of. An unknown unit is accepted. */
const isStatedOf = (cue: PairCue, percentage: Figure, { inputs: [first] }: Suggested, around: Surroundings): boolean =>
  first !== undefined &&
  first.sentence === percentage.sentence &&
  (first.end <= percentage.start
    ? isAttached(cue, around.between(first, percentage))
    : cue === 'share' && OR_PART_AFTER.test(around.between(percentage, first)));

/** How many sentences the pair is away from the percentage; a different unit counts as one. */
function distance({ inputs }: Suggested, percentage: Figure): number {
  const [one, other] = inputs;
  const units = one?.unit === other?.unit ? 0 : 1;
  return inputs.reduce((sum, input) => sum + Math.abs(input.sentence - percentage.sentence), units);
}

/** The pairs of counts that the cue allows, before any is computed. */
function triedFor(cue: PairCue, near: readonly Figure[], around: Surroundings, part?: Figure): Candidate[] {
  // “A 39-hour week” counts nothing.
  const counts = near.filter(
    (one) => isCount(one) && one.top === null && !one.value.isZero() && !/^-[a-z]/.test(around.after(one, 2)),
  );
  return counts.flatMap((one) =>
    counts.flatMap((other): Candidate[] => {
      if (one === other || !(around.fit(one, other) || (one === part && around.fitByWords(one, other)))) return [];
      // Growth compares two values over time, so never a quota with a result.
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

/**
 * The value that a percentage is attached to. None in lists, where each percentage belongs to another value: 分别增长3%、7% (“grew 3% and 7%
 * respectively”).
 */
export function valueOf(
  cue: PairCue,
  percentage: Figure,
  near: readonly Figure[],
  around: Surroundings,
): Figure | undefined {
  const value = attachedTo(cue, percentage, near, around);
  return value?.unit === null ? undefined : value;
}
function attachedTo(
  cue: PairCue,
  percentage: Figure,
  near: readonly Figure[],
  around: Surroundings,
): Figure | undefined {
  if (/^ ?[、和及与] ?\d/.test(around.after(percentage, 4))) return undefined;
  const value = near.findLast(
    (one) => one.sentence === percentage.sentence && one.end <= percentage.start && !around.isOtherForm(one),
  );
  if (value === undefined || !isCount(value) || value.top !== null) return undefined;
  if ((cue === 'growth' || cue === 'decline') && (value.kind === 'quota' || isEarlier(value, around))) return undefined;
  if (isChange(value, around)) return undefined;
  // In “up 17 billion, or 44 percent” both are the change.
  if (CHANGED_BY_HERE.test(around.before(value, 32)) && OR_SAME.test(around.between(value, percentage)))
    return undefined;
  const words = around.plainBetween(value, percentage);
  // The percentage is of another change: “to 2,803 billion in May after rising 0.6 percent in April”.
  if (/\bafter (?:an? )?[a-z]+(?: [a-z]+){0,2} $/i.test(words)) return undefined;
  return isAttached(cue, words) ? value : undefined;
}

/** Whether a value is of an earlier year: 去年实际完成1.26万人 (“12,600 achieved last year”). What follows it is of this year. */
function isEarlier(value: Figure, around: Surroundings): boolean {
  const before = around.before(value, 24);
  return IS_EARLIER.test(before) || COMPARED_WITH.test(before) || FROM_HERE.test(before);
}
