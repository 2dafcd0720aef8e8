import type { Figure } from './figure.ts';
import { averageOf, ratioNamed } from './averages.ts';
import { isOfLaterYear } from './change-pairs.ts';
import { formulaOf, gapOf, isGapSaid, naturalGrowth, setAgainst, TOTAL_CHANGE } from './gaps.ts';
import { likelyGap } from './likely-pairs.ts';
import { CHANGE_BY, EARLIER_SECOND, IS_EARLIER, PART_OF } from './pair-words.ts';
import { listedOf } from './lists.ts';
import { apartFromNamed } from './points-named.ts';
import { fit, isCount, isPercentage, isPlanned, type Suggested, type Surroundings } from './surroundings.ts';
import { isWorded, wordedOf } from './worded.ts';

const DOWN = /下降|减少|降低|回落|低于|fell|fall|declin|decreas|drop|lower|less|down|below/i;
const INCREASE =
  /(?:增加|减少|提高|下降|上升|降低|回落|增长|高于|低于)[^，。；]{0,8}$|\b(?:increase|rise|decrease|decline|drop|fall|gain)s? of (?:\w+ )?$|\bby (?:\w+ )?$|\bup (?:\w+ )?$|\bdown (?:\w+ )?$/i;
const THAN_BEFORE = /(?:上年|去年|同期|20\d\d年|year|19\d\d|20\d\d|month|quarter)/;

/** Differences, points, multiples and parts in one sentence with the values that they are computed from. */
export function differencesIn(around: Surroundings): Suggested[] {
  return withoutTwins(around.figures.flatMap((figure) => differenceOf(figure, around)));
}
/** Drops weak duplicates. Three numbers such as “480 …, 150 …, 330 stronger” make one difference: the one whose words call it a difference. */
function withoutTwins(found: readonly Suggested[]): Suggested[] {
  const sure = new Set(found.filter((one) => !isWeak(one)).map(keyOf));
  return found.filter((one) => !isWeak(one) || !sure.has(keyOf(one)));
}
const isWeak = ({ kind, by, check: { verdict } }: Suggested): boolean =>
  kind === 'difference' && by === 'numbers' && verdict === 'within-precision';
const keyOf = ({ inputs, printed }: Suggested): string =>
  [...inputs, ...(printed === null ? [] : [printed])]
    .map(({ id }) => id)
    .toSorted()
    .join(' ');

function differenceOf(figure: Figure, around: Surroundings): Suggested[] {
  const here = around.near(figure).filter((one) => one.sentence === figure.sentence);
  if (figure.unit === 'point') return pointsOf(figure, here, around);
  if (figure.unit === 'times') return ratioOf(figure, here, around);
  const natural = naturalGrowth(figure, around);
  if (natural !== null) return [natural];
  const stated = isCount(figure)
    ? (formulaOf(figure, here, around) ??
      gapOf(figure, around) ??
      setAgainst(figure, here, around) ??
      excessOf(figure, here, around) ??
      comparedWith(figure, here, around) ??
      changeFrom(figure, here, around) ??
      averageOf(figure, here, around) ??
      ratioNamed(figure, around) ??
      changeBy(figure, here, around) ??
      (isGapSaid(figure, around) ? likelyGap(figure, around) : null))
    : null;
  if (stated !== null) return [stated];
  if (isCount(figure) && figure.kind === 'comparison') return increaseOf(figure, here, around);
  return isCount(figure) ? [...partOf(figure, around), ...changeTo(figure, here, around)] : [];
}

const SET_AGAINST = /高出|高于|低于|快于|慢于|相差|\b(?:higher|lower|above|below|faster|slower|gap|difference)\b/i;
/**
 * The difference from a rate that is named after the points: “64.5 percent. … still 4.6 points below its 69.1 percent peak”. Only one rate
 * before may be that far from it.
 */
function namedBy(points: Figure, here: readonly Figure[], around: Surroundings): Suggested | null {
  const named = here.find(
    (one) => isPercentage(one) && one.start >= points.end && AWAY_FROM.test(around.between(points, one)),
  );
  if (named === undefined) return null;
  const far = around
    .earlier(points)
    .filter((one) => isPercentage(one) && one.value.minus(named.value).absolute().equals(points.value));
  const [only] = far;
  if (only === undefined || far.length > 1) return null;
  const inputs = only.value.compare(named.value) > 0 ? [only, named] : [named, only];
  return around.suggest('difference', 'difference', inputs, points);
}
const AWAY_FROM =
  /^ (?:below|above|under|over|short of|higher than|lower than) [^.;\d]{0,40}$|^,? to (?:about |some |just )?$/i;
/** Words that repeat what the sentences before name: 也就是说，发生率下降了23.1个百分点 (“that is, the rate fell by 23.1 points”). */
const SAID_AGAIN = /^(?:也就是说|换句话说|这意味着)/;
const LOOKED_BACK = 8;
/**
 * The two rates of the sentence before, if exactly one pair has this difference: 甲增长2.0%，乙增长2.5%。乙比甲高出0.5个百分点 (“A grew 2.0%, B 2.5%. B is 0.5
 * points above A”).
 */
function pointsBeside(points: Figure, here: readonly Figure[], around: Surroundings): Suggested | null {
  if (points.value.isZero() || points.top !== null) return null;
  const isSet = SET_AGAINST.test(`${around.before(points, 40)}${around.after(points, 24)}`);
  const beside = SAID_AGAIN.test(around.before(points))
    ? around.earlier(points).slice(-LOOKED_BACK)
    : around.near(points);
  const rates = beside.filter((one) => isPercentage(one) && one.top === null);
  const pairs = rates.flatMap((more) =>
    rates.filter((less) => more.value.minus(less.value).equals(points.value)).map((less) => [more, less]),
  );
  const named = namedBy(points, here, around);
  if (named !== null || here.some(isPercentage)) return named;
  const [only] = pairs;
  const [more, less] = only ?? [];
  // The two rates may also follow as a change: “A 0.2 point increase … . Raising it from 2.8 percent to 3.0 percent”.
  const isFromTo = more !== undefined && less !== undefined && around.isFromTo(less, more);
  const isSaid = isSet || isFromTo || SAID_AGAIN.test(around.before(points));
  return only === undefined || pairs.length > 1 || !isSaid
    ? null
    : around.suggest('difference', 'difference', only, points);
}

const isInBrackets = (one: Figure, around: Surroundings): boolean => /[（(]$/.test(around.before(one, 2));
const wrongWay = ([more, less]: readonly [Figure, Figure], isDown: boolean): number =>
  Number(isDown === more.start > less.start);
const apartBy = ([more, less]: readonly [Figure, Figure]): number => Math.abs(more.start - less.start);
const LISTED_POINTS = /\d个?[、和] ?$/;
const LISTED = /\d[^，。；、\d]{0,4}[、和及与] ?$/;

/**
 * Whether two rates differ by the points, within rounding, if the words set one rate against the other: 增长10.90%, 增长17.62%, 低于…6.7个百分点 (“grew
 * 10.90%, grew 17.62%, 6.7 points below”).
 */
function isApartBy(more: Figure, less: Figure, points: Figure, around: Surroundings): boolean {
  const apart = more.value.minus(less.value);
  if (apart.equals(points.value)) return true;
  const isSet = points.language === 'zh' && SET_AGAINST.test(around.before(points, 24));
  return isSet && points.step !== null && apart.toStep(points.step, 'rounded').equals(points.value);
}

/** Pairs of rates for points: “from A to B, up N points”. Else the earlier rate that N points imply: P, 提高N个百分点 (“P, up N points”). */
function pointsOf(points: Figure, here: readonly Figure[], around: Surroundings): Suggested[] {
  const rates = here.filter((one) => isPercentage(one) && one.top === null);
  const named = apartFromNamed(points, around);
  if (named !== null) return [named];
  const isDown = DOWN.test(around.before(points, 24));
  const apart = rates
    .flatMap((more) =>
      rates.filter((less) => isApartBy(more, less, points, around)).map((less) => [more, less] as const),
    )
    // A later rate in brackets belongs to another comparison: 提高0.8个百分点，比全省（7.7%）和全国（7.0%）高 (“up 0.8 points, above the province (7.7%) and the
    // country (7.0%)”).
    .filter(
      (pair) => points.language === 'en' || !pair.some((one) => one.start > points.end && isInBrackets(one, around)),
    )
    // Of two pairs prefer the one that changes in the direction that the words say: “a decrease by two points, from 44% to 42%”.
    .toSorted((one, other) => wrongWay(one, isDown) - wrongWay(other, isDown) || apartBy(one) - apartBy(other))
    .map((pair) => around.suggest('difference', 'difference', pair, points));
  if (apart[0] !== undefined && !points.value.isZero()) return apart.slice(0, 1);
  const beside = pointsBeside(points, here, around);
  if (beside !== null) return [beside];
  // If several rates stand before the points, try the two that are right before them.
  const later = rates.filter(({ start }) => start > points.end);
  const order = [...rates.filter(({ end }) => end <= points.start).toReversed(), ...later];
  for (const next of order) {
    const one = rates[rates.indexOf(next) - 1];
    if (one === undefined || !around.isFromTo(one, next)) continue;
    const [more, less] = one.value.compare(next.value) > 0 ? [one, next] : [next, one];
    return [around.suggest('difference', 'difference', [more, less], points)];
  }
  const earlier = rates.find((one) => EARLIER_SECOND.test(around.before(one, 24)));
  const rate = rates.findLast((one) => one !== earlier && one.end <= points.start);
  if (rate !== undefined && earlier !== undefined) {
    const inputs = rate.value.compare(earlier.value) > 0 ? [rate, earlier] : [earlier, rate];
    return [around.suggest('difference', 'difference', inputs, points)];
  }
  if (rate === undefined || points.start - rate.end > 40 || points.top !== null) return [];
  // Points in a list are each of another rate: 分别加快4.1个、2.3个百分点 (“faster by 4.1 and 2.3 points respectively”).
  if (/分别[^，。；\d]{0,12}$/.test(around.before(points, 24)) || LISTED_POINTS.test(around.before(points, 16)))
    return [];
  const words = `${around.between(rate, points)}${around.after(points, 24)}`;
  if (!THAN_BEFORE.test(words)) return [];
  return [around.suggest('implied', DOWN.test(words) ? 'sum' : 'difference', [rate, points], null)];
}

const isOfYear = ({ period, source }: Figure, year: string): boolean =>
  source.period === 'printed' && period?.from.startsWith(year) === true;
const OF_THEN = /是(?:19|20)\d\d年(?:全年|同期|末)?的$|倍[、和]$/;
/** Two counts for a multiple (“2.4 times that of 2010”), or the earlier value that the multiple implies: 是上年的1.6倍 (“1.6 times the year before”). */
function ratioOf(times: Figure, here: readonly Figure[], around: Surroundings): Suggested[] {
  // The earlier value is not printed: 是2007年的1.7倍 (“1.7 times that of 2007”).
  const isOfThen = OF_THEN.test(around.before(times, 24));
  const worded = isWorded(times) && !isOfThen ? wordedOf(times, around) : null;
  if (worded !== null) return [worded];
  const counts = here.filter((one) => isCount(one) && one.top === null && !one.value.isZero());
  const then = /(\d{4})年[^\d]*$/.exec(around.before(times, 24))?.[1];
  for (const one of counts)
    for (const other of counts) {
      if (one === other || !fit(one, other)) continue;
      if (isOfThen && (then === undefined || !isOfYear(other, then))) continue;
      const ratio = around.suggest('ratio', 'ratio', [one, other], times);
      if (times.step !== null && (ratio.check.verdict === 'rounds' || ratio.check.verdict === 'exact'))
        return [{ ...ratio, by: 'numbers' }];
    }
  const value = listedOf(times, around)?.of ?? counts.findLast(({ end }) => end <= times.start);
  if (value === undefined || value.unit === null || times.start - value.end > 48 || times.form === 'multiple')
    return [];
  if (!/[是为]|\btimes\b/.test(`${around.between(value, times)}${times.text}${around.after(times, 12)}`)) return [];
  return [around.suggest('implied', 'ratio', [value, times], null)];
}

const CHANGE_OF =
  /\b(?:increase|rise|gain|growth|decrease|decline|drop|fall|reduction) of (?:\d[\d.]* ?(?:%|per ?cent),? or )?(?:\w+ )?$/i;
const FROM_IN_BRACKETS = /^(?: [a-z-]+)? (?:from|over|since|than|on)\b[^.;()\d]{0,40}(?:(?:19|20)\d\d )?[(]$/i;
/**
 * A change with the value it leads to and the earlier value in brackets: “1,230,100 persons, an increase of 2% or 25,100 from yearend 2021
 * (1,205,100)”.
 */
function changeFrom(change: Figure, here: readonly Figure[], around: Surroundings): Suggested | null {
  if (change.top !== null || !CHANGE_OF.test(around.before(change, 48))) return null;
  const counts = here.filter((one) => isCount(one) && one.top === null && fit(one, change));
  const now = counts.findLast((one) => one.end <= change.start);
  const then = counts.find((one) => one.start >= change.end);
  if (now === undefined || then === undefined || !FROM_IN_BRACKETS.test(around.between(change, then))) return null;
  const inputs = now.value.compare(then.value) > 0 ? [now, then] : [then, now];
  return around.suggest('difference', 'difference', inputs, change);
}

/** A change for each year, which is not the change over all years: 平均每年增加79万人 (“on average 790,000 more a year”). */
const EACH_YEAR = /(?:年均|平均每[年月]|每年平均|每[年月])[^，。；\d]{0,8}$/;
/** A change that is said of two values: 由A减少到B，6年时间减少N (“from A down to B, N fewer in 6 years”). It is kept even if N is printed in round numbers. */
function changeBy(change: Figure, here: readonly Figure[], around: Surroundings): Suggested | null {
  if (change.top !== null || !CHANGE_BY.test(around.before(change, 24))) return null;
  if (EACH_YEAR.test(around.before(change, 24))) return null;
  const counts = here.filter((one) => isCount(one) && one.end <= change.start && fit(one, change) && one.top === null);
  const [later, earlier] = counts.toReversed();
  if (later === undefined || earlier === undefined || !around.isFromTo(earlier, later)) return null;
  const inputs = later.value.compare(earlier.value) > 0 ? [later, earlier] : [earlier, later];
  return around.suggest('difference', 'difference', inputs, change);
}

/** The two values of an increase (“from A to B, an increase of N”), or the earlier value that an increase of N implies. */
function increaseOf(increase: Figure, here: readonly Figure[], around: Surroundings): Suggested[] {
  const counts = here.filter(
    (one) => isCount(one) && one.kind !== 'comparison' && fit(one, increase) && one.top === null,
  );
  if (TOTAL_CHANGE.test(around.before(increase, 32))) return [];
  for (const [at, one] of counts.entries()) {
    const next = counts[at + 1];
    if (next === undefined || !(around.isFromTo(one, next) || isSinceEarlier(one, next, increase, around))) continue;
    const [more, less] = one.value.compare(next.value) > 0 ? [one, next] : [next, one];
    return [around.suggest('difference', 'difference', [more, less], increase)];
  }
  const isListed = isInList(increase, around);
  const listed = isListed ? (listedOf(increase, around)?.of ?? null) : null;
  if (isListed && listed === null) return [];
  const later =
    listed ??
    counts.findLast((one) => one.end <= increase.start && isInBrackets(one, around) === isInBrackets(increase, around));
  if (later === undefined || later.unit === null || increase.start - later.end > 40) return [];
  const before = around.before(increase, 40);
  if (!INCREASE.test(before) || EACH_YEAR.test(before)) return [];
  // The earlier value is printed: 与2010年的725482人相比，增加 (“compared with the 725,482 of 2010, up by”).
  if (/^[^，。；\d]{0,2}相比/.test(around.after(later, 4))) return [];
  return [around.suggest('implied', DOWN.test(before) ? 'sum' : 'difference', [later, increase], null)];
}

/**
 * Whether each increase of a list is of another value: 分别比2019年底增加3128万人、1147万人 (“31.28 and 11.47 million more than at the end of 2019”). But
 * in 较第三季及去年同期分别减少8300人及2.15万人 (“8,300 and 21,500 fewer than in the third quarter and a year before”) both are of one value.
 */
function isInList(increase: Figure, around: Surroundings): boolean {
  const before = around.before(increase, 40);
  if (/[比较][^，。；]{2,20}[和及、与][^，。；]{1,16}分别[^，。；]{0,20}$/.test(before)) return false;
  return /分别[^，。；\d]{0,16}$/.test(before) || LISTED.test(before);
}

const JUST_BEFORE = 16;
/** Words that may stand between the earlier value and its change: “… in the fourth quarter of 1949, a rise of nearly”. */
const A_RISE_OF =
  /^[^.;]{0,48}, (?:an?|for an?) (?:[a-z]+ )?(?:rise|increase|gain|decline|decrease|drop|fall|loss|reduction) of (?:[a-z]+ ){0,2}$/i;
/**
 * Whether the values of two years stand right before the change: 今年64,137人，去年为60,000人，增加4,137人 (“64,137 this year, 60,000 last year, 4,137
 * more”).
 */
function isSinceEarlier(one: Figure, next: Figure, increase: Figure, around: Surroundings): boolean {
  const isRightAfter = increase.start - next.end <= JUST_BEFORE || A_RISE_OF.test(around.between(next, increase));
  if (next.end > increase.start || !isRightAfter) return false;
  if (around.between(one, next).includes('；')) return false;
  if (isOfLaterYear(next, one, around)) return true;
  return EARLIER_SECOND.test(around.before(next, 48)) || IS_EARLIER.test(around.before(one, 24));
}

/** The growth that “from A to B” implies, if no percentage is printed. */
function changeTo(later: Figure, here: readonly Figure[], around: Surroundings): Suggested[] {
  const earlier = here.findLast((one) => isCount(one) && one.end <= later.start && fit(one, later) && one.top === null);
  if (earlier === undefined || later.top !== null || earlier.value.isZero() || !around.isFromTo(earlier, later))
    return [];
  if (here.some((one) => one.unit === 'percent' && one.start > later.end)) return [];
  // The step from a quota to a result is no growth.
  if ((earlier.kind === 'quota') !== (later.kind === 'quota')) return [];
  return [around.suggest('implied', 'growth', [later, earlier], null)];
}

const EXCEEDS_BY =
  /\bexceed\w*[^.;]{0,60} by $|超额?(?:完成)?(?:年度|全年)?(?:任务|目标|计划)?(?:数)?(?:了)? ?$|超(?:出|过|额)[^，。；\d]{0,8}(?:任务|目标|计划|指标)[^，。；\d]{0,4}\d[\d.]*[^，。；\d]{0,3} ?$/i;

/** An excess with its quota and its result: “exceeded its quota of 12,000 by 640, reaching 12,640”. */
function excessOf(excess: Figure, here: readonly Figure[], around: Surroundings): Suggested | null {
  // In 超1100万人次 (“over 11 million”) the word 超 is a bound, not an excess.
  if (excess.top !== null || excess.qualifier === 'over' || !EXCEEDS_BY.test(around.before(excess, 80))) return null;
  const counts = here.filter((one) => isCount(one) && one.top === null && fit(one, excess));
  const quota = counts.find(isPlanned);
  const result = counts.find((one) => one.kind === 'actual' && quota !== undefined && fit(one, quota));
  if (quota === undefined || result === undefined || result.value.compare(quota.value) <= 0) return null;
  return around.suggest('difference', 'difference', [result, quota], excess);
}

const THAN = /^ ?(?:[a-z]+ )?(?:more|fewer|less|higher|lower) than (?:the )?$/i;
const COMPARED_ZH = /[比较](?:(?:19|20)\d\d年)?[^，。；\d]{0,10}$/;
const CHANGED_ZH = /^(?:[^，。；\d]{0,2}相比，)?[^，。；\d]{0,10}(?:增加|减少|超出|多|少|增|减)(?:了)? ?$/;

/**
 * A change with the earlier value that the words compare with: “12,640, 850 more than the 11,890 of 2021”, 比上年的11,890人增加850人 (“850 more than
 * the 11,890 of the year before”).
 */
function comparedWith(change: Figure, here: readonly Figure[], around: Surroundings): Suggested | null {
  const counts = here.filter((one) => isCount(one) && one.top === null && fit(one, change));
  const next = counts.find((one) => one.start >= change.end);
  const [base, beside] =
    next !== undefined && THAN.test(around.between(change, next))
      ? [next, counts.findLast((one) => one.end <= change.start)]
      : baseBefore(change, counts, around);
  const before = beside ?? (base === undefined ? undefined : nowBefore(change, base, around));
  if (base === undefined || before === undefined) return null;
  const inputs = before.value.compare(base.value) > 0 ? [before, base] : [base, before];
  return around.suggest('difference', 'difference', inputs, change);
}

function baseBefore(change: Figure, counts: readonly Figure[], around: Surroundings): (Figure | undefined)[] {
  const at = counts.findLastIndex((one) => one.end <= change.start);
  const base = counts[at];
  if (base === undefined || !CHANGED_ZH.test(around.between(base, change))) return [];
  if (!COMPARED_ZH.test(around.before(base, 16)) && !around.between(base, change).includes('相比，')) return [];
  const after = counts.find((one) => one.start >= change.end);
  const reached = after !== undefined && REACHED.test(around.between(change, after)) ? after : undefined;
  return [base, counts[at - 1] ?? reached];
}
/**
 * The present value in the sentence before, if the difference is exactly the change: 常住人口为751389人。与2010年的725482人相比，增加25907人 (“751,389
 * residents. Compared with the 725,482 of 2010, 25,907 more”).
 */
const nowBefore = (change: Figure, base: Figure, around: Surroundings): Figure | undefined =>
  around
    .near(change)
    .filter((one) => isCount(one) && one.top === null && one.sentence < change.sentence && fit(one, change))
    .findLast((one) => one.value.minus(base.value).absolute().equals(change.value));
/** Words between a change and the value that it leads to: 比去年的5万人增加1.2万人，达到6.2万人 (“12,000 more than last year’s 50,000, reaching 62,000”). */
const REACHED = /^[，,]? ?(?:总数|总量|累计|共)?(?:达到?|增至|增加到|升至|减至|降至|为) ?$/;

/** The share that a part implies if the text prints none: “Of these, 1,606 were women”. */
function partOf(part: Figure, around: Surroundings): Suggested[] {
  // In 其中亿元以上项目46个 (“46 projects of over 100 million yuan”) 亿元 says how large each project is; it does not count projects.
  if (
    part.unit === null ||
    /^[万亿]/.test(part.text) ||
    !PART_OF.test(around.before(part, 48)) ||
    /[从由]$/.test(around.before(part, 2))
  )
    return [];
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
  if (whole?.language === 'en' && whole.value.equals(part.value)) return [];
  const total = whole === undefined ? undefined : totalOfParts(whole, around);
  if (total !== undefined) return [around.suggest('implied', 'share', [part, total], null)];
  return whole === undefined || whole.top !== null ? [] : [around.suggest('implied', 'share', [part, whole], null)];
}

/**
 * The total of the parts that were named last: in “160 million – 63 million girls and 97 million boys. Of these, 79 million” it is 160
 * million, not the last part.
 */
function totalOfParts(last: Figure, around: Surroundings): Figure | undefined {
  if (last.language !== 'en') return undefined;
  const [first, total] = around
    .earlier(last)
    .filter((one) => isCount(one) && one.top === null && one.sentence === last.sentence)
    .toReversed();
  return first !== undefined && total?.value.equals(first.value.plus(last.value)) === true ? total : undefined;
}
