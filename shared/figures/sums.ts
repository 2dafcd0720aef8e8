import type { Figure } from './figure.ts';
import { likelySum } from './likely-pairs.ts';
import { trailingStep } from './numerals.ts';
import { couldSumTo } from './could-sum-to.ts';
import { OF_THEM, PARTS_AFTER, SHARES_SUMMED_UP, SINCE_THEN, SUMMED_UP, TOTAL, TOTAL_AFTER } from './pair-words.ts';
import { Rational, ZERO } from './rational.ts';
import { fit, isCount, isPercentage, isPlanned, type Suggested, type Surroundings } from './surroundings.ts';

/** Most parts of a total that are tried. */
const MOST_PARTS = 10;

/**
 * Finds totals with their parts in one sentence or the next. The parts are all counts that stand together before or after the total. With
 * wording such as 合计 (“in total”), 其中 (“of which”) or “a total of”, sums that are right once rounded are found too, and sums that fail are
 * reported. Without it only exact sums of one unit are suggested.
 */
export function sumsIn(around: Surroundings): Suggested[] {
  const named = sumsNamed(around);
  const totals = new Set(named.flatMap(({ inputs, printed }) => [...inputs, printed]));
  const others = around.figures.flatMap((total) => (totals.has(total) ? [] : (likelySum(total, around) ?? [])));
  return [...named, ...others.filter((one) => isOfOneKind(one, around))];
}

function sumsNamed(around: Surroundings): Suggested[] {
  const { figures } = around;
  return figures.flatMap((total, at): Suggested[] => {
    if (isPercentage(total)) return sharesOf(total, around);
    if (!isCount(total) || total.top !== null) return [];
    if (total.kind === 'comparison') return causesOf(total, figures.slice(at + 1, at + 1 + 2 * MOST_PARTS), around);
    const isNamed = TOTAL.test(around.before(total, 40)) || TOTAL_AFTER.test(around.after(total));
    const areSaid = PARTS_AFTER.test(around.after(total, 60));
    const after = run(total, figures.slice(at + 1, at + 1 + 2 * MOST_PARTS), around, areSaid);
    const isBeforeColon = total.qualifier !== 'exact' && COLON_AND_PARTS.test(around.after(total, 100));
    const haveParts = areSaid || areNext(total, after[0], around);
    const before = run(total, figures.slice(Math.max(0, at - 2 * MOST_PARTS), at).toReversed(), around).toReversed();
    const counted = after.filter((one) => !isMark(one, total));
    // Without wording, try only parts that could sum to the total. Few do, and each figure of a sentence with 10,000 of them is tried 27 times.
    const worth = (all: Figure[][]): Figure[][] =>
      isNamed || haveParts || isBeforeColon ? all : all.filter((parts) => couldSumTo(parts, total));
    const tried = [
      ...worth(prefixes(after)).map((parts) => sum(parts, total, isNamed || haveParts, around)),
      ...(counted.length === after.length
        ? []
        : worth(prefixes(counted)).map((parts) => sum(parts, total, false, around))),
      ...worth(suffixes(before)).map((parts) => sum(parts, total, isNamed, around)),
      // A bound of the parts is no part: 每年均在1000万以上 (“over 10 million in each year”).
      ...worth(suffixes(before.filter(({ qualifier }) => qualifier !== 'at-least')))
        .filter((parts) => parts.length >= 3)
        .map((parts) => sum(parts, total, isNamed, around)),
    ];
    const found =
      tried.find(({ check: { computed } }) => computed?.equals(total.value) === true) ??
      tried.find(({ check: { verdict, wide }, by }) => by === 'wording' && verdict === 'rounds' && !wide) ??
      (isBeforeColon ? tried.find((one) => isAbout(one, total)) : undefined) ??
      (haveParts
        ? (tried.find((one) => isAbout(one, total) || isOffByRounding(one, after)) ?? amongParts(after, total, around))
        : undefined);
    if (found !== undefined && (found.by === 'wording' || isOfOneKind(found, around)))
      return [found, ...again(found, after, total, around)];
    const later =
      found === undefined ? partedLater(total, figures.slice(at + 1, at + 1 + 2 * MOST_PARTS), around) : null;
    if (later !== null) return [later];
    if (!isNamed) return [];
    return [after, before]
      .filter((parts) => parts.every(({ sentence }) => sentence === total.sentence))
      .filter((parts) => parts === before || haveParts)
      .filter((parts) => !parts.some((one, index) => around.isFromTo(one, parts[index + 1] ?? total)))
      .filter((parts) => parts.every((part) => part.unit === null || total.unit === null || fit(part, total)))
      .filter((parts) => parts.length >= 3 || (parts === before && isSummedUp(parts, total, around)))
      .slice(0, 1)
      .map((parts) => sum(parts, total, true, around));
  });
}

/** Whether a number is the mark of a footnote and counts nothing: “8,600 workers moved 2 within the county”. */
const isMark = ({ unit, text }: Figure, total: Figure): boolean =>
  unit === null && total.unit !== null && /^\d{1,2}$/.test(text);

const DUE_TO =
  /\b(?:of (?:this|the) (?:increase|rise|gain|decrease|decline|drop|fall|reduction)|due to|result(?:ed|ing)? (?:of|from)|driven by|attribut\w+ to|reflect(?:s|ed|ing)|because of|consist(?:s|ed|ing) of|compris\w+)\b/i;
/**
 * The parts of an increase that the words call its causes, if they add up to it: “An increase of 7.2 million, due to 4.0 million more from A
 * and 3.2 million more from B”.
 */
function causesOf(total: Figure, after: readonly Figure[], around: Surroundings): Suggested[] {
  if (total.language !== 'en') return [];
  const near = after.filter(
    ({ paragraph, sentence }) => paragraph === total.paragraph && sentence - total.sentence <= 1,
  );
  const first = near.findIndex((one) => DUE_TO.test(around.sentenceTo(one)) && isCount(one));
  const parts = near.slice(first).filter((one) => isCount(one) && one.top === null && around.fit(one, total));
  if (first < 0) return [];
  const found = prefixes(parts.slice(0, MOST_PARTS)).map((some) => sum(some, total, false, around));
  return found.filter(({ check: { computed } }) => computed?.equals(total.value) === true).slice(0, 1);
}

/**
 * The parts of a total that are the only counts of a later sentence: “50 million people … . 28 million were in forced labour and 22 million in
 * forced marriages”.
 */
function partedLater(total: Figure, after: readonly Figure[], around: Surroundings): Suggested | null {
  if (total.language !== 'en') return null;
  for (const by of [2, 3]) {
    const parts = after.filter(
      (one) => one.paragraph === total.paragraph && one.sentence === total.sentence + by && isCount(one),
    );
    if (parts.length < 2 || parts.length > 3 || parts.some((one) => one.top !== null || !around.fit(one, total)))
      continue;
    const found = sum(parts, total, false, around);
    if (found.check.computed?.equals(total.value) === true && isOfOneKind(found, around)) return found;
  }
  return null;
}

/** Whether the parts are in the next sentence: 6.2万人实现就业，超额完成目标。其中， (“62,000 found work, above the target. Of these,”). */
const areNext = (total: Figure, part: Figure | undefined, around: Surroundings): boolean =>
  part !== undefined && /^[^。；\d]{0,40}。其中[^。；\d]{0,20}$/.test(around.between(total, part));
/** Words between a total and parts that follow a colon: “More than 80,000 were moved in three years: 20,859 in 2017, …”. */
const COLON_AND_PARTS = /^ [^.;:\d]{3,90}: (?:[a-z]+ ){0,2}\d/i;
/**
 * Whether the parts add up to a total that is printed as a bound: 逾6.2万人…。其中，A，B，C (“over 62,000 … . Of these, A, B, C”). Compares the digits
 * that are printed.
 */
function isAbout({ inputs, check: { computed } }: Suggested, total: Figure): boolean {
  const { qualifier, value } = total;
  const step = total.step ?? trailingStep(value);
  if (inputs.length < 3 || step === null || qualifier === 'exact' || computed === null) return false;
  return [computed.toStep(step, 'rounded'), computed.toStep(step, 'truncated')].some((one) => one.equals(value));
}

/**
 * The run of counts that adds up to the total, if the list divides it in several ways: 1289万人，其中女性609万人，35岁以下272万人，36岁至54岁751万人，55岁以上266万人
 * (“12.89 million, of whom 6.09 million women, 2.72 million under 35, 7.51 million aged 36 to 54, 2.66 million over 55”).
 */
function amongParts(after: readonly Figure[], total: Figure, around: Surroundings): Suggested | undefined {
  const found = after.flatMap((_, first) =>
    prefixes(after.slice(first)).filter(
      (some) =>
        first > 0 && some.length >= 3 && some.reduce((all, { value }) => all.plus(value), ZERO).equals(total.value),
    ),
  );
  // Of several runs prefer the one that ends with the list.
  const best = found.find((some) => some.at(-1) === after.at(-1)) ?? found[0];
  return best === undefined ? undefined : sum(best, total, true, around);
}

/**
 * Whether all named parts miss the total by one last digit, as rounding makes them: 42.72万人，其中城镇15.85万人、乡村26.86万人 (“427,200, of whom 158,500
 * urban, 268,600 rural”).
 */
const isOffByRounding = ({ inputs, check: { verdict, wide, off } }: Suggested, after: readonly Figure[]): boolean =>
  verdict === 'within-precision' &&
  !wide &&
  off !== null &&
  off <= 1 &&
  inputs.at(-1) === after.filter(({ sentence }) => sentence === inputs[0]?.sentence).at(-1);

/**
 * Finds a second division of the same total: 20.93万人。按性别分：男10.71万人，女10.22万人；城镇7.98万人，农业12.95万人 (“209,300. By sex: 107,100 men, 102,200 women;
 * 79,800 urban, 129,500 rural”).
 */
function again(found: Suggested, after: readonly Figure[], total: Figure, around: Surroundings): Suggested[] {
  const last = found.inputs.at(-1);
  const rest = last === undefined ? [] : after.slice(after.indexOf(last) + 1);
  if (last === undefined || last.start < total.end || found.inputs.some(({ unit }) => unit !== total.unit)) return [];
  const next = prefixes(rest).map((parts) => sum(parts, total, false, around));
  return next.filter((one) => one.check.computed?.equals(total.value) === true && isOfOneKind(one, around)).slice(0, 1);
}

/** Two shares and their exact sum: “63.8 million (37.7 percent) … 43.3 million (25.6 percent). Collectively they host 63.3 percent”. */
function sharesOf(total: Figure, around: Surroundings): Suggested[] {
  if (total.top === null && OF_THIS_SHARE.test(around.before(total, 24))) return partsOfShare(total, around);
  if (total.top !== null || !SHARES_SUMMED_UP.test(around.before(total))) return [];
  const [second, first] = around.earlier(total).filter(isPercentage).toReversed();
  if (first === undefined || second === undefined || total.sentence - first.sentence > 2) return [];
  const found = sum([first, second], total, false, around);
  return found.check.verdict === 'exact' ? [found] : [];
}

const OF_THIS_SHARE = /\bof (?:the|this|these|those) (?:remaining |other )?$/i;
/** The parts of a share: “Of the remaining 13 percent, 8 percent had some and 5 percent none”. */
function partsOfShare(total: Figure, around: Surroundings): Suggested[] {
  const parts = around
    .near(total)
    .filter(
      (one) => isPercentage(one) && one.top === null && one.start >= total.end && one.sentence === total.sentence,
    );
  const found = prefixes(parts).map((some) => sum(some, total, false, around));
  return found.filter(({ check: { computed } }) => computed?.equals(total.value) === true).slice(0, 1);
}

/**
 * Whether the words call a figure the total of two parts. It may miss their sum by a fifth at most, since otherwise it is the total of
 * something else.
 */
function isSummedUp(parts: readonly Figure[], total: Figure, around: Surroundings): boolean {
  if (parts.length !== 2 || !SUMMED_UP.test(around.before(total, 40))) return false;
  const off = sum(parts, total, true, around).check.computed?.minus(total.value).absolute();
  return off !== undefined && off.times(Rational.of(5)).compare(total.value) <= 0;
}

/** Whether words of a total follow a figure, which is then the number of things added up: 两项合计 (“the two in total”). */
const isOfTotal = (one: Figure, around: Surroundings): boolean => /^(?:合计|共计|相加|总计)/.test(around.after(one, 4));
/** Words before an earlier value: “up from about 640”, but not “from Kitwe and 640”. */
const FROM_VALUE = /\bfrom (?:(?!and )[a-z]+ ){0,2}$/;
const LEAST_PART = Rational.of(10);
/** Whether the parts are of one kind. Numbers alone suggest no sum of persons and person-times, nor of results and plans. */
function isOfOneKind({ inputs, printed }: Suggested, around: Surroundings): boolean {
  // Small numbers add up by chance. “80 billion of these” is a part of the value before it.
  if (inputs.every(({ value }) => value.compare(LEAST_PART) < 0)) return false;
  if (inputs.slice(1).some((one) => OF_THEM.test(around.after(one, 16)))) return false;
  // An earlier value is no part: “72.8 million, up from 65.6 million”.
  if (inputs.length > 2 && inputs.some((one) => one.language === 'en' && FROM_VALUE.test(around.before(one, 16))))
    return false;
  // A total is no part of a sum that only numbers suggest, nor are the two parts it is of: 两项合计1.68亿元 (“the two in total 168 million yuan”).
  if (inputs.some((one) => one.language === 'zh' && (SUMMED_UP.test(around.before(one, 24)) || isOfTotal(one, around))))
    return false;
  // Alternatives are no parts: “150 or 200”.
  if (inputs.slice(0, -1).some((one) => /^ or \d/.test(around.after(one, 6)))) return false;
  const units = new Set([...inputs, ...(printed === null ? [] : [printed])].map(({ unit }) => unit ?? ''));
  units.delete('');
  // Two long numbers hardly add up by chance, whatever they count.
  const isLong = inputs.some(({ value }) => value.numerator.toString().replace(/0+$/, '').length > 2);
  return (
    units.size <= (isLong ? 1 : 0) + Number(units.size === 1) &&
    inputs.every((part) => printed !== null && isPlanned(part) === isPlanned(printed))
  );
}

/** The counts beside a total that may be its parts. */
function run(total: Figure, beside: readonly Figure[], around: Surroundings, areSaid = false): Figure[] {
  return beside
    .filter((one) => one.paragraph === total.paragraph && Math.abs(one.sentence - total.sentence) <= 1)
    .filter(
      (one) =>
        isCount(one) &&
        one.kind !== 'comparison' &&
        one.top === null &&
        (areSaid ? around.fitByWords(one, total) : around.fit(one, total)) &&
        !isChange(one, around),
    )
    .filter((one) => around.isLess(one, total) && !isOfTotal(one, around))
    .slice(0, MOST_PARTS);
}
/** Words before an amount of change: 比上年增收1,284万元 (“12.84 million yuan more income than the year before”), “down 45,400 to 8,153,900”. */
const CHANGED = /\b(?:by|up|down|rose|fell|grew|dropped|increased|decreased) (?:about |some )?$/i;
/** Words before a later change of a list: 同比减少1起、59人 (“1 case and 59 people fewer than a year before”). */
const LISTED_CHANGE = /(?:增加|减少)(?:了|约|近)*\d[\d.]*[万亿]?[^，。；\d]{0,3}[、和]$/;
const isChange = (one: Figure, around: Surroundings): boolean =>
  SINCE_THEN.test(around.before(one, 24)) ||
  LISTED_CHANGE.test(around.before(one, 24)) ||
  (/^ to \d/.test(around.after(one, 5)) && CHANGED.test(around.before(one, 24)));
const prefixes = (parts: readonly Figure[]): Figure[][] =>
  parts.map((_, at) => parts.slice(0, at + 1)).filter((some) => some.length >= 2);
const suffixes = (parts: readonly Figure[]): Figure[][] =>
  parts.map((_, at) => parts.slice(at)).filter((some) => some.length >= 2);

const sum = (parts: readonly Figure[], total: Figure, isNamed: boolean, around: Surroundings): Suggested =>
  around.suggest('sum', 'sum', parts, total, isNamed ? 'wording' : 'numbers');
