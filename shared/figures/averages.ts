import type { Figure } from './figure.ts';
import { trailingStep } from './numerals.ts';
import { ONE, Rational } from './rational.ts';
import { isCount, type Suggested, type Surroundings } from './surroundings.ts';

const AGREE: ReadonlySet<string> = new Set(['exact', 'rounds', 'truncates']);
const AVERAGE =
  /(户均|人均|平均)[^，。；\d]{0,6}$|(平均)每[^，。；\d]{0,10}$|\b(?:average of|averag(?:ed|es|ing)|works? out at|worked out at|(?:comes?|came|amount(?:s|ed|ing)?) to) (?:about |some |just )?$/i;
const EACH =
  /^[^.,;\d]{0,24}\b(?:each|apiece|(?:per|an?) (?:household|person|head|capita|family|worker|trainee)|on average)\b|^ [a-z]+ (?:to|for) (?:an?|every) [a-z]+\b/i;
/** Words before a number of things over which an average is taken: “each of the 286 households leased”. */
const EACH_OF = /\beach of (?:the|its|their) \d+ [a-z]+ [a-z]+ $/i;
const BASE_OF: Readonly<Record<string, string>> = { 户均: 'household', 人均: 'person' };

/**
 * Finds a total and a count in the sentence of an average that give exactly this average: 户均298万元 (“2.98 million yuan per household”), “4.5
 * per household”.
 */
export function averageOf(average: Figure, here: readonly Figure[], around: Surroundings): Suggested | null {
  const cue = AVERAGE.exec(around.before(average, 24));
  const isEach = EACH.test(around.after(average, 48)) || EACH_OF.test(around.before(average, 64));
  if (average.top !== null || (cue === null && !isEach)) return null;
  const base = BASE_OF[cue?.[1] ?? ''];
  return averageAmong(average, here, base, around) ?? averageAmong(average, around.near(average), base, around);
}
function averageAmong(
  average: Figure,
  near: readonly Figure[],
  base: string | undefined,
  around: Surroundings,
): Suggested | null {
  const counts = near.filter((one) => isCount(one) && one.top === null && !one.value.isZero());
  const pairs = counts.flatMap((total) =>
    counts
      .filter((one) => one !== total && one.unit !== total.unit && one.unit !== null)
      .filter(({ unit }) => base === undefined || unit === base || !counts.some((other) => other.unit === base))
      .map((one) => around.suggest('ratio', 'ratio', [total, one], average)),
  );
  return (
    pairs.find(({ check: { verdict, wide } }) => AGREE.has(verdict) && (!wide || verdict === 'exact')) ??
    pairs.find(
      ({ check: { computed } }) => base !== undefined && computed !== null && isRoundedTo(average, computed),
    ) ??
    (average.qualifier === 'about' && base === undefined
      ? pairs.find(({ check: { computed } }) => computed !== null && isRoundedTo(average, computed))
      : undefined) ??
    pairs.find((one) => base !== undefined && (isAbout(average, one) || isOfAbout(average, one))) ??
    null
  );
}
const RATIO_OF_TWO =
  /(?:收入|收入差距|之)比(?:例|值)?(?:[^，。；]{0,16}(?:缩小|扩大|下降|降低|降|上升|提高|回落|收窄)(?:到|至|为))?(?:为|是|达到?|约)*$/;
/**
 * Finds the two values of one unit before a ratio that give it: 城镇居民人均29800元，农村居民人均13304元，收入比缩小至2.24 (“29,800 yuan per urban resident, 13,304
 * per rural resident, the ratio fell to 2.24”). Returns null if there are none.
 */
export function ratioNamed(ratio: Figure, around: Surroundings): Suggested | null {
  if (ratio.language !== 'zh' || ratio.unit !== null || ratio.step === null || ratio.top !== null) return null;
  if (!RATIO_OF_TWO.test(around.before(ratio, 32))) return null;
  const counts = around.near(ratio).filter((one) => isCount(one) && one.top === null && one.unit !== null);
  const pairs = counts.flatMap((one) =>
    counts
      .filter((other) => other !== one && other.unit === one.unit && !other.value.isZero())
      .map((other) => around.suggest('ratio', 'ratio', [one, other], ratio, 'numbers')),
  );
  return pairs.find(({ check: { verdict, wide } }) => AGREE.has(verdict) && !wide) ?? null;
}

/** Whether a value has at most two digits in 万 (10,000) or 亿 (100 million): 38万人, 25亿元. */
const isCoarse = ({ step, value }: Figure): boolean =>
  step !== null && step.compare(ONE) > 0 && (value.dividedBy(step)?.compare(HUNDRED) ?? 1) < 0;
/**
 * Whether two inexact values give the average to one hundredth: 近145万人次，收入近40亿元，人均2750元 (“nearly 1.45 million trips, income of nearly 4
 * billion yuan, 2,750 yuan each”).
 */
const isAbout = (average: Figure, { inputs, check: { verdict, computed } }: Suggested): boolean =>
  verdict === 'within-precision' &&
  (inputs.every(({ qualifier }) => qualifier !== 'exact') || inputs.every(isCoarse)) &&
  computed !== null &&
  computed.minus(average.value).absolute().times(HUNDRED).compare(average.value) <= 0;
const HUNDRED = Rational.of(100);
/**
 * Whether an approximate count gives the average to one in 500: 约12万名法官，受理1458.6万件，人均受理121.4件 (“about 120,000 judges took 14.586 million
 * cases, 121.4 each”).
 */
const isOfAbout = (average: Figure, { inputs: [total, base], check: { verdict, computed } }: Suggested): boolean =>
  verdict === 'within-precision' &&
  total !== undefined &&
  base !== undefined &&
  total.unit === average.unit &&
  base.qualifier !== 'exact' &&
  computed !== null &&
  computed.minus(average.value).absolute().times(FIVE_HUNDRED).compare(average.value) <= 0;
const FIVE_HUNDRED = Rational.of(500);
/** Whether an average is rounded to its last digit that is not 0: 人均6300元 (“6,300 yuan each”) for 6301.4. */
function isRoundedTo({ value, unit }: Figure, computed: Rational): boolean {
  const step = trailingStep(value);
  return unit !== null && step !== null && computed.toStep(step, 'rounded').equals(value);
}
