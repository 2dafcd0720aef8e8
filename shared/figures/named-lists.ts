import type { Figure } from './figure.ts';
import { isChange } from './change-pairs.ts';
import { placeInList } from './lists.ts';
import { calledIn } from './share-pairs.ts';
import { isCount, type Suggested, type Surroundings } from './surroundings.ts';

/** The pair of a percentage in a list. The words say once, for the whole list, which numbers of the paragraph belong to it. */
export const inNamedList = (percentage: Figure, around: Surroundings): Suggested | null =>
  shareOfIndustry(percentage, around) ?? changeOfUnit(percentage, around) ?? changeOfEach(percentage, around);

const OF_INDUSTRIES =
  /(?:三次产业|一、二、三(?:次)?产业)(?:增加值)?(?:分别)?占([^，。；\d]{2,10}?)的?(?:比(?:重|例))?(?:分别)?为?$/;
/** Words for shares of the three sectors in total output: 三次产业占比分别为 (“the three sectors’ shares are”). */
const INDUSTRIES_ALONE = /(?:三次产业|一、二、三(?:次)?产业)(?:增加值)?的?(?:占比|比重|比例)(?:分别)?(?:为|是|达到?)?$/;
const INDUSTRIES = ['第一产业', '第二产业', '第三产业'];
/** The share of a sector, from the values printed for the three: 三次产业增加值占生产总值比重分别为21.7%、41.7%、36.6% (“the three sectors’ shares of GDP are”). */
function shareOfIndustry(percentage: Figure, around: Surroundings): Suggested | null {
  const { at, first, length } = placeInList(percentage, around);
  const head = around.figures[first];
  if (length !== INDUSTRIES.length || head === undefined) return null;
  const words = around.before(head, 32);
  const of = INDUSTRIES_ALONE.test(words) ? '生产总值' : OF_INDUSTRIES.exec(words)?.[1];
  const industry = INDUSTRIES[at - first];
  if (of === undefined || industry === undefined) return null;
  const counts = around.earlier(head).filter((one) => isCount(one) && one.top === null);
  const part = calledIn(`${industry}增加值`, counts, around) ?? calledIn(industry, counts, around);
  const whole = calledIn(of === 'GDP' ? '生产总值' : of, counts, around);
  if (part === undefined || whole === undefined || part === whole || !around.fit(part, whole)) return null;
  return around.suggest('share', 'share', [part, whole], percentage);
}

const CHANGED = '(?:同比|[比较](?:上年|去年)(?:同期)?|分别)*(下降|减少|上升|增长|增加)(?:了|约)?$';
/** A change of a count in one unit: 件数下降38.24% (“the number of cases fell by 38.24%”). */
const ONE_UNIT = new RegExp(`([件人户次起个家笔批])数${CHANGED}`);
/** A change of counts in two units: 件数和人数分别同比下降50.76%、64.27% (“cases and persons fell by 50.76% and 64.27%”). */
const TWO_UNITS = new RegExp(`([件人户次起个家笔批])数[和、及与]([件人户次起个家笔批])数${CHANGED}`);
const THEN = /(?:上年|去年|同期)[^，。；\d]{0,8}\d/;
/** The two counts in the unit of the percentage: 案件97件134人，去年同期为197件375人 (“97 cases with 134 persons, 197 cases with 375 persons a year before”). */
function changeOfUnit(percentage: Figure, around: Surroundings): Suggested | null {
  const { at, first, length } = placeInList(percentage, around);
  const head = around.figures[first];
  if (length > 2 || head === undefined) return null;
  const words = around.before(head, 40);
  const [, one = '', other = '', listed = ''] = (length === 2 ? TWO_UNITS.exec(words) : null) ?? [];
  const [, alone = '', change = listed] = length === 1 ? (ONE_UNIT.exec(words) ?? []) : [];
  const unit = alone || (at === first ? one : other);
  if (unit === '') return null;
  const counted = around
    .near(percentage)
    .filter((figure) => figure.end <= head.start && figure.sentence === head.sentence && figure.text.endsWith(unit));
  const [then, now] = counted.toReversed();
  if (then === undefined || now === undefined || !THEN.test(`${around.between(now, then)}${then.text}`)) return null;
  return around.suggest('growth', /下降|减少/.test(change) ? 'decline' : 'growth', [now, then], percentage);
}

const RESPECTIVELY = /^，分别(下降|减少|上升|增长|增加)(?:了|约)?$/;
/**
 * The count and its change in one unit for each percentage: 事故54起、死亡825人，同比减少11起、146人，分别下降16.9%和15.0% (“54 accidents, 825 deaths, 11 and 146
 * fewer, down 16.9% and 15.0%”).
 */
function changeOfEach(percentage: Figure, around: Surroundings): Suggested | null {
  const { at, first, length } = placeInList(percentage, around);
  const head = around.figures[first];
  const changes = around.figures.slice(Math.max(0, first - length), first);
  const change = changes[at - first];
  const [firstChange] = changes;
  const last = changes.at(-1);
  if (length < 2 || head === undefined || change === undefined || last === undefined || firstChange === undefined)
    return null;
  const verb = RESPECTIVELY.exec(around.between(last, head))?.[1];
  if (verb === undefined || !changes.every((one) => isCount(one) && isChange(one, around))) return null;
  const value = around
    .earlier(firstChange)
    .findLast((one) => one.sentence === head.sentence && one.unit === change.unit && isCount(one));
  if (value === undefined || value.top !== null) return null;
  const operation = /下降|减少/.test(verb) ? 'declineByDecrease' : 'growthByIncrease';
  return around.suggest('growth', operation, [value, change], percentage);
}
