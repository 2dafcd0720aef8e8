import { isChange } from './change-pairs.ts';
import type { Figure } from './figure.ts';
import type { OperationName } from './operations.ts';
import { agrees } from './other-percentages.ts';
import { firstAfter } from './read-context.ts';
import type { RelationKind } from './relation.ts';
import { isCount, isPlanned, type Suggested, type Surroundings } from './surroundings.ts';

/**
 * The values of a Chinese text by their names, anywhere in the text: a bulletin gives the total in its first paragraph and shares of it in
 * later ones. Only pairs that are exact to the digit are suggested, so a name alone makes no pair.
 */
type Named = ReadonlyMap<string, readonly Figure[]>;
const KNOWN = new WeakMap<Surroundings, Named>();
function namedIn(around: Surroundings): Named {
  const known = KNOWN.get(around);
  if (known !== undefined) return known;
  const found = new Map<string, Figure[]>();
  const add = (name: string, one: Figure): void => {
    const same = found.get(name);
    if (same === undefined) found.set(name, [one]);
    else same.push(one);
  };
  around.figures.forEach((one, at) => {
    if (one.language !== 'zh' || !isCount(one) || one.top !== null || one.unit === null || isChange(one, around))
      return;
    const names = namesOf(nameBefore(one, around));
    for (const name of names) add(name, one);
    const change = around.figures[at + 1];
    if (change?.sentence !== one.sentence || change.unit !== one.unit || !isChange(change, around)) return;
    if (around.between(one, change).length < LONGEST) for (const name of names) add(`${name}${INCREASE}`, change);
  });
  KNOWN.set(around, found);
  return found;
}

/** A name that ends in 增量 (“increase”) is the growth of the thing named before it: 外出农民工增量 (“the increase in migrant workers”). */
const INCREASE = '增';
const INCREASE_WORDS = /(?<=.{2})(?:增加?[量额]|增长[量额]|净增[量额]|增加值增量)$/;

const LONGEST = 24;
const BEFORE_VALUE =
  /([^，。；、：:（()）|\d]{2,20}?)(?:[（(][^）)]{0,16}[）)])?(?:为|达到?|完成|实现|共|有|约|近|逾|突破|累计|合计|总计|增至|升至|降至)*$/;
const nameBefore = (value: Figure, around: Surroundings): string =>
  BEFORE_VALUE.exec(around.before(value, LONGEST))?.[1] ?? '';

/** Words of time, place or completion. They are no part of a name. */
const NO_NAME =
  /^(?:其中|全年|全[国省区疆市县州乡镇村]|[我本][国省区市县州]|中国|当[年月]|年末|年底|截至|[年月日]|上半年|下半年|[前第]?[一二三四]个?季度|个?月末?|年初?|末|底|共|实现|完成|累计|全部|所有|的|与|及|和)+/;
const SAME_NAMES: readonly (readonly [RegExp, string])[] = [
  [/(?:对外贸易|外贸)(?:进出口)?|货物进出口/, '进出口'],
  [/(?:国内|地区)?生产总值(?:[（(]?GDP[）)]?)?|GDP/i, '生产总值'],
  [/播种/, '种植'],
];
const TOTAL_WORDS = /(?:总值|总额|总量|总数|总计|金额|总?产量|总?人数|总?件数|总?户数|[量额数])$/;

/** The stem of a name. Names of one thing have one stem: 中国外贸总值 (“China’s total foreign trade”) and 进出口 (“imports and exports”). */
export function stemOf(words: string): string {
  let name = words.replace(NO_NAME, '').replaceAll('的', '');
  for (const [pattern, same] of SAME_NAMES) name = name.replace(pattern, same);
  if (INCREASE_WORDS.test(name)) return `${stemOf(name.replace(INCREASE_WORDS, ''))}${INCREASE}`;
  if (name.startsWith('新增') && name.length > 4) return `${stemOf(name.slice(2))}${INCREASE}`;
  return name === '生产总值' || name.length < 4 ? name : name.replace(TOTAL_WORDS, '');
}
const SHORTEST_END = 4;
/** All names of a value: the whole name, the part after the name of a place, and its endings of at least four characters. */
function namesOf(words: string): Set<string> {
  const stem = stemOf(words);
  const names = new Set<string>();
  if (stem.length < 2) return names;
  names.add(stem);
  for (let at = 1; at < stem.length - 1; at++)
    if (stem.length - at >= SHORTEST_END || /[国省市县区州乡镇村疆院司]/.test(stem.charAt(at - 1)))
      names.add(stem.slice(at));
  return names;
}

/** Of the values with one name, how many are tried from the beginning of the text, and how many before the percentage. */
const TRIED_FIRST = 6;
const TRIED_BEFORE = 8;
const TRIED_AFTER = 3;
function calledSo(name: string, percentage: Figure, around: Surroundings): readonly Figure[] {
  const all = namedIn(around).get(name) ?? [];
  const at = firstAfter(all, percentage.start);
  return [...all.slice(0, TRIED_FIRST), ...all.slice(Math.max(TRIED_FIRST, at - TRIED_BEFORE), at + TRIED_AFTER)];
}

const MOST_PARTS = 4;
/**
 * Finds the whole with this name in another paragraph, if it alone gives the percentage: 占外贸总值的65.4% (“65.4% of foreign trade”). The part may
 * be found by its name too.
 */
export function shareElsewhere(
  part: Figure | string,
  wholeName: string,
  percentage: Figure,
  around: Surroundings,
): Suggested | null {
  const name = stemOf(wholeName);
  if (name.length < 2) return null;
  const called = (words: string): readonly Figure[] => calledSo(words, percentage, around);
  const parts =
    typeof part === 'string'
      ? called(stemOf(part))
          .filter((one) => one.end <= percentage.start)
          .slice(-MOST_PARTS)
      : [part];
  const pairs = parts.flatMap((one) =>
    called(name)
      .filter((whole) => whole !== one && whole.unit === one.unit && whole.value.compare(one.value) >= 0)
      .filter((whole) => isPlanned(whole) === isPlanned(one))
      .map((whole) => [one, whole] as const),
  );
  return only('share', 'share', pairs, percentage, around);
}

/**
 * Finds the value of the year before in another paragraph, if it gives the percentage: 2015年受理15985件，比2014年上升42.6%. …2014年受理11210件 (“15,985
 * cases in 2015, up 42.6% from 2014. … 11,210 cases in 2014”).
 */
export function growthElsewhere(
  operation: Extract<OperationName, 'growth' | 'decline'>,
  value: Figure,
  percentage: Figure,
  around: Surroundings,
): Suggested | null {
  if (value.period === null) return null;
  // Try the whole name before its endings.
  for (const name of namesOf(nameBefore(value, around))) {
    const earlier = calledSo(name, percentage, around).filter(
      (one) =>
        one !== value && one.unit === value.unit && isYearBefore(one, value) && isPlanned(one) === isPlanned(value),
    );
    if (earlier.length === 0) continue;
    const pairs = earlier.map((one) => [value, one] as const);
    return only('growth', operation, pairs, percentage, around);
  }
  return null;
}
function isYearBefore({ period: one }: Figure, { period: other }: Figure): boolean {
  if (one === null || other === null) return false;
  return (
    Number(other.from.slice(0, 4)) - Number(one.from.slice(0, 4)) === 1 &&
    one.from.slice(4) === other.from.slice(4) &&
    one.to.slice(4) === other.to.slice(4)
  );
}

type Pair = readonly [Figure, Figure];
/** The nearest of the pairs that give the percentage, if all such pairs have the same two values. */
function only(
  kind: RelationKind,
  operation: OperationName,
  among: readonly Pair[],
  percentage: Figure,
  around: Surroundings,
): Suggested | null {
  const found = among
    .filter((inputs) => around.isNear(operation, inputs, percentage))
    .map((inputs) => ({ inputs, suggested: around.suggest(kind, operation, inputs, percentage) }))
    .filter(({ suggested }) => agrees(suggested) && !suggested.check.wide);
  const [first] = found;
  if (first === undefined) return null;
  const isOther = ([one, other]: Pair): boolean =>
    !one.value.equals(first.inputs[0].value) || !other.value.equals(first.inputs[1].value);
  if (found.some(({ inputs }) => isOther(inputs))) return null;
  const distance = ({ inputs: [one, other] }: { readonly inputs: Pair }): number =>
    Math.abs(one.start - percentage.start) + Math.abs(other.start - percentage.start);
  return found.toSorted((one, other) => distance(one) - distance(other))[0]?.suggested ?? null;
}
