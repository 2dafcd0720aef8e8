import type { Figure } from './figure.ts';
import { Rational } from './rational.ts';
import { isCount, type Suggested, type Surroundings } from './surroundings.ts';

const ABOUT =
  '(?:more than |less than |almost |over |only |just |some |about |exactly |nearly |around |an? (?:estimated|additional|extra|total of) )?';
const NOUN =
  'increase|rise|gain|growth|jump|decrease|decline|drop|fall|loss|reduction|cut|difference|gap|shortfall|surplus|excess|deficit';
const VERB =
  'rose|risen|rise|grew|grown|grow|increased|increase|climbed|went up|gone up|fell|fallen|fall|dropped|drop|decreased|decrease|declined|shrank|shrunk|went down|raised|lifted|lowered|cut|reduced|added';

/** Words right before a count which say that the count is the distance between two other values. */
const GAP_BEFORE = new RegExp(
  [
    `\\b(?:${NOUN}|arrival|addition|departure|closure|dismissal) of ${ABOUT}$`,
    `\\b(?:${VERB}) (?:by )?${ABOUT}$`,
    `\\b(?:up|down) (?:by )?${ABOUT}$`,
    `\\b(?:exceed|surpass|outnumber|miss|overshot|fell short|falls short|falling short|beat|beating|topped|overran)[^.;]{0,60} by ${ABOUT}$`,
    `\\b(?:${NOUN})s? (?:has |have |had )?(?:amounted to|came to|totall?ed|added up to) ${ABOUT}$`,
    '(?:相差|缺口(?:为|达)?|净增|净减) ?$',
    '比[^，。；\\d]{2,16}[多少高低](?:出|了)? ?$',
    `\\ban (?:extra|additional) ${ABOUT}$`,
  ].join('|'),
  'i',
);
/** Smaller numbers are not paired by the numbers alone: some are apart by just this amount by chance. */
const LEAST = Rational.of(10);
/**
 * Words of a balance, which is the difference of two other values: “the deficit for goods alone was”, “the difference between exports and
 * imports was”.
 */
const BALANCE_BEFORE =
  /\b(?:left|leaves|leaving|therefore|thus|net|natural (?:decrease|increase|growth|loss|change)|reduc(?:ed|ing) [a-z ]{1,32} by|differences?|gaps?|deficits?|surplus(?:es)?|shortfalls?|excess|balance|margins?|savings?|bonus(?:es)?|premiums?|penalt(?:y|ies)|net (?:gain|loss|increase|decrease|inflow|outflow|addition)s?)\b[^.;\d]{0,70}$/i;
/** Words of a total of several changes, which is no difference of two values: “for a total net gain of 45,000”. */
export const TOTAL_CHANGE =
  /\b(?:total|combined|overall) (?:net )?(?:gain|increase|rise|loss|decrease|decline|drop|fall)s? of (?:\w+ )?$/i;
/** Words for what is left of a whole (“the remaining 3,666”). The rest is a part of the whole and a difference at once. */
const REST_BEFORE = new RegExp(
  `\\b(?:the (?:remaining|other|rest|balance)|remaining|the rest,|leaving|left with) ${ABOUT}$|(?:剩余|其余|余下|还剩|剩下|尚余|结余|尚有)的?(?:\\d[\\d.]*[万亿]?户)? ?$`,
  'i',
);
export const isRest = (figure: Figure, around: Surroundings): boolean => REST_BEFORE.test(around.before(figure, 24));
/** A sentence that sums up the sentences before it: 也就是说，贫困人口减少了500万人 (“that is, the poor population fell by 5 million”). */
const isSummary = (gap: Figure, around: Surroundings): boolean =>
  /^(?:也就是说|换句话说|这意味着).*(?:减少|增加|下降|上升)了?[^，。；\d]{0,8}$/.test(around.before(gap, 120));
/** Words right after a count which say that the count is a change or a distance. */
const GAP_AFTER =
  /^ (?:[a-z-]+ )?(?:increase|decrease|decline|reduction)\b|^ ?(?:[a-z-]+ ){0,2}(?:more|fewer|less|higher|lower|above|below|over|short of|ahead of|behind|stronger|weaker|better|worse)\b(?! than (?:half|a|one)\b)|^(?: [a-z-]+){0,2} (?:(?:were|was|are|is) )?(?:still to be|yet to be|left over|remaining|outstanding|missing|unfilled)\b|^(?: [a-z-]+){0,2} (?:have|has|had) yet to\b|^(?: [a-z-]+){0,2} (?:remain(?:ed|s)? (?:open|vacant|empty|unfilled|pending|unpaid|unresolved|untrained|unemployed|at large|in)\b|(?:had|have) no\b)/i;

/** Whether the words around a figure call it a change, or the distance between two other values. */
export const isGapSaid = (figure: Figure, around: Surroundings): boolean =>
  !TOTAL_CHANGE.test(around.before(figure, 40)) &&
  (figure.kind === 'comparison' ||
    BALANCE_BEFORE.test(around.before(figure, 80)) ||
    GAP_BEFORE.test(around.before(figure, 100)) ||
    GAP_AFTER.test(around.after(figure, 40)) ||
    SET_APART.test(around.before(figure, 40)) ||
    OF_TWO.test(around.sentenceTo(figure)));
const OF_TWO = /\bnatural (?:decrease|increase|loss)|\b(?:trade balance|surplus|deficit|shortfall)\b/i;
const SET_APART =
  /\b(?:higher|lower|larger|smaller|greater|more|less|fewer|better|worse|ahead|behind|short|above|below) by (?:[a-z]+ ){0,2}[A-Z]{0,3}[$£€]?$/i;

/**
 * Finds the two counts whose difference is a figure that the words call a distance: “a drop of 640 from the 4,900”, “the remaining 3,666”. The
 * two must be near, and the numbers must agree, since the words do not say which two are meant. Returns null if no pair fits.
 */
export function gapOf(gap: Figure, around: Surroundings): Suggested | null {
  if (gap.top !== null || gap.value.isZero() || TOTAL_CHANGE.test(around.before(gap, 40))) return null;
  const isBalance =
    BALANCE_BEFORE.test(around.before(gap, 80)) || RESULT.test(around.sentenceTo(gap)) || isSummary(gap, around);
  const isOfRest = gap.language === 'en' && isRest(gap, around);
  if (
    !isBalance &&
    !GAP_BEFORE.test(around.before(gap, 100)) &&
    !isRest(gap, around) &&
    !GAP_AFTER.test(around.after(gap, 40))
  )
    return null;
  // How many sentences back the two values may be. The parts of a whole are named one after the other, so that a rest reaches further back.
  const back = isOfRest ? 3 : isBalance ? 2 : 1;
  const beside = back > 1 ? [...around.earlier(gap).slice(-6), ...around.near(gap)] : around.near(gap);
  const counts = [...new Set(beside)].filter(
    (one) =>
      isCount(one) &&
      one.top === null &&
      (isBalance || one.sentence <= gap.sentence) &&
      Math.abs(one.sentence - gap.sentence) <= back &&
      // Skip changes of other things: in “up by 2.4 million, … up by 1.6 million, … up by 0.8 million” no change is the distance of the other
      // two.
      (isBalance || one.language === 'zh' || one.kind !== 'comparison') &&
      around.fitByWords(one, gap),
  );
  const pairs = counts.flatMap((more) =>
    counts
      .filter((less) => less !== more && around.fitByWords(more, less) && more.value.compare(less.value) > 0)
      .filter((less) => more.value.minus(less.value).equals(gap.value) && more.value.compare(LEAST) >= 0)
      .map((less) => around.suggest('difference', 'difference', [more, less], gap, 'numbers')),
  );
  return pairs[0] ?? (RESULT.test(around.sentenceTo(gap)) ? bothOf(gap, counts, around) : null);
}
/** A result of the sentences before: “As a result the deficit grew by 66 billion”. */
const RESULT = /\b(?:as a result|therefore|thus|in all|together|on balance)\b/i;
function bothOf(total: Figure, counts: readonly Figure[], around: Surroundings): Suggested | null {
  const before = counts.filter((one) => one.sentence < total.sentence);
  const pairs = before.flatMap((one, at) =>
    before
      .slice(at + 1)
      .filter((other) => one.value.plus(other.value).equals(total.value) && total.value.compare(LEAST) >= 0)
      .map((other) => around.suggest('sum', 'sum', [one, other], total, 'numbers')),
  );
  return pairs.length === 1 ? (pairs[0] ?? null) : null;
}

const BIRTHS = /出生(?:人口|人数|率)?(?:为|是|达到?|共|有|约)*$/;
const DEATHS = /死亡(?:人口|人数|率)?(?:为|是|达到?|共|有|约)*$/;
const NATURAL_RATE = /自然增长率(?:为|是|达到?|约)*$/;
/**
 * Reads a change of population as births minus deaths, in one unit: 比上年末减少85万人。出生956万人，死亡1041万人 (“850,000 fewer than a year before. 9.56
 * million births, 10.41 million deaths”), or the natural rate 自然增长率为-0.60‰ (“natural growth -0.60 per mille”) of two rates. Counts must give
 * the figure exactly; rates that do not are reported. Returns null if births or deaths are not printed.
 */
export function naturalGrowth(figure: Figure, around: Surroundings): Suggested | null {
  if (figure.language !== 'zh' || figure.top !== null) return null;
  const isRate = figure.unit === 'permille';
  if (isRate ? !NATURAL_RATE.test(around.before(figure, 16)) : figure.kind !== 'comparison' || !isCount(figure))
    return null;
  const same = around.near(figure).filter((one) => one.unit === figure.unit && one.top === null);
  const births = same.find((one) => BIRTHS.test(around.before(one, 16)));
  const deaths = same.find((one) => DEATHS.test(around.before(one, 16)));
  if (births === undefined || deaths === undefined) return null;
  const isFewer = !isRate && births.value.compare(deaths.value) < 0;
  const inputs = isFewer ? [deaths, births] : [births, deaths];
  const found = around.suggest('difference', 'difference', inputs, figure, isRate ? 'wording' : 'numbers');
  return isRate || found.check.computed?.equals(figure.value) === true ? found : null;
}

/**
 * Reads a difference that is printed as a formula: “$27.3 billion ($75 billion – $47.7 billion)”. Returns null if no such formula follows the
 * result.
 */
export function formulaOf(result: Figure, here: readonly Figure[], around: Surroundings): Suggested | null {
  const at = here.findIndex((one) => one.start >= result.end);
  const [first, second] = [here[at], here[at + 1]];
  if (at < 0 || first === undefined || second === undefined) return null;
  if (!/^ ?[(]= ?$|^ ?[(]$/.test(around.between(result, first)) || !/^ ?[–−-] ?$/.test(around.between(first, second)))
    return null;
  if (!around.after(second, 1).startsWith(')') || !around.fit(first, second)) return null;
  return around.suggest('difference', 'difference', [first, second], result);
}

const EXCEEDS =
  '\\b(?:exceed\\w*|surpass\\w*|outnumber\\w*|top(?:s|ped)|(?:fell|falls|fall|falling) short of|miss(?:es|ed))\\b';
/** Words between the two values, and between the second value and the excess: “17,500 … exceeded the 15,000 … by 2,300”. */
const AGAINST = new RegExp(`^[^.;\\d]{0,60}${EXCEEDS}[^.;\\d]{0,48}$`, 'i');
const BY = /^[^.;\d]{0,48}\bby (?:only |just |some |about )?$/i;
/** Words before and after an excess that stands between the two values: “17,500 exceeded by 2,300 the 15,000”. */
const AGAINST_BY = new RegExp(`^[^.;\\d]{0,60}${EXCEEDS} by (?:only |just |some |about )?$`, 'i');
const THE_OTHER = /^ (?:[a-z]+ )?(?:the|its|their|that|those|what)\b[^.;\d]{0,24}$/i;

/**
 * Words between two values, and before their distance: 亩均成本约130元，而人工采棉为195元，每亩少投入55元 (“costs per mu are about 130 yuan, while picking by hand
 * is 195, so 55 yuan less per mu”).
 */
const WHEREAS = /^[^。；\d]{0,8}，(?:而|但)[^。；\d]{0,24}$/;
const LESS_OR_MORE = /(?:少|多|节[省约]|高出?|低)[^，。；\d]{0,6}$/;

/**
 * Finds two values of which one is said to exceed the other by `gap`. The words name all three figures, so a pair that does not give the gap
 * is reported as failing. Returns null if there are no such words.
 */
export function setAgainst(gap: Figure, here: readonly Figure[], around: Surroundings): Suggested | null {
  if (gap.top !== null) return null;
  const counts = here.filter((one) => isCount(one) && one.top === null && around.fit(one, gap));
  for (const [at, one] of counts.entries()) {
    const other = counts[at + 1];
    if (other === undefined || one.end > gap.start) continue;
    const isNamed =
      other.end <= gap.start
        ? (AGAINST.test(around.between(one, other)) && BY.test(around.between(other, gap))) ||
          (WHEREAS.test(around.between(one, other)) && LESS_OR_MORE.test(around.before(gap, 12)))
        : AGAINST_BY.test(around.between(one, gap)) && THE_OTHER.test(around.between(gap, other));
    if (!isNamed) continue;
    const inputs = one.value.compare(other.value) > 0 ? [one, other] : [other, one];
    return around.suggest('difference', 'difference', inputs, gap);
  }
  return null;
}
