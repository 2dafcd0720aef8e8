import { isAttached } from './attached.ts';
import type { Figure } from './figure.ts';
import type { OperationName } from './operations.ts';
import {
  BARE_CHANGE,
  BY_TO,
  COMPARED_WITH,
  EARLIER_SECOND,
  IS_EARLIER,
  OR_SAME,
  PERCENT_FROM,
  SINCE_THEN,
} from './pair-words.ts';
import { type Candidate, isCount, isPercentage, isPlanned, type Surroundings } from './surroundings.ts';
import { TO_FROM } from './worded-cues.ts';

/** Whether a figure is an amount of change (“up by 300”) and not a level (“now 300”). */
export const isChange = (value: Figure, around: Surroundings): boolean =>
  value.kind === 'comparison' ||
  SINCE_THEN.test(around.before(value, 24)) ||
  BARE_CHANGE.test(around.before(value, 24));

/** Pairs of an earlier and a later value, or of a value and its change, that the words of the sentence name. */
export function changesNamed(
  cue: 'growth' | 'decline',
  percentage: Figure,
  near: readonly Figure[],
  before: readonly Figure[],
  around: Surroundings,
): Candidate[] {
  const here = near.filter(
    (one) =>
      one.sentence === percentage.sentence &&
      !around.isOtherForm(one) &&
      (isCount(one) || isPercentage(one) || one.unit === 'permille'),
  );
  const found: Candidate[] = [];
  const add = (operation: OperationName, inputs: readonly [Figure, Figure]): void => {
    found.push({ kind: 'growth', operation, inputs });
  };
  here.forEach((one, at) => {
    const next = here[at + 1];
    if (next === undefined || !around.fitByWords(one, next) || isCount(one) !== isCount(next)) return;
    if (one.unit === 'point' || next.unit === 'point') return;
    // Levels of a rate are used only if the words of the percentage stand beside them.
    if (isPercentage(one) && !isBeside(cue, percentage, one, next, around)) return;
    if (around.isFromTo(one, next)) add(cue, [next, one]);
    else if (TO_FROM.test(around.plainBetween(one, next)) && TO_A.test(around.before(one, 64)) && isCount(one))
      add(cue, [one, next]);
    else if (isEarlierSecond(one, next, around) && !isSinceLast(percentage, one, next, around)) {
      // The value that a comparison with an average leads to is the average: “would have to spend 39 percent more than its 3,630, compared to the
      // average of 5,038”.
      const isOther = AVERAGE_BEFORE.test(around.before(next, 24)) && cue === 'growth' && around.isLess(one, next);
      add(cue, isOther ? [next, one] : [one, next]);
    } else if (/^ ?相比/.test(around.after(next, 4)) && isCount(one)) add(cue, [one, next]);
    else if (isBracketed(cue, percentage, one, next, around)) add(cue, [one, next]);
    else if (IS_EARLIER.test(around.before(next, 24)) && next.end <= percentage.start && isCount(one))
      add(cue, [one, next]);
    else if (isCount(one) && isAttached(cue, around.between(next, percentage)) && one.kind !== 'quota')
      if (COMPARED_WITH.test(around.before(next, 24)) && !isChange(next, around)) add(cue, [one, next]);
      else if (isYearBefore(one, next)) add(cue, [next, one]);
      else if (isYearBefore(next, one)) add(cue, [one, next]);
  });
  const amount = amountSaid(cue, percentage, here, near, around);
  if (amount !== null) found.push(amount);
  const since = percentFrom(cue, percentage, here, before, around);
  if (since !== null) found.push(since);
  const [reached, by] = before;
  if (reached !== undefined && by !== undefined && isChange(by, around) && around.fit(reached, by))
    if (BY_TO.test(around.between(by, reached)))
      add(cue === 'growth' ? 'growthByIncrease' : 'declineByDecrease', [reached, by]);
  const [increase, ...others] = before;
  if (increase !== undefined && isChange(increase, around) && percentage.start - increase.end < 64) {
    const isLater = (one: Figure): boolean =>
      isCount(one) &&
      one.kind !== 'quota' &&
      one.kind !== 'comparison' &&
      around.fit(one, increase) &&
      !isChange(one, around) &&
      !/[；;]/.test(around.between(one, increase)) &&
      !/^ ?相比/.test(around.after(one, 4));
    const isSame = OR_SAME.test(around.between(increase, percentage));
    const later =
      others.find(isLater) ??
      near.findLast(
        (one) => isSame && one.sentence < percentage.sentence && isLater(one) && around.isLess(increase, one),
      );
    const [last, earlier] = others;
    // Two years and both forms of the change: 2013年为1371亿美元，2017年达1686亿美元，增加315亿美元，增长23% (“137.1 billion dollars in 2013, 168.6 in 2017, up 31.5
    // billion, up 23%”).
    if (last !== undefined && last === later && earlier !== undefined && isOfLaterYear(last, earlier, around))
      add(cue, [last, earlier]);
    if (later !== undefined) add(cue === 'growth' ? 'growthByIncrease' : 'declineByDecrease', [later, increase]);
  }
  return found;
}

/** The two values of “9,640, down 12 percent from 10,950”, where the earlier value follows the percentage. Returns null if none follows. */
function percentFrom(
  cue: 'growth' | 'decline',
  percentage: Figure,
  here: readonly Figure[],
  before: readonly Figure[],
  around: Surroundings,
): Candidate | null {
  const now = before.find(
    (one) =>
      !isEarlierValue(one, around) &&
      !isBase(one, around) &&
      !isBaseOfAnother(percentage, one, here, around) &&
      !isChange(one, around) &&
      !isAmountOf(percentage, one, around),
  );
  const then = here.find(
    (one) => one.start >= percentage.end && isCount(one) && PERCENT_FROM.test(around.between(percentage, one)),
  );
  if (now === undefined || then === undefined || !around.fit(now, then)) return null;
  const words = around.plainBetween(now, percentage);
  // The amount of the same change may stand before the percentage: “1,361 million, a decrease of 142 million, or 9.4 percent, from”.
  const [last] = before;
  const isOfAmount = last !== undefined && isChange(last, around) && OR_SAME.test(around.between(last, percentage));
  const isSaid =
    isAttached(cue, words) ||
    OR.test(words) ||
    isOfAmount ||
    isEarlierValue(then, around) ||
    isSecondBase(cue, percentage, now, here, around);
  return isSaid ? { kind: 'growth', operation: cue, inputs: [now, then] } : null;
}

/**
 * Finds the amount of a change and the value that it leads to, before or after it: “rose 20.5 points, or 0.2%, to 10,847”, “rose 0.9 percent,
 * or 32.4 billion, to 3,581 billion”, “a 20 percent fall, down 54 million to 262 million”. Returns null if the words name no such two.
 */
function amountSaid(
  cue: 'growth' | 'decline',
  percentage: Figure,
  here: readonly Figure[],
  near: readonly Figure[],
  around: Surroundings,
): Candidate | null {
  const counts = here.filter((one) => isCount(one) && one.top === null);
  const before = counts.findLast((one) => one.end <= percentage.start);
  const after = counts.find((one) => one.start >= percentage.end);
  const operation = cue === 'growth' ? 'growthByIncrease' : 'declineByDecrease';
  const words = before === undefined ? '' : around.before(before, 40);
  const isAmount =
    before !== undefined &&
    OR_SAME.test(around.between(before, percentage)) &&
    !AFTER_A_CHANGE.test(words) &&
    (CHANGED_BY_HERE.test(words) || THIS_IS.test(words) || MORE_THAN.test(around.after(percentage, 24)));
  if (isAmount) {
    const reached = after !== undefined && isReached(around.between(percentage, after)) ? after : undefined;
    const value =
      reached ??
      counts.findLast((one) => one.end <= before.start) ??
      (THIS_IS.test(words) ? near.findLast((one) => isCount(one) && one.sentence < percentage.sentence) : undefined);
    return value === undefined || !around.fitByWords(value, before)
      ? null
      : { kind: 'growth', operation, inputs: [value, before] };
  }
  if (after === undefined) return null;
  // The value may also stand before the percentage: “127.6 million, up 16 percent or 17.4 million from”.
  const isLast = counts.at(-1) === after;
  const now = isLast && isOrAmount(percentage, before, after, cue, around) ? before : undefined;
  if (now !== undefined) return { kind: 'growth', operation, inputs: [now, after] };
  const value = counts.find((one) => one.start >= after.end);
  if (value === undefined || !around.fit(value, after) || !REACHED.test(around.between(after, value))) return null;
  const link = around.between(percentage, after);
  return OR_AMOUNT.test(link) || BY_AMOUNT.test(link) ? { kind: 'growth', operation, inputs: [value, after] } : null;
}
/** Whether a value is the earlier value of another percentage. */
const isBaseOfAnother = (percentage: Figure, one: Figure, here: readonly Figure[], around: Surroundings): boolean =>
  here.some(
    (other) =>
      other !== percentage &&
      isPercentage(other) &&
      other.end <= one.start &&
      PERCENT_FROM.test(around.between(other, one)),
  );
/** Whether a second percentage has the same present value: “3.2 million, up 12 percent from A and 45 percent from B”. */
function isSecondBase(
  cue: 'growth' | 'decline',
  percentage: Figure,
  now: Figure,
  here: readonly Figure[],
  around: Surroundings,
): boolean {
  if (!/\b(?:and|or) (?:by |up |down )?(?:about |some |nearly )?$/i.test(around.before(percentage, 24))) return false;
  const first = here.find((one) => isPercentage(one) && one.start >= now.end && one.end <= percentage.start);
  const isFrom = here.some((one) => first !== undefined && one.start >= first.end && one.end <= percentage.start);
  return first !== undefined && isFrom && isAttached(cue, around.plainBetween(now, first));
}
export const CHANGED_BY_HERE =
  /\b(?:rose|risen|rise|rising|fell|fallen|fall|falling|gain(?:ed|s|ing)?|lost|add(?:ed|s|ing)?|drop(?:ped|s|ping)?|declin(?:ed?|es|ing)|climb(?:ed|s|ing)?|jump(?:ed|s|ing)?|grew|grown|growing|up|down|increas(?:ed?|es|ing)|decreas(?:ed?|es|ing)|slipped|slid|surged|plunged|tumbled|improved|reduced|expanded|shrank)(?: (?:by|of|about|some|a|an|nearly|over|almost|around))*,? ?$/i;
/** Words that put a value before another change, whose part it is not: “after falling by 58 billion or two percent”. */
const AFTER_A_CHANGE = /\bafter (?:an? )?(?:[a-z]+ )?[a-z]+(?: (?:by|of))?(?: (?:about|some|nearly))? $/i;
const MORE_THAN =
  /^(?:, (?:more|less|fewer|higher|lower|greater|above|below)\b| (?:more|less|fewer|higher|lower|greater) than\b)/i;
const THIS_IS = /^(?:this|that|it|which) [a-z]+ (?:about |some |nearly )?$/i;
const REACHED = /^[^.;\d]{0,48}\b(?:to|at|reach(?:ed|ing)) (?:[a-z-]+ ){0,7}$/i;
const isReached = (between: string): boolean => REACHED.test(between) && !/\bcompared\b/i.test(between);
const OR_AMOUNT = /^(?: [a-z-]+)?(?:,? (?:or|[–—-]) (?:by )?| [(])(?:about |some |nearly |almost )?$/i;
const BY_AMOUNT = /^[^.;\d]{0,40},? (?:up|down|by|of) (?:about |some |nearly |almost )?$/i;

/**
 * Whether a bare number in brackets right after a value is the value of the year before: “32.4 (35.0) million, down 7.6 percent”. The two must
 * be able to give the percentage.
 */
function isBracketed(
  cue: 'growth' | 'decline',
  percentage: Figure,
  one: Figure,
  next: Figure,
  around: Surroundings,
): boolean {
  if (!isCount(one) || next.source.unit !== null || !BRACKET.test(around.between(one, next))) return false;
  if (one.top !== null || next.top !== null || decimalsOf(one) !== decimalsOf(next)) return false;
  const after = AFTER_BRACKET.exec(around.between(next, percentage))?.[0];
  const isSaid =
    percentage.start >= next.end
      ? after !== undefined && isAttached(cue, around.between(next, percentage).slice(after.length))
      : REACHED_OR_WAS.test(around.between(percentage, one));
  if (!isSaid) return false;
  return around.suggest('growth', cue, [one, next], percentage).check.verdict !== 'fails';
}
const BRACKET = /^ ?[(]$/;
const AFTER_BRACKET = /^[)](?: (?:thousand|million|billion))?/;
const REACHED_OR_WAS = /^[^.;\d]{0,24}\b(?:to|was|were|at|reached|totall?ed) $/i;
const decimalsOf = ({ text }: Figure): number => /\.(\d+)/.exec(text)?.[1]?.length ?? 0;

const YEARS = /\b(?:19|20)\d\d\b/g;
const NEAR_BY = 32;
function isBeside(
  cue: 'growth' | 'decline',
  percentage: Figure,
  one: Figure,
  next: Figure,
  around: Surroundings,
): boolean {
  if (percentage.end <= one.start) return one.start - percentage.end < NEAR_BY;
  return percentage.language === 'zh' || isAttached(cue, around.between(next, percentage));
}

/**
 * Whether the percentage compares with a year whose value is not printed: “112 million, 3.4 percent more than the previous year, compared to
 * 169 million”.
 */
const isSinceLast = (percentage: Figure, one: Figure, next: Figure, around: Surroundings): boolean =>
  one.end <= percentage.start && percentage.end <= next.start && THAN_LAST.test(around.after(percentage));
/** Whether a count is the amount of the same change: “decreased 1.4 million, or 44.6 percent”. */
const isAmountOf = (percentage: Figure, one: Figure, around: Surroundings): boolean =>
  OR_SAME.test(around.between(one, percentage)) && CHANGED_BY_HERE.test(around.before(one, 32));
const isOrAmount = (
  percentage: Figure,
  now: Figure | undefined,
  amount: Figure,
  cue: 'growth' | 'decline',
  around: Surroundings,
): boolean =>
  now !== undefined &&
  now.unit === amount.unit &&
  around.isLess(amount, now) &&
  isAttached(cue, around.plainBetween(now, percentage)) &&
  /^,? or (?:about |some |nearly |almost )?$/.test(around.between(percentage, amount)) &&
  /^[^.;,\d]{0,24}\b(?:from|over|than|on)\b/.test(around.after(amount));
const THAN_LAST =
  /^ (?:more|less|fewer|higher|lower|greater|up|down|increase|decrease|growth|decline|rise|fall) (?:than|on|over|from) (?:in )?(?:the )?(?:previous|last|prior|year)\b/i;
const AVERAGE_BEFORE = /\baverage (?:of |for [a-z ]{1,12})?(?:about )?$/i;

/** Words that lead to a value: “to a seasonally adjusted annual rate of”. */
const TO_A = /\bto (?:(?!(?:from|and|but|by)\b)[a-z-]+ ){0,6}$/i;

/** Words between a value and its percentage after “or”: “$3.3 billion was recorded in December or 3.8 percent higher than”. */
const OR = /^[^.;,\d]{0,40} or (?:about |some |nearly )?$/;

const isEarlierSecond = (one: Figure, next: Figure, around: Surroundings): boolean =>
  EARLIER_SECOND.test(around.before(next, 40)) &&
  isCount(one) &&
  !isPlanned(next) &&
  one.kind !== 'quota' &&
  !FROM_HERE.test(around.before(one, 24)) &&
  !isEarlierValue(one, around);

export const FROM_HERE = /\bfrom (?:[a-z]+ ){0,2}$/i;
const THEN_IN_BRACKETS = /\b(?:from|over|than|since) [^.;()\d]{0,40}(?:(?:19|20)\d\d )?[(]$/i;
/** Whether a value is one that another is compared with: “compared to $610 million reported then”, “from yearend 2021 (350”. */
const isEarlierValue = (one: Figure, around: Surroundings): boolean => {
  const before = around.before(one, 64);
  return EARLIER_SECOND.test(before) || THEN_IN_BRACKETS.test(before);
};
/** Whether a number is the base of a rate: “per 100,000 residents”. */
const isBase = (one: Figure, around: Surroundings): boolean => /\bper $/i.test(around.before(one, 8));
/** Whether a value repeats the one before it in another unit: 14582万吨（2916亿斤） (“145.82 million tons (291.6 billion jin)”). */
export const isAside = (one: Figure, around: Surroundings): boolean =>
  /[(（]$/.test(around.before(one, 1)) && /^[)）]/.test(around.after(one, 1));

/**
 * The two values that the sentence before or after the percentage names: “Exports were up by 18.6 percent. They stood at 18.8 million,
 * compared to 15.9 million”.
 */
export function changesBeside(
  cue: 'growth' | 'decline',
  percentage: Figure,
  near: readonly Figure[],
  around: Surroundings,
): Candidate[] {
  return [1, -1].flatMap((by) => {
    const counts = near.filter(
      (one) =>
        one.sentence === percentage.sentence + by && isCount(one) && one.top === null && !around.isOtherForm(one),
    );
    return counts.flatMap((one, at): Candidate[] => {
      const next = counts.slice(at + 1).find((other) => around.fit(one, other));
      if (next === undefined) return [];
      const amount =
        CHANGED_BY_HERE.test(around.before(one, 32)) && REACHED.test(around.between(one, next).replace(YEARS, ''));
      if (amount && by === -1)
        return [
          {
            kind: 'growth',
            operation: cue === 'growth' ? 'growthByIncrease' : 'declineByDecrease',
            inputs: [next, one],
          },
        ];
      if (around.isFromTo(one, next)) return [{ kind: 'growth', operation: cue, inputs: [next, one] }];
      if (isLater(next, one)) return [{ kind: 'growth', operation: cue, inputs: [next, one] }];
      if (isLater(one, next)) return [{ kind: 'growth', operation: cue, inputs: [one, next] }];
      return isEarlierSecond(one, next, around) ? [{ kind: 'growth', operation: cue, inputs: [one, next] }] : [];
    });
  });
}

/** As read, printed with them or before: such a pair is suggested only where it gives the percentage. */
const isLater = (later: Figure, earlier: Figure): boolean =>
  later.period !== null && earlier.period !== null && earlier.period.to < later.period.from;

/** Whether the years of both values are printed, in two clauses of which the later value is in the second. */
export const isOfLaterYear = (later: Figure, earlier: Figure, around: Surroundings): boolean =>
  later.source.period === 'printed' &&
  earlier.source.period === 'printed' &&
  later.period !== null &&
  earlier.period !== null &&
  earlier.period.to < later.period.from &&
  around.fit(later, earlier) &&
  !/[；;]/.test(around.between(earlier, later));

/**
 * Whether the years of both values are printed and the first is the year before the other: 2018年2.2万人，2019年2.8万人 (“22,000 in 2018, 28,000 in
 * 2019”).
 */
function isYearBefore({ period: one, source }: Figure, { period: other, source: otherSource }: Figure): boolean {
  if (source.period !== 'printed' || otherSource.period !== 'printed' || one === null || other === null) return false;
  return (
    Number(other.from.slice(0, 4)) - Number(one.from.slice(0, 4)) === 1 && one.from.slice(4) === other.from.slice(4)
  );
}
