import { isChange } from './change-pairs.ts';
import type { Figure } from './figure.ts';
import { type Listed, saidOfList } from './lists.ts';
import { agrees, isOfTheSame } from './other-percentages.ts';
import {
  OF_THE_TOTAL,
  OF_THEM,
  OF_THE_WHOLE,
  OR_PART,
  PART_OF,
  SHARE_OF,
  SHARE_OF_WHOLE,
  THAT_IS,
} from './pair-words.ts';
import { type Candidate, isCount, isPlanned, type Surroundings } from './surroundings.ts';

/**
 * Pairs of a part and a whole that the words name for a share: “1,606 women, or 42.3 percent of the total”; 其中妇女1,606人，占42.3% (“of whom 1,606
 * women, 42.3%”).
 */
export function sharesNamed(
  percentage: Figure,
  near: readonly Figure[],
  before: readonly Figure[],
  around: Surroundings,
): Candidate[] {
  const said = wholeSaid(percentage, near, before, around) ?? namedByWords(percentage, before, around);
  if (said !== null) return [shareOf(said)];
  const [part] = before;
  if (part === undefined || percentage.start - part.end > 40) return [];
  const ofRate = rateOf(part, percentage, near, around);
  if (ofRate !== null) return [{ kind: 'share', operation: 'share', inputs: [part, ofRate] }];
  const total = ofTotalBefore(percentage, part, around);
  if (total !== null) return [shareOf(total)];
  const parted = ofListedParts(percentage, part, around);
  if (parted !== null) return [shareOf(parted)];
  const isPart =
    PART_OF.test(around.before(part, 72)) ||
    OF_THEM.test(around.after(part)) ||
    OF_A_TOTAL.test(around.after(percentage));
  const wholes = near.filter(
    (one) =>
      isCount(one) &&
      one.end <= part.start &&
      one.kind !== 'comparison' &&
      (part.unit === null ? one.unit !== null : around.fit(one, part) && one.unit !== null),
  );
  const whole = OF_A_TOTAL.test(around.after(percentage))
    ? (wholes.findLast((one) => TOTAL_BEFORE.test(around.before(one, 24))) ?? wholes.at(-1))
    : wholes.at(-1);
  if (!isPart || whole === undefined || whole.value.compare(part.value) < 0) return [];
  if (isOfAnother(percentage, part, whole, around) || isOfTheSame(percentage, part, whole, near, around)) return [];
  const share = shareOf([part, whole]);
  // The name of a rate does not say whose rate it is (贫困发生率为35.36%, “the poverty rate is 35.36%”), so a pair that fails is dropped.
  if (!/率(?:达到?|为|是)?(?:约|近)? ?$/.test(around.before(percentage, 12))) return [share];
  return around.suggest(share.kind, share.operation, share.inputs, percentage).check.verdict === 'fails' ? [] : [share];
}

const OF_A_TOTAL = /^ ?of the (?:\w+ )?total\b/i;
/** Words that mark the total among several candidates for the whole: “out of the total 786”, “a total of 640”. */
const TOTAL_BEFORE = /\btotal (?:of )?(?:about |some |nearly )?$/i;

/**
 * Finds the whole of a share in brackets: the largest count of the paragraph in the part’s unit, if the two give the printed digits.
 * 共报告9608例…。男性9164例（占95.38%） (“9,608 cases reported … . 9,164 men (95.38%)”).
 */
function ofTotalBefore(percentage: Figure, part: Figure, around: Surroundings): readonly [Figure, Figure] | null {
  const words = `${around.before(part, 1)}${around.between(part, percentage)}`;
  if (!/^.?[（(]约?占(?:比)?$|^[（(]，约?占(?:比)?$/.test(words)) return null;
  const [whole] = around
    .earlier(part)
    .filter((one) => isCount(one) && one.top === null && one.unit === part.unit)
    .toSorted((one, other) => other.value.compare(one.value));
  if (whole === undefined || whole.value.compare(part.value) < 0) return null;
  return agrees(around.suggest('share', 'share', [part, whole], percentage)) ? [part, whole] : null;
}

/** 其中 (“of which”) and 中， (“among”): what stands before them is the whole of all the parts that follow. */
const ITS_PARTS = /(?:其中|(?<=\d[万亿]?[^，。；、\d]{1,20})中)(?:，|：)?/g;
/**
 * Finds the whole before 其中 (“of which”): 参加培训6,400人，其中女性2,880人，占45%；少数民族1,600人，占25% (“6,400 trained, of whom 2,880 women, 45%; 1,600
 * minorities, 25%”). No percentage since 其中 may name another whole, and part and whole must give the percentage. Returns null otherwise.
 */
function ofListedParts(percentage: Figure, part: Figure, around: Surroundings): readonly [Figure, Figure] | null {
  if (!BARE_SHARE.test(around.before(percentage, 8))) return null;
  const words = around.sentenceTo(percentage);
  const at = [...words.matchAll(ITS_PARTS)].at(-1);
  if (at === undefined) return null;
  const from = percentage.start - words.length + at.index;
  const here = around.earlier(percentage).filter((one) => one.sentence === percentage.sentence);
  const since = here.filter((one) => one.start >= from);
  if (since.some((one) => isPercent(one) && !BARE_SHARE.test(around.before(one, 8)))) return null;
  const whole = here.findLast((one) => one.end <= from && isCount(one) && !isPercent(one));
  if (whole === undefined || !around.fit(part, whole) || part.start < from) return null;
  return around.suggest('share', 'share', [part, whole], percentage).check.verdict === 'fails' ? null : [part, whole];
}
const isPercent = ({ unit }: Figure): boolean => unit === 'percent';
const BARE_SHARE = /，(?:约|各)?占(?:比)?(?:为|达|约)?$/;

const RATE = /([^，。；\d不未][^，。；\d])率(?:高?达到?|为|是)?(?:约|近)? ?$/;
/** Rates whose whole is all people, who are counted elsewhere: 失业率 (unemployment), 出生率 (births). */
const OF_ALL_PEOPLE = /失业|出生|死亡|发生|参保|参合/;
/**
 * The planned value of which a rate is the part done: 安排项目38.92万个，已开工项目31.85万个，开工率81.84% (“389,200 projects planned, 318,500
 * begun, rate of beginning 81.84%”). The clause of the part has the verb of the rate. Returns null if the text has no such value.
 */
function rateOf(part: Figure, percentage: Figure, near: readonly Figure[], around: Surroundings): Figure | null {
  const done = RATE.exec(around.before(percentage, 16))?.[1];
  const said = /^([^，。；\d]{0,16})，/.exec(around.between(part, percentage))?.[1];
  const clause = `${/[^，。；]*$/.exec(around.before(part, 24))?.[0] ?? ''}${said ?? ''}`;
  if (done === undefined || said === undefined || OF_ALL_PEOPLE.test(done)) return null;
  // The verb is repeated with the part: 立17起、破17起，破案率为100% (“17 cases opened, 17 solved, a clear-up rate of 100%”).
  if (new RegExp(`[、，]${escaped(done.charAt(0))}(?:获)?$`).test(around.before(part, 6))) {
    const last = near.findLast((one) => isCount(one) && one.end <= part.start);
    if (last?.unit === part.unit && last.value.compare(part.value) >= 0) return last;
  }
  if (!clause.includes(done)) return null;
  const wholes = near.filter(
    (one) => isCount(one) && one.end <= part.start && one.unit === part.unit && one.value.compare(part.value) >= 0,
  );
  const [only] = wholes;
  const verdictOf = (one: Figure) => around.suggest('share', 'share', [part, one], percentage).check.verdict;
  // A whole of another sentence may count something else.
  if (wholes.length === 1 && only?.sentence === percentage.sentence) return only;
  return (
    wholes.find((one) => verdictOf(one) === 'rounds') ??
    wholes.slice(-1).find((one) => verdictOf(one) !== 'fails') ??
    null
  );
}

/** The name of the whole: 占地区生产总值的比重为 (“its share of regional GDP is”), 占总人口的 (“of the total population”). */
const OF_NAMED =
  /(?:^|[，。；、：:]|\d[万亿]?[^，。；、：:占\d]{0,3}(?=占))([^，。；、：:占\d]{0,16})占([^，。；、：:\d]{2,14}?)(?:的)?(?:比重|比例|比率|份额|比)?(?:[（(][^）)]{0,16}[）)])?(?:为|达到?|是)?(?:约|近)? ?$/;
/** The words between the name of a value and the value: 新疆总人口为2010.35万人 (“Xinjiang’s total population is 20.1035 million”). */
const IS = '(?:[（(][^）)]{0,16}[）)])?(?:总量|总数)?(?:为|达到?|完成|实现|共|有|约)*$';
/** A name of the whole which says only that it is the total, and not what is counted. */
const ANY_TOTAL = /^(?:总数|总量|总|全部|全县|全市|全区|全疆|全国|其)?(?:总?[人户]?[数口量]|总额|总值|的)?$/;

/**
 * Finds part and whole by their names: 第一产业增加值占地区生产总值的比重为13.15% (“the primary sector’s share of regional GDP is 13.15%”). Takes the last
 * values of the paragraph with these names, also some sentences back. A value right before the percentage is the part. Returns null if no
 * values have these names.
 */
function namedByWords(
  percentage: Figure,
  before: readonly Figure[],
  around: Surroundings,
): readonly [Figure, Figure] | null {
  const words = around.before(percentage, 40);
  const [, said = '', ownName = ''] = OF_NAMED.exec(words) ?? PART_ALONE.exec(words) ?? [];
  const partName = /^[约仅只共各]$/.test(said) ? '' : said;
  const wholeName = ownName === '' ? nameOfTheListed(percentage, around) : ownName;
  if (wholeName === '') return partOfTotal(partName, percentage, around);
  const counts = around.earlier(percentage).filter((one) => isCount(one) && one.top === null);
  const [last] = before;
  const isBeside = last !== undefined && partName === '' && isSaidOf(around.between(last, percentage));
  const part = isBeside ? last : partName.length < 2 ? undefined : named(escaped(partName), counts, around);
  if (part === undefined) return null;
  const wholes = counts.filter((one) => one !== part && around.fit(one, part) && one.value.compare(part.value) >= 0);
  const whole =
    calledIn(wholeName, wholes, around) ?? sameOfPlace(wholeName, partName || nameOf(part, around), wholes, around);
  if (whole === undefined) return ofTotal(wholeName, part, wholes, percentage, around);
  // If the whole was named in a sentence before (0~14岁453万人，占20.77%, “aged 0 to 14: 4.53 million, 20.77%”), the pair must give the percentage.
  const isSaidHere = ownName !== '' || wholeName === nameOfTheListed(percentage, around, 0);
  return isSaidHere || agreesWith([part, whole], percentage, around) ? [part, whole] : null;
}
/** Returns the name of the whole of a percentage, with the value or the name of the part; null if the words name no whole. */
export function partAndWholeName(
  percentage: Figure,
  value: Figure | undefined,
  around: Surroundings,
): { readonly part: Figure | string; readonly wholeName: string } | null {
  const [, partName = '', ownName = ''] = OF_NAMED.exec(around.before(percentage, 40)) ?? [];
  const wholeName = ownName === '' ? nameOfTheListed(percentage, around, LONGEST_LIST) : ownName;
  if (wholeName === '') return null;
  if (value !== undefined) return { part: value, wholeName };
  if (partName.length > 2) return { part: partName, wholeName };
  const part = around
    .earlier(percentage)
    .findLast(
      (one) => isCount(one) && one.top === null && one.sentence === percentage.sentence && !isChange(one, around),
    );
  return part !== undefined && isSaidOf(around.between(part, percentage)) ? { part, wholeName } : null;
}
/** The most sentences in a row that may give shares of a whole which only the first of them names. */
const LONGEST_LIST = 6;

/**
 * Finds a share of the value before 其中 (“of which”), if the two give the percentage: 总人口489万人，其中城镇人口73万人，…，城镇人口比例为14.9% (“4.89 million people,
 * of whom 730,000 urban, …, the urban share is 14.9%”).
 */
function partOfTotal(partName: string, percentage: Figure, around: Surroundings): readonly [Figure, Figure] | null {
  if (partName.length < 2) return null;
  const counts = around.earlier(percentage).filter((one) => isCount(one) && one.top === null);
  const part = named(escaped(partName), counts, around);
  if (part === undefined || !PART_OF.test(around.before(part, 48))) return null;
  const whole = counts.findLast((one) => one.end <= part.start && around.fit(one, part));
  return whole !== undefined && agreesWith([part, whole], percentage, around) ? [part, whole] : null;
}
/**
 * Finds the whole of 占培训总人数的44% (“44% of all trainees”): the largest value with this name (培训4249.31万人次, “trained 42.4931 million”). Part and
 * whole must give the percentage, since the value may be one of several parts.
 */
const OF_TOTAL = /^(.{2,10})总(?:人[数次]|[例件户]数|[数量额])$/;
function ofTotal(
  wholeName: string,
  part: Figure,
  wholes: readonly Figure[],
  percentage: Figure,
  around: Surroundings,
): readonly [Figure, Figure] | null {
  const name = OF_TOTAL.exec(wholeName)?.[1];
  if (name === undefined) return null;
  const [whole] = wholes
    .filter((one) => isCalledLoosely(around.before(one, 24), name))
    .toSorted((one, other) => other.value.compare(one.value));
  return whole !== undefined && agreesWith([part, whole], percentage, around) ? [part, whole] : null;
}
/**
 * Whether words contain all characters of a name but one: 共报告各类职业病 (“all occupational diseases reported”) for 当年职业病报告 (“reports of
 * occupational disease this year”).
 */
function isCalledLoosely(words: string, name: string): boolean {
  const asked = [...name.replace(/^(?:当年|全年|本年|新)/, '')];
  return asked.filter((one) => !words.includes(one)).length <= (asked.length > 4 ? 1 : 0);
}
const agreesWith = (inputs: readonly [Figure, Figure], percentage: Figure, around: Surroundings): boolean =>
  around.suggest('share', 'share', inputs, percentage).check.verdict !== 'fails';

const PLACE = /^(?:全国|全省|全区|全疆|全市|全县|全州|全兵团|世界|全球)(?:的|总(?:[量数额]|产[量值]|人口|面积|收入))?$/;
/**
 * Finds the value of a larger place with the part’s name: for 新疆棉花产量占全国的83.8% (“Xinjiang’s cotton output is 83.8% of the country’s”) that is
 * 全国棉花产量 (“the country’s cotton output”). Compares the longest end of the name that both have.
 */
function sameOfPlace(
  place: string,
  partName: string,
  among: readonly Figure[],
  around: Surroundings,
): Figure | undefined {
  if (!PLACE.test(place)) return undefined;
  const of = escaped(place.replace(/(?:的|总.{1,2})$/, ''));
  for (let at = 1; at <= partName.length - 2; at++) {
    const whole = named(`${of}[^，。；\\d]{0,10}${escaped(partName.slice(at))}`, among, around);
    if (whole !== undefined) return whole;
  }
  return undefined;
}
/** The name right before a value: 新疆棉花产量为511.1万吨 (“Xinjiang’s cotton output is 5.111 million tons”). */
const nameOf = (value: Figure, around: Surroundings): string =>
  /([^，。；、：:\d]{2,16}?)(?:为|达到?|完成|实现|共|约)*$/.exec(around.before(value, 24))?.[1] ?? '';

/**
 * The last value whose words before it end in this name. A value named 全县常住人口 (“residents of the whole county”) also has the name 常住人口
 * (“residents”).
 */
export function calledIn(asked: string, among: readonly Figure[], around: Surroundings): Figure | undefined {
  const name = asked.replace(/(?<=人口)数$/, '');
  const shortName = name.replace(/^(?:全部|所有|全体|[全我本][国省区市州县乡镇村疆])/, '');
  const called = named(`${NAME_BEGINS}${escaped(name)}`, among, around) ?? largestNamed(name, among, around);
  if (called !== undefined) return called;
  if (/^总人[口数]$/.test(name)) return onlyPopulation(among, around);
  // People printed beside their households have no name: 221户914人，…占全村人口的22.8% (“221 households, 914 people, … 22.8% of the village”).
  if (shortName === '人口') return among.find((one) => /\d户$/.test(around.before(one, 4)));
  if (shortName === name || shortName.length < 2) return undefined;
  return named(`${NAME_BEGINS}${escaped(shortName)}`, among, around) ?? largestNamed(shortName, among, around);
}
/**
 * Finds the population that a share is of, if the text prints exactly one population figure: 年末户籍人口273393人…，占总人口的34.1% (“registered population
 * 273,393 … , 34.1% of the total”).
 */
function onlyPopulation(among: readonly Figure[], around: Surroundings): Figure | undefined {
  const named = among.flatMap((one) => {
    const kind = POPULATION.exec(around.before(one, 24))?.[1];
    return kind === undefined ? [] : [{ one, kind }];
  });
  const [first] = named;
  // Of several populations of one kind take the first, if it is the largest: 全区常住人口2181万人，其中甲市常住人口311万人 (“21.81 million residents in the region,
  // of whom 3.11 million in city A”).
  const isWhole = named.every(({ one, kind }) => kind === first?.kind && one.value.compare(first.one.value) <= 0);
  return isWhole ? first?.one : undefined;
}
const POPULATION = new RegExp(`(?:^|[，。；年末全县市州区乡镇])(户籍|常住|户籍总)人口${IS}`);
/** Where the name 人口 (“population”) may begin. In 汉族人口 (“Han population”) it does not mean everybody. */
const NAME_BEGINS = '(?:^|[，。；：:、年月日末底时县市区州省国疆我共有])';
/**
 * Takes the largest of the values whose names end in this name, since only it can be the whole: 登记企业5200家, 私营企业4680家 (“5,200 registered firms,
 * 4,680 private firms”). A name of two characters is skipped: too many names end in it.
 */
function largestNamed(name: string, among: readonly Figure[], around: Surroundings): Figure | undefined {
  if (name.length < 3 && !/[业户村校]$/.test(name)) return undefined;
  const pattern = new RegExp(`${escaped(name)}${IS}`);
  const fitting = among.filter((one) => pattern.test(around.before(one, 40)));
  return fitting.toSorted((one, other) => other.value.compare(one.value))[0];
}
function named(name: string, among: readonly Figure[], around: Surroundings): Figure | undefined {
  // The verb may stand within the name: 第二产业完成增加值130344万元 (“the secondary sector achieved a value added of 1.30344 billion yuan”).
  const pattern = new RegExp(`${name.replace('产业增加值', '产业(?:完成|实现)?增加值')}${IS}`);
  return among.findLast((one) => pattern.test(around.before(one, 40)));
}

/**
 * Shares of a list, of the whole that is named before the list: 跨省7,739人，省内8,871人，分别占外出人员的46.6%和53.4% (“7,739 across provinces and 8,871
 * within, 46.6% and 53.4% of the migrants”).
 */
export function sharesOfListed(listed: Listed, percentage: Figure, around: Surroundings): Candidate[] {
  const { of, values } = listed;
  const [first] = values;
  const name = /占([^，。；、：:\d]{2,14}?)的?(?:比重|比例|份额)?(?:为|达到?|是)?(?:约|近)?$/.exec(
    saidOfList(listed, around),
  )?.[1];
  if (name === undefined || first === undefined) return [];
  const wholes = around
    .earlier(first)
    .filter((one) => isCount(one) && one.top === null && around.fit(one, of))
    .filter((one) => values.every(({ value }) => one.value.compare(value) > 0));
  const whole = ANY_TOTAL.test(name) ? wholes.at(-1) : calledIn(name, wholes, around);
  const pair = whole === undefined ? ofTotal(name, of, wholes, percentage, around) : ([of, whole] as const);
  return pair === null ? [] : [shareOf(pair)];
}

/**
 * Whether the words between a part and its share say nothing but how the part changed: ，比上年增加1.06万所，增长4.55%，占全国 (“10,600 more than the year
 * before, up 4.55%, of the country’s”).
 */
const isSaidOf = (between: string): boolean =>
  between.length < 20 ||
  (between.length < 56 &&
    /^，(?:[比较]|同比|环比|增长|下降|增加|减少|上升|占|完成|为)[^。；]*，(?:约)?占[^，。；\d]*$/.test(between));
/** A share that names its part alone: 第二产业增加值比重为34.9% (“the share of the secondary sector’s value added is 34.9%”). Its whole was named before. */
const PART_ALONE = /(?:^|[，。；：:])([^，。；、：:占\d]{2,16}?)(?:的)?(?:所占)?比[重例](?:为|达到?|是)?(?:约|近)? ?$/;
/** Returns the whole that was named with the first share of a list: 甲占总人口的45.94%；乙，占39.58% (“A is 45.94% of the population; B, 39.58%”). */
function nameOfTheListed(percentage: Figure, around: Surroundings, sentencesBefore = 1): string {
  if (!/，占(?:比)?$|比重(?:为|达到?|是)?(?:约|近)? ?$/.test(around.before(percentage, 8))) return '';
  const names = around
    .earlier(percentage)
    .filter((one) => one.unit === 'percent' && one.sentence >= percentage.sentence - sentencesBefore)
    .map((one) => ({ one, name: OF_NAMED.exec(around.before(one, 40))?.[2] ?? '' }));
  const nearest = (sentence: number): string | undefined =>
    names.findLast(({ one, name }) => one.sentence === sentence && name !== '')?.name;
  return (
    nearest(percentage.sentence) ??
    IN_ALL.exec(around.before(percentage))?.[1] ??
    names.findLast(({ name }) => name !== '')?.name ??
    ''
  );
}
/**
 * The whole that a clause begins with: 全县常住人口中，男性28.07万人，占50.79%；女性27.2万人，占49.21% (“of the county’s residents 280,700 are men, 50.79%; 272,000
 * are women, 49.21%”).
 */
const IN_ALL = /.*(?:^|[，。；：:])在?(?:全部|所有)?([^，。；、：:占\d其]{2,14}?)(?:之)?中(?:[，,：:]|(?=[男女]))/;
const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Whether the words name another whole than this value: 占去年省外务工总数的95.76% (“95.76% of last year’s migrant workers”) after a value that has no
 * such name.
 */
export function isOfAnother(percentage: Figure, part: Figure, whole: Figure, around: Surroundings): boolean {
  const name = OF_NAMED.exec(around.before(percentage, 40))?.[2] ?? '';
  if (name === '' || ANY_TOTAL.test(name)) return false;
  const words = `${around.before(whole, 40)}${/^[^，。；]*/.exec(around.after(whole, 12))?.[0] ?? ''}`;
  const kept = name.replace(/(?:总数|总量|总值|总额|人数|的)$/, '');
  // The whole has the part’s own name and is not printed: 出口1.71万亿元，占出口总值的51.4% (“exports of 1.71 trillion yuan, 51.4% of all exports”).
  return around.before(part, 12).endsWith(kept) || !(isCalled(words, kept) || isCalledLoosely(words, kept));
}

/** A name without words that vary, so that 棉花播种总面积 (“total sown area of cotton”) equals 棉花的种植面积 (“planted area of cotton”). */
const withoutForm = (name: string): string =>
  name.replace(/总(?=面积|人口|产量|投资)|的/g, '').replaceAll('播种', '种植');
/**
 * Whether printed words contain the name that is asked for, perhaps with more words in between: 转移农村劳动力 (“rural labour transferred”) contains
 * 转移劳动力 (“labour transferred”).
 */
function isCalled(printed: string, asked: string): boolean {
  const [words, name] = [withoutForm(printed), withoutForm(asked)];
  if (words.includes(name.slice(-4))) return true;
  // The order of the words may differ: 种植棉花760万亩 (“planted 7.6 million mu of cotton”) is its 棉花种植面积 (“planted area of cotton”).
  const parts = name.replace(/(?:面积|产量|产值|人数)$/, '').match(/../g) ?? [];
  if (parts.length > 1 && parts.every((part) => words.includes(part))) return true;
  return (
    name.length > 3 &&
    [2, 3].some((at) => new RegExp(`${escaped(name.slice(0, at))}.{0,4}${escaped(name.slice(at))}`).test(words))
  );
}

/**
 * Part and whole that the words around the percentage name: “45.9 percent of the 3,286 workers”, 占总人数3,286人的45.9% (“45.9% of the total of
 * 3,286”), “763 of the 1,850 …, 41.2 percent”.
 */
function wholeSaid(
  percentage: Figure,
  near: readonly Figure[],
  before: readonly Figure[],
  around: Surroundings,
): readonly [Figure, Figure] | null {
  const [last, part] = before;
  const earlier = last === undefined ? saidBefore(percentage, near, around) : null;
  if (earlier !== null) return earlier;
  const next = near.find((one) => one.start >= percentage.end);
  if (next !== undefined && last !== undefined && isCount(next) && around.fit(last, next))
    if (SHARE_OF.test(around.between(percentage, next))) return [last, next];
  if (next !== undefined && SHARE_OF.test(around.between(percentage, next)) && isCount(next)) {
    const after = near.find((one) => one.start >= next.end && isCount(one) && around.fit(one, next));
    if (after !== undefined && OR_PART.test(around.between(next, after))) return [after, next];
  }
  if (last === undefined || part === undefined || !around.fit(part, last)) return null;
  // The larger of the two is the whole, whichever is printed first: “The best was 1545, of which 1200 were houses – 77 percent”.
  if (OF_WHICH.test(around.between(part, last)) && part.value.compare(last.value) > 0) return [last, part];
  const isWhole =
    SHARE_OF_WHOLE.test(around.before(last, 24)) && /^ ?的(?:约|近)?$/.test(around.between(last, percentage));
  return isWhole || OF_THE_WHOLE.test(around.between(part, last)) ? [part, last] : null;
}

const OF_WHICH = /^(?: [a-z-]+){0,3},? of (?:which|whom) (?:about |some |only |nearly )?$/i;

/** Part and whole of the sentence before: “Of 4,500 shipments, 1,620 were refused. That is 36 percent of the total”. */
function saidBefore(
  percentage: Figure,
  near: readonly Figure[],
  around: Surroundings,
): readonly [Figure, Figure] | null {
  if (!THAT_IS.test(around.before(percentage)) || !OF_THE_TOTAL.test(around.after(percentage))) return null;
  const counts = near.filter((one) => isCount(one) && one.sentence === percentage.sentence - 1);
  const [one, other] = counts;
  if (counts.length !== 2 || one === undefined || other === undefined || !around.fit(one, other)) return null;
  return one.value.compare(other.value) > 0 ? [other, one] : [one, other];
}

/**
 * Names a pair of part and whole. A share of a quota is its completion if both are in one sentence (“against a target of 15,000, 14,100, or 94
 * percent”); else it is a share, which has a warning.
 */
export function shareOf(inputs: readonly [Figure, Figure]): Candidate {
  const kind = isOfQuota(inputs) ? 'completion' : 'share';
  return { kind, operation: kind, inputs };
}
export const isOfQuota = ([result, quota]: readonly [Figure, Figure]): boolean =>
  isPlanned(quota) && !isPlanned(result) && result.sentence === quota.sentence;
