import type { Figure } from './figure.ts';
import { placeInList } from './lists.ts';
import { isPercentage, type Suggested, type Surroundings } from './surroundings.ts';

const THAN = /[比较与低高快慢][^，。；]*[（(]?$/;
const HIGHER = /^[）)]?[^，。；、\d]{0,10}?(?:分别|各)?(?:高出?|快|多|高于|快于)(?:了|约|近)?$/;
const LOWER = /^[）)]?[^，。；、\d]{0,10}?(?:分别|各)?(?:低于?|慢于?|少)(?:了|约|近)?$/;
/**
 * Finds the rates that points are measured from: 增长8.4%，比全省（7.7%）和全国（7.0%）分别高0.7、1.4个百分点 (“grew 8.4%, 0.7 and 1.4 points above the province
 * (7.7%) and the country (7.0%)”). Pairs each rate after 比 (“than”) with the rate before it. A rate of an earlier sentence is used only if no
 * other rate of the paragraph has this distance. Returns null if the words name no rates.
 */
export function apartFromNamed(points: Figure, around: Surroundings): Suggested | null {
  if (points.language !== 'zh' || points.step === null || points.top !== null) return null;
  const { at, first, length } = placeInList(points, around);
  const thanAll = around.figures.slice(Math.max(0, first - length), first);
  const [head, nearest, than] = [around.figures[first], thanAll.at(-1), thanAll[at - first]];
  const firstThan = thanAll[0];
  if (head === undefined || nearest === undefined || than === undefined || firstThan === undefined) return null;
  if (thanAll.length !== length || !thanAll.every((one) => isRate(one) && one.sentence === head.sentence)) return null;
  if (!THAN.test(around.before(firstThan, 32)) || /[；;]/.test(around.between(firstThan, head))) return null;
  const between = around.between(nearest, head);
  const isHigher = HIGHER.test(between);
  if (!isHigher && !LOWER.test(between)) return null;
  const rates = around.earlier(firstThan).filter(isRate);
  const own = rates.filter(({ sentence }) => sentence === head.sentence);
  const suggest = (rate: Figure): Suggested =>
    around.suggest('difference', 'difference', isHigher ? [rate, than] : [than, rate], points);
  const apart = (own.length > 0 ? own : rates).filter((rate) => {
    const by = isHigher ? rate.value.minus(than.value) : than.value.minus(rate.value);
    return points.step !== null && by.toStep(points.step, 'rounded').equals(points.value);
  });
  const [found] = apart;
  if (found !== undefined) return apart.length === 1 ? suggest(found) : null;
  const [only] = own;
  return only !== undefined && own.length === 1 ? suggest(only) : null;
}
const isRate = (one: Figure): boolean => isPercentage(one) && one.top === null;
