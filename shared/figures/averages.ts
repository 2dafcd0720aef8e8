import type { Figure } from './figure.ts';
import { trailingStep } from './numerals.ts';
import { ONE, Rational } from './rational.ts';
import { isCount, type Suggested, type Surroundings } from './surroundings.ts';

const AGREE: ReadonlySet<string> = new Set(['exact', 'rounds', 'truncates']);
const AVERAGE =
  /(户均|人均|平均)[^，。；\d]{0,6}$|(平均)每[^，。；\d]{0,10}$|\b(?:average of|averag(?:ed|es|ing)|works? out at|worked out at|(?:comes?|came|amount(?:s|ed|ing)?) to) (?:about |some |just )?$/i;
const EACH =
  /^[^.,;\d]{0,24}\b(?:each|apiece|(?:per|an?) (?:household|person|head|capita|family|worker|trainee)|on average)\b|^ [a-z]+ (?:to|for) (?:an?|every) [a-z]+\b/i;
/** “Each of the 286 households leased”. */
const EACH_OF = /\beach of (?:the|its|their) \d+ [a-z]+ [a-z]+ $/i;
const BASE_OF: Readonly<Record<string, string>> = { 户均: 'household', 人均: 'person' };

/** 户均298万元, “4.5 per household”: a total over a count of others in its sentence, where that gives just this average. */
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
/** 城镇居民人均29800元，农村居民人均13304元，收入比缩小至2.24: of two values beside it, in one unit, that give it. Null: none, or not said. */
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

/** 38万人, 25亿元: two digits in 万 or 亿. */
const isCoarse = ({ step, value }: Figure): boolean =>
  step !== null && step.compare(ONE) > 0 && (value.dividedBy(step)?.compare(HUNDRED) ?? 1) < 0;
/** 近145万人次，收入近40亿元，人均2750元: of two values that are not exact, off by a hundredth at most. */
const isAbout = (average: Figure, { inputs, check: { verdict, computed } }: Suggested): boolean =>
  verdict === 'within-precision' &&
  (inputs.every(({ qualifier }) => qualifier !== 'exact') || inputs.every(isCoarse)) &&
  computed !== null &&
  computed.minus(average.value).absolute().times(HUNDRED).compare(average.value) <= 0;
const HUNDRED = Rational.of(100);
/** 约12万名法官，受理1458.6万件，人均受理121.4件: of as many as about 12万, off by no more than one in 500. */
const isOfAbout = (average: Figure, { inputs: [total, base], check: { verdict, computed } }: Suggested): boolean =>
  verdict === 'within-precision' &&
  total !== undefined &&
  base !== undefined &&
  total.unit === average.unit &&
  base.qualifier !== 'exact' &&
  computed !== null &&
  computed.minus(average.value).absolute().times(FIVE_HUNDRED).compare(average.value) <= 0;
const FIVE_HUNDRED = Rational.of(500);
/** 人均6300元, where it comes to 6301.4: whoever wrote it rounded to its last digit that is not 0. */
function isRoundedTo({ value, unit }: Figure, computed: Rational): boolean {
  const step = trailingStep(value);
  return unit !== null && step !== null && computed.toStep(step, 'rounded').equals(value);
}
