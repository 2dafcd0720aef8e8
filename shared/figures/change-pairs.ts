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
import type { Candidate } from './share-pairs.ts';
import { isCount, isPlanned, type Surroundings } from './surroundings.ts';
import { TO, TO_FROM } from './worded-cues.ts';

/** By how much something changed, not how much there is. */
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
  const here = near.filter((one) => one.sentence === percentage.sentence);
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
    else if (isEarlierSecond(one, next, around)) add(cue, [one, next]);
    else if (/^ ?相比/.test(around.after(next, 4)) && isCount(one)) add(cue, [one, next]);
    else if (IS_EARLIER.test(around.before(next, 24)) && next.end <= percentage.start && isCount(one))
      add(cue, [one, next]);
    else if (isCount(one) && isAttached(cue, around.between(next, percentage)) && one.kind !== 'quota')
      if (COMPARED_WITH.test(around.before(next, 24))) add(cue, [one, next]);
      else if (isYearBefore(one, next)) add(cue, [next, one]);
      else if (isYearBefore(next, one)) add(cue, [one, next]);
  });
  const now = before.find((one) => !isEarlierValue(one, around) && !isBase(one, around));
  const then = here.find(
    (one) => one.start >= percentage.end && isCount(one) && PERCENT_FROM.test(around.between(percentage, one)),
  );
  if (now !== undefined && then !== undefined && around.fit(now, then)) {
    const words = around.between(now, percentage);
    if (isAttached(cue, words) || OR.test(words) || isEarlierValue(then, around)) add(cue, [now, then]);
  }
  const [reached, by] = before;
  if (reached !== undefined && by !== undefined && isChange(by, around) && around.fit(reached, by))
    if (BY_TO.test(around.between(by, reached)))
      add(cue === 'growth' ? 'growthByIncrease' : 'declineByDecrease', [reached, by]);
  const [increase, ...others] = before;
  if (increase !== undefined && isChange(increase, around) && percentage.start - increase.end < 48) {
    const isLater = (one: Figure): boolean =>
      isCount(one) &&
      one.kind !== 'quota' &&
      one.kind !== 'comparison' &&
      around.fit(one, increase) &&
      !/[；;]/.test(around.between(one, increase)) &&
      !/^ ?相比/.test(around.after(one, 4));
    const isSame = OR_SAME.test(around.between(increase, percentage));
    const later =
      others.find(isLater) ??
      near.findLast(
        (one) => isSame && one.sentence < percentage.sentence && isLater(one) && around.isLess(increase, one),
      );
    const [last, earlier] = others;
    // 2013年为1371亿美元，2017年达1686亿美元，增加315亿美元，增长23%.
    if (last !== undefined && last === later && earlier !== undefined && isOfLaterYear(last, earlier, around))
      add(cue, [last, earlier]);
    if (later !== undefined) add(cue === 'growth' ? 'growthByIncrease' : 'declineByDecrease', [later, increase]);
  }
  return found;
}

/** “$3.3 billion was recorded in December or 3.8 percent higher than”. */
const OR = /^[^.;,\d]{0,40} or (?:about |some |nearly )?$/;

const isEarlierSecond = (one: Figure, next: Figure, around: Surroundings): boolean =>
  EARLIER_SECOND.test(around.before(next, 40)) &&
  isCount(one) &&
  !isPlanned(next) &&
  one.kind !== 'quota' &&
  !isEarlierValue(one, around);

const THEN_IN_BRACKETS = /\b(?:from|over|than|since) [^.;()\d]{0,40}(?:(?:19|20)\d\d )?[(]$/i;
/** “Compared to $610 million reported then”, “from yearend 2021 (350”: what something is compared with. */
const isEarlierValue = (one: Figure, around: Surroundings): boolean => {
  const before = around.before(one, 64);
  return EARLIER_SECOND.test(before) || THEN_IN_BRACKETS.test(before);
};
/** “Per 100,000 residents”. */
const isBase = (one: Figure, around: Surroundings): boolean => /\bper $/i.test(around.before(one, 8));
/** 14582万吨（2916亿斤）: the same in another unit. */
export const isAside = (one: Figure, around: Surroundings): boolean =>
  /[(（]$/.test(around.before(one, 1)) && /^[)）]/.test(around.after(one, 1));

/** “Exports were up by 18.6 percent. They stood at 18.8 million, compared to 15.9 million”: the sentence beside it names the two. */
export function changesBeside(
  cue: 'growth' | 'decline',
  percentage: Figure,
  near: readonly Figure[],
  around: Surroundings,
): Candidate[] {
  return [1, -1].flatMap((by) => {
    const counts = near.filter((one) => one.sentence === percentage.sentence + by && isCount(one) && one.top === null);
    return counts.flatMap((one, at): Candidate[] => {
      const next = counts.slice(at + 1).find((other) => around.fit(one, other));
      if (next === undefined) return [];
      if (around.isFromTo(one, next)) return [{ kind: 'growth', operation: cue, inputs: [next, one] }];
      return isEarlierSecond(one, next, around) ? [{ kind: 'growth', operation: cue, inputs: [one, next] }] : [];
    });
  });
}

/** Both years are printed, in one clause after the other. */
export const isOfLaterYear = (later: Figure, earlier: Figure, around: Surroundings): boolean =>
  later.source.period === 'printed' &&
  earlier.source.period === 'printed' &&
  later.period !== null &&
  earlier.period !== null &&
  earlier.period.to < later.period.from &&
  around.fit(later, earlier) &&
  !/[；;]/.test(around.between(earlier, later));

/** 2018年2.2万人，2019年2.8万人: both years are printed. */
function isYearBefore({ period: one, source }: Figure, { period: other, source: otherSource }: Figure): boolean {
  if (source.period !== 'printed' || otherSource.period !== 'printed' || one === null || other === null) return false;
  return (
    Number(other.from.slice(0, 4)) - Number(one.from.slice(0, 4)) === 1 && one.from.slice(4) === other.from.slice(4)
  );
}
