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

/** “1,606 women, or 42.3 percent of the total”; 其中妇女1,606人，占42.3%. */
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
  // 贫困发生率为35.36%: of whom a rate is, its name doesn’t say.
  if (!/率(?:达到?|为|是)?(?:约|近)? ?$/.test(around.before(percentage, 12))) return [share];
  return around.suggest(share.kind, share.operation, share.inputs, percentage).check.verdict === 'fails' ? [] : [share];
}

const OF_A_TOTAL = /^ ?of the (?:\w+ )?total\b/i;
/** “Out of the total 786”, “a total of 640”: of several the one that is called so. */
const TOTAL_BEFORE = /\btotal (?:of )?(?:about |some |nearly )?$/i;

/** 共报告9608例…。男性9164例（占95.38%）: in brackets, of the largest count of the paragraph in its unit, where it gives the digits. */
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

/** 其中, 中，: what stands before is the whole of all parts that follow. */
const ITS_PARTS = /(?:其中|(?<=\d[万亿]?[^，。；、\d]{1,20})中)(?:，|：)?/g;
/**
 * 参加培训6,400人，其中女性2,880人，占45%；少数民族1,600人，占25%: of the whole before 其中, where this and every percentage since then
 * are said to be shares of nothing else, and the two give it. Null: not so.
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
/** 安排项目38.92万个，已开工项目31.85万个，开工率81.84%: the clause of the part says what was done, the rate how much of it. Null: no such whole. */
/** 失业率, 出生率: of people that are counted elsewhere. */
const OF_ALL_PEOPLE = /失业|出生|死亡|发生|参保|参合/;
function rateOf(part: Figure, percentage: Figure, near: readonly Figure[], around: Surroundings): Figure | null {
  const done = RATE.exec(around.before(percentage, 16))?.[1];
  const said = /^([^，。；\d]{0,16})，/.exec(around.between(part, percentage))?.[1];
  const clause = `${/[^，。；]*$/.exec(around.before(part, 24))?.[0] ?? ''}${said ?? ''}`;
  if (done === undefined || said === undefined || OF_ALL_PEOPLE.test(done)) return null;
  // 立17起、破17起，破案率为100%.
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
  // Of another sentence: it may count something else.
  if (wholes.length === 1 && only?.sentence === percentage.sentence) return only;
  return (
    wholes.find((one) => verdictOf(one) === 'rounds') ??
    wholes.slice(-1).find((one) => verdictOf(one) !== 'fails') ??
    null
  );
}

/** 占地区生产总值的比重为, 占总人口的: what the share is of. */
const OF_NAMED =
  /(?:^|[，。；、：:]|\d[万亿]?[^，。；、：:占\d]{0,3}(?=占))([^，。；、：:占\d]{0,16})占([^，。；、：:\d]{2,14}?)(?:的)?(?:比重|比例|比率|份额|比)?(?:[（(][^）)]{0,16}[）)])?(?:为|达到?|是)?(?:约|近)? ?$/;
/** Between the name of a value and the value: 新疆总人口为2010.35万人. */
const IS = '(?:[（(][^）)]{0,16}[）)])?(?:总量|总数)?(?:为|达到?|完成|实现|共|有|约)*$';
/** Of the total of what was counted: the name says nothing. */
const ANY_TOTAL = /^(?:总数|总量|总|全部|全县|全市|全区|全疆|全国|其)?(?:总?[人户]?[数口量]|总额|总值|的)?$/;

/**
 * 第一产业增加值占地区生产总值的比重为13.15%: the last values of the paragraph that have these names, sentences away as well. A value
 * right before it is the part. Null: no such names.
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
  // 0~14岁453万人，占20.77%, after the sentence that names the whole: only where it gives this.
  const isSaidHere = ownName !== '' || wholeName === nameOfTheListed(percentage, around, 0);
  return isSaidHere || agreesWith([part, whole], percentage, around) ? [part, whole] : null;
}
/** What a percentage is a share of, by name, with the value, or the name, of the part. Null: not said so. */
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
/** Sentences in a row that give shares of what the first of them names. */
const LONGEST_LIST = 6;

/** 总人口489万人，其中城镇人口73万人，…，城镇人口比例为14.9%: of what stands before 其中, where it gives this. */
function partOfTotal(partName: string, percentage: Figure, around: Surroundings): readonly [Figure, Figure] | null {
  if (partName.length < 2) return null;
  const counts = around.earlier(percentage).filter((one) => isCount(one) && one.top === null);
  const part = named(escaped(partName), counts, around);
  if (part === undefined || !PART_OF.test(around.before(part, 48))) return null;
  const whole = counts.findLast((one) => one.end <= part.start && around.fit(one, part));
  return whole !== undefined && agreesWith([part, whole], percentage, around) ? [part, whole] : null;
}
/** 占培训总人数的44%: of 培训4249.31万人次, the largest that is called so, where it gives this: else it may be one of several parts. */
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
/** 共报告各类职业病 has, but for one, the characters of 当年职业病报告. */
function isCalledLoosely(words: string, name: string): boolean {
  const asked = [...name.replace(/^(?:当年|全年|本年|新)/, '')];
  return asked.filter((one) => !words.includes(one)).length <= (asked.length > 4 ? 1 : 0);
}
const agreesWith = (inputs: readonly [Figure, Figure], percentage: Figure, around: Surroundings): boolean =>
  around.suggest('share', 'share', inputs, percentage).check.verdict !== 'fails';

const PLACE = /^(?:全国|全省|全区|全疆|全市|全县|全州|全兵团|世界|全球)(?:的|总(?:[量数额]|产[量值]|人口|面积|收入))?$/;
/** 新疆棉花产量占全国的83.8%: of 全国棉花产量. The longest end of the part’s name that the place’s value has, too. */
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
/** What a value is called right before it: 新疆棉花产量为511.1万吨. */
const nameOf = (value: Figure, around: Surroundings): string =>
  /([^，。；、：:\d]{2,16}?)(?:为|达到?|完成|实现|共|约)*$/.exec(around.before(value, 24))?.[1] ?? '';

/** The last that has this name before it; 全县常住人口 is called 常住人口, too. */
export function calledIn(asked: string, among: readonly Figure[], around: Surroundings): Figure | undefined {
  const name = asked.replace(/(?<=人口)数$/, '');
  const shortName = name.replace(/^(?:全部|所有|全体|[全我本][国省区市州县乡镇村疆])/, '');
  const called = named(`${NAME_BEGINS}${escaped(name)}`, among, around) ?? largestNamed(name, among, around);
  if (called !== undefined) return called;
  if (/^总人[口数]$/.test(name)) return onlyPopulation(among, around);
  // 221户914人，…占全村人口的22.8%: people printed beside their households.
  if (shortName === '人口') return among.find((one) => /\d户$/.test(around.before(one, 4)));
  if (shortName === name || shortName.length < 2) return undefined;
  return named(`${NAME_BEGINS}${escaped(shortName)}`, among, around) ?? largestNamed(shortName, among, around);
}
/** 年末户籍人口273393人…，占总人口的34.1%: where but one of the populations is printed. */
function onlyPopulation(among: readonly Figure[], around: Surroundings): Figure | undefined {
  const named = among.flatMap((one) => {
    const kind = POPULATION.exec(around.before(one, 24))?.[1];
    return kind === undefined ? [] : [{ one, kind }];
  });
  const [first] = named;
  // 全区常住人口2181万人，其中甲市常住人口311万人: the largest, if it comes first and all are counted in one way.
  const isWhole = named.every(({ one, kind }) => kind === first?.kind && one.value.compare(first.one.value) <= 0);
  return isWhole ? first?.one : undefined;
}
const POPULATION = new RegExp(`(?:^|[，。；年末全县市州区乡镇])(户籍|常住|户籍总)人口${IS}`);
/** 人口 in 汉族人口 is no name of all. */
const NAME_BEGINS = '(?:^|[，。；：:、年月日末底时县市区州省国疆我共有])';
/** 登记企业5200家, 私营企业4680家: of those whose names end so, all can only be the largest. A name of two characters ends too many. */
function largestNamed(name: string, among: readonly Figure[], around: Surroundings): Figure | undefined {
  if (name.length < 3 && !/[业户村校]$/.test(name)) return undefined;
  const pattern = new RegExp(`${escaped(name)}${IS}`);
  const fitting = among.filter((one) => pattern.test(around.before(one, 40)));
  return fitting.toSorted((one, other) => other.value.compare(one.value))[0];
}
function named(name: string, among: readonly Figure[], around: Surroundings): Figure | undefined {
  // 第二产业完成增加值130344万元.
  const pattern = new RegExp(`${name.replace('产业增加值', '产业(?:完成|实现)?增加值')}${IS}`);
  return among.findLast((one) => pattern.test(around.before(one, 40)));
}

/** 跨省7,739人，省内8,871人，分别占外出人员的46.6%和53.4%: of the whole that the words before the list name. */
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

/** Nothing but how it changed stands between: ，比上年增加1.06万所，增长4.55%，占全国. */
const isSaidOf = (between: string): boolean =>
  between.length < 20 ||
  (between.length < 56 &&
    /^，(?:[比较]|同比|环比|增长|下降|增加|减少|上升|占|完成|为)[^。；]*，(?:约)?占[^，。；\d]*$/.test(between));
/** 第二产业增加值比重为34.9%: of the whole that was named before. */
const PART_ALONE = /(?:^|[，。；：:])([^，。；、：:占\d]{2,16}?)(?:的)?(?:所占)?比[重例](?:为|达到?|是)?(?:约|近)? ?$/;
/** 甲占总人口的45.94%；乙，占39.58%: of the whole that was named with the first of the list. */
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
/** 全县常住人口中，男性28.07万人，占50.79%；女性27.2万人，占49.21%: what the whole clause is said of. */
const IN_ALL = /.*(?:^|[，。；：:])在?(?:全部|所有)?([^，。；、：:占\d其]{2,14}?)(?:之)?中(?:[，,：:]|(?=[男女]))/;
const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** 占去年省外务工总数的95.76%: of something else than the value before it, whose words say nothing of it. */
export function isOfAnother(percentage: Figure, part: Figure, whole: Figure, around: Surroundings): boolean {
  const name = OF_NAMED.exec(around.before(percentage, 40))?.[2] ?? '';
  if (name === '' || ANY_TOTAL.test(name)) return false;
  const words = `${around.before(whole, 40)}${/^[^，。；]*/.exec(around.after(whole, 12))?.[0] ?? ''}`;
  const kept = name.replace(/(?:总数|总量|总值|总额|人数|的)$/, '');
  // 出口1.71万亿元，占出口总值的51.4%: the whole has the part’s name, and is printed nowhere.
  return around.before(part, 12).endsWith(kept) || !(isCalled(words, kept) || isCalledLoosely(words, kept));
}

/** 棉花播种总面积 is 棉花的种植面积. */
const withoutForm = (name: string): string =>
  name.replace(/总(?=面积|人口|产量|投资)|的/g, '').replaceAll('播种', '种植');
/** 转移农村劳动力 is called 转移劳动力, too. */
function isCalled(printed: string, asked: string): boolean {
  const [words, name] = [withoutForm(printed), withoutForm(asked)];
  if (words.includes(name.slice(-4))) return true;
  // 种植棉花760万亩 is its 棉花种植面积.
  const parts = name.replace(/(?:面积|产量|产值|人数)$/, '').match(/../g) ?? [];
  if (parts.length > 1 && parts.every((part) => words.includes(part))) return true;
  return (
    name.length > 3 &&
    [2, 3].some((at) => new RegExp(`${escaped(name.slice(0, at))}.{0,4}${escaped(name.slice(at))}`).test(words))
  );
}

/** “45.9 percent of the 3,286 workers”, 占总人数3,286人的45.9%, “763 of the 1,850 …, 41.2 percent”: part and whole. */
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
  // “The best was 1545, of which 1200 were houses – 77 percent”
  if (OF_WHICH.test(around.between(part, last)) && part.value.compare(last.value) > 0) return [last, part];
  const isWhole =
    SHARE_OF_WHOLE.test(around.before(last, 24)) && /^ ?的(?:约|近)?$/.test(around.between(last, percentage));
  return isWhole || OF_THE_WHOLE.test(around.between(part, last)) ? [part, last] : null;
}

const OF_WHICH = /^(?: [a-z-]+){0,3},? of (?:which|whom) (?:about |some |only |nearly )?$/i;

/** “Of 4,500 shipments, 1,620 were refused. That is 36 percent of the total”: part and whole of the sentence before. */
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

/** “Against a target of 15,000, 14,100, or 94 percent”: in one sentence the share of a quota is its completion. Elsewhere it is a share, with its warning. */
export function shareOf(inputs: readonly [Figure, Figure]): Candidate {
  const kind = isOfQuota(inputs) ? 'completion' : 'share';
  return { kind, operation: kind, inputs };
}
export const isOfQuota = ([result, quota]: readonly [Figure, Figure]): boolean =>
  isPlanned(quota) && !isPlanned(result) && result.sentence === quota.sentence;
