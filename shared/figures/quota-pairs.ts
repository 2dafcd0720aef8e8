import { isChange } from './change-pairs.ts';
import type { Figure } from './figure.ts';
import { agrees } from './other-percentages.ts';
import { type Candidate, isCount, isPlanned, type Surroundings } from './surroundings.ts';

/** Pairs of the quota nearest to the percentage and the count before or after it: “the task was 4,000; 4,386 were transferred”. */
export function quotasNamed(
  cue: 'exceeds' | 'completion',
  percentage: Figure,
  near: readonly Figure[],
  around: Surroundings,
): Candidate[] {
  const ofResult = quotaOfResult(cue, percentage, near, around);
  if (ofResult !== null) return [ofResult];
  const all = near.filter(isCount);
  const outside = all.filter((one) => !isInBrackets(one, around));
  const counts = outside.some(isPlanned) ? outside : all;
  // If a sentence names several quotas, each percentage has its own: 完成全年900万人目标的73%。…完成全年500万人目标的58% (“73% of the annual target of 9 million. …
  // 58% of the annual target of 5 million”).
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

/**
 * Whether the quota stands directly before the percentage, as in 任务1200人的114%；… (“114% of the task of 1,200”). A count after it then belongs
 * to something else.
 */
const isRightOf = (quota: Figure, percentage: Figure, one: Figure, around: Surroundings): boolean =>
  one.start >= percentage.end && /^的?(?:约|近)?$/.test(around.between(quota, percentage));
const COMPLETES = /^，(?:已|已经)?(?:超额)?(?:完成|占|达到?|为)[^，。；\d]{0,12}$/;
/**
 * Finds the result right before its quota: 创造岗位1374个，完成任务1200人的114% (“1,374 jobs created, 114% of the task of 1,200”). Their units may differ
 * only if the two give the percentage.
 */
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

/**
 * Whether a figure stands in brackets. A plan in brackets is no quota for what is outside: 计划开工255项（其中1至10月223项） (“255 projects planned (223
 * of them from January to October)”).
 */
const isInBrackets = (one: Figure, around: Surroundings): boolean => /[（(][^）)]*$/.test(around.before(one, 40));
/**
 * Words between a result and its percentage of the quota: 完成投资362亿元，占年计划投资的 (“36.2 billion yuan invested, of the year’s plan”);
 * ，较去年增加153亿元，增长95.66%，为年度投资计划的 (“15.3 billion more than last year, up 95.66%, of the year’s plan”).
 */
const OF_ITS_QUOTA =
  /^，(?:[比较][^。；]{2,40}，|同比[^。；]{2,24}，)?(?:已|已经)?(?:超额)?(?:完成|占|达到?|为)[^，。；\d]{0,12}$/;
/**
 * Finds a result right before the percentage, and the nearest plan before it in its unit: 年度计划投资561亿元，…完成投资362亿元，占年计划投资的64% (“56.1 billion
 * yuan planned, … 36.2 billion invested, 64% of the plan”). A plan of the sentence before is used only if it gives the percentage. Returns
 * null if there are no such two.
 */
function quotaOfResult(
  cue: 'exceeds' | 'completion',
  percentage: Figure,
  near: readonly Figure[],
  around: Surroundings,
): Candidate | null {
  if (percentage.language !== 'zh') return null;
  const before = near.filter((one) => isCount(one) && one.end <= percentage.start && !isInBrackets(one, around));
  const result = before.findLast((one) => one.kind === 'actual' && !isChange(one, around));
  if (result?.sentence !== percentage.sentence || !OF_ITS_QUOTA.test(around.between(result, percentage))) return null;
  const quota = before.findLast((one) => one.end <= result.start && isPlanned(one) && one.unit === result.unit);
  if (quota === undefined) return null;
  const inputs = [result, quota] as const;
  if (quota.sentence !== percentage.sentence && !agrees(around.suggest(cue, cue, inputs, percentage))) return null;
  return { kind: cue, operation: cue, inputs };
}
