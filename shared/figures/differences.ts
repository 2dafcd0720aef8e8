import { check } from './check.ts';
import type { Figure } from './figure.ts';
import type { OperationName } from './operations.ts';
import { fit, isCount, isPercentage, type Suggested, type Surroundings } from './pairs.ts';
import { PART_OF } from './pair-cues.ts';

const DOWN = /下降|减少|降低|回落|低于|fell|fall|declin|decreas|drop|lower|less|down|below/i;
const INCREASE =
  /(?:增加|减少|提高|下降|上升|降低|回落|增长|高于|低于)[^，。；]{0,8}$|\b(?:increase|rise|decrease|decline|drop|fall|gain)s? of (?:\w+ )?$|\bby (?:\w+ )?$|\bup (?:\w+ )?$|\bdown (?:\w+ )?$/i;
const THAN_BEFORE = /(?:上年|去年|同期|20\d\d年|year|19\d\d|20\d\d|month|quarter)/;

/** Differences, points, multiples and parts that stand in one sentence with what they are of. */
export function differencesIn(around: Surroundings): Suggested[] {
  return around.figures.flatMap((figure) => {
    const here = around.near(figure).filter((one) => one.sentence === figure.sentence);
    if (figure.unit === 'point') return pointsOf(figure, here, around);
    if (figure.unit === 'times') return ratioOf(figure, here, around);
    if (isCount(figure) && figure.kind === 'comparison') return increaseOf(figure, here, around);
    return isCount(figure) ? [...partOf(figure, around), ...changeTo(figure, here, around)] : [];
  });
}

const suggested = (
  kind: Suggested['kind'],
  operation: OperationName,
  inputs: readonly Figure[],
  printed: Figure | null,
): Suggested => ({ kind, operation, inputs, printed, check: check(operation, inputs, printed), by: 'wording' });

/** “From A to B, up N points”, or the rate that N points imply: P, 提高N个百分点. */
function pointsOf(points: Figure, here: readonly Figure[], around: Surroundings): Suggested[] {
  const rates = here.filter((one) => isPercentage(one) && one.top === null);
  for (const [at, one] of rates.entries()) {
    const next = rates[at + 1];
    if (next === undefined || !around.isFromTo(one, next)) continue;
    const [more, less] = one.value.compare(next.value) > 0 ? [one, next] : [next, one];
    return [suggested('difference', 'difference', [more, less], points)];
  }
  const rate = rates.findLast(({ end }) => end <= points.start);
  if (rate === undefined || points.start - rate.end > 40 || points.top !== null) return [];
  const words = `${around.between(rate, points)}${around.after(points, 24)}`;
  if (!THAN_BEFORE.test(words)) return [];
  return [suggested('implied', DOWN.test(words) ? 'sum' : 'difference', [rate, points], null)];
}

/** “2.4 times that of 2010” between two counts, or the earlier value that it implies: 是上年的1.6倍. */
function ratioOf(times: Figure, here: readonly Figure[], around: Surroundings): Suggested[] {
  const counts = here.filter((one) => isCount(one) && one.top === null && !one.value.isZero());
  for (const one of counts)
    for (const other of counts) {
      if (one === other || !fit(one, other)) continue;
      const ratio = suggested('ratio', 'ratio', [one, other], times);
      if (times.step !== null && ratio.check.verdict === 'rounds') return [{ ...ratio, by: 'numbers' }];
    }
  const value = counts.findLast(({ end }) => end <= times.start);
  if (value === undefined || value.unit === null || times.start - value.end > 30 || times.form === 'multiple')
    return [];
  if (!/[是为]|\btimes\b/.test(`${around.between(value, times)}${times.text}${around.after(times, 12)}`)) return [];
  return [suggested('implied', 'ratio', [value, times], null)];
}

/** “From A to B, an increase of N”, or the earlier value that an increase of N implies. */
function increaseOf(increase: Figure, here: readonly Figure[], around: Surroundings): Suggested[] {
  const counts = here.filter(
    (one) => isCount(one) && one.kind !== 'comparison' && fit(one, increase) && one.top === null,
  );
  for (const [at, one] of counts.entries()) {
    const next = counts[at + 1];
    if (next === undefined || !around.isFromTo(one, next)) continue;
    const [more, less] = one.value.compare(next.value) > 0 ? [one, next] : [next, one];
    return [suggested('difference', 'difference', [more, less], increase)];
  }
  const later = counts.findLast(({ end }) => end <= increase.start);
  if (later === undefined || later.unit === null || increase.start - later.end > 40) return [];
  const before = around.before(increase, 40);
  if (!INCREASE.test(before)) return [];
  return [suggested('implied', DOWN.test(before) ? 'sum' : 'difference', [later, increase], null)];
}

/** “From A to B” where no percentage is printed: the growth that it implies. */
function changeTo(later: Figure, here: readonly Figure[], around: Surroundings): Suggested[] {
  const earlier = here.findLast((one) => isCount(one) && one.end <= later.start && fit(one, later) && one.top === null);
  if (earlier === undefined || later.top !== null || earlier.value.isZero() || !around.isFromTo(earlier, later))
    return [];
  if (here.some((one) => one.unit === 'percent' && one.start > later.end)) return [];
  return [suggested('implied', 'growth', [later, earlier], null)];
}

/** “Of these, 1,606 were women”: the share that the text doesn't print. */
function partOf(part: Figure, around: Surroundings): Suggested[] {
  if (part.unit === null || !PART_OF.test(around.before(part, 48))) return [];
  const whole = around
    .near(part)
    .findLast(
      (one) =>
        isCount(one) &&
        one.end <= part.start &&
        one.unit === part.unit &&
        one.kind === part.kind &&
        one.value.compare(part.value) >= 0,
    );
  return whole === undefined || whole.top !== null ? [] : [suggested('implied', 'share', [part, whole], null)];
}
