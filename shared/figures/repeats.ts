import { check } from './check.ts';
import type { Figure } from './figure.ts';
import { overlap, roundedTo } from './interval.ts';
import { trailingStep } from './numerals.ts';
import { SAME_IN_WORDS } from './pair-words.ts';
import { fit, isCount, isPercentage, type Suggested, type Surroundings } from './surroundings.ts';
import { ONE, Rational } from './rational.ts';

/** Smaller counts, and percentages below ten, stand twice by chance. */
const TELLING_COUNT = Rational.of(1000);
const TELLING_SHARE = Rational.of(10);
/** How many values near a round one are compared. */
const LOOKED_AT = 3;

/** The same value printed elsewhere in the text or beside it in another unit, and coarser forms of a value: 3,050,112 and 3.05 million. */
export function repeatsIn(around: Surroundings): Suggested[] {
  const telling = around.figures.filter(isTelling);
  const isSaidAgain = ({ inputs: [one], printed }: Suggested): boolean =>
    one === undefined ||
    printed === null ||
    !isPercentage(printed) ||
    (printed.language === 'zh' ? !areOtherGrowths(one, printed, around) : areOfOneThing(one, printed, around));
  return [...inOtherUnits(around), ...sameValues(telling).filter(isSaidAgain), ...roundings(telling)];
}

/** Whether two equal percentages share two words beside them; otherwise they may be equal by chance. */
function areOfOneThing(one: Figure, other: Figure, around: Surroundings): boolean {
  const wordsOf = (figure: Figure): string[] =>
    `${around.before(figure, 60)} ${around.after(figure)}`.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  const beside = new Set(
    wordsOf(one).filter((word) => !/^(?:percent|cent|with|from|were|that|than|this|over|year)$/.test(word)),
  );
  return new Set(wordsOf(other).filter((word) => beside.has(word))).size >= 2;
}

const GROWTH = /(?:增长|下降|上升|增加|减少|提高|降低|增幅|降幅)(?:了|约|近)* ?$/;
const NO_SUBJECT = /(?:[比较](?:上年|去年)(?:末|同期)?|同比|环比|分别|实际|名义|万|亿|其中|全年)|[^\p{Script=Han}]/gu;
/**
 * Whether two rates of growth are about two things, since the words before them share no four characters: 第一产业增长6.3%。财政收入增长6.3% (“the primary
 * sector grew 6.3%. Revenue grew 6.3%”).
 */
function areOtherGrowths(one: Figure, other: Figure, around: Surroundings): boolean {
  const [first, second] = [around.before(one, 40), around.before(other, 40)];
  if (!GROWTH.test(first) || !GROWTH.test(second)) return false;
  const subject = (words: string): string => words.replace(GROWTH, '').replace(NO_SUBJECT, '');
  const said = subject(second);
  const words = subject(first);
  return !Array.from({ length: Math.max(0, words.length - 3) }, (_, at) => words.slice(at, at + 4)).some((four) =>
    said.includes(four),
  );
}

/** Pairs of a value and its repetition in another unit: 800公顷（12,000亩） (“800 hectares (12,000 mu)”), “16,600 hectares, or 249,000 mu”. */
function inOtherUnits(around: Surroundings): Suggested[] {
  return around.figures.flatMap((figure, at): Suggested[] => {
    const next = around.figures[at + 1];
    if (next === undefined || figure.sentence !== next.sentence || figure.top !== null || next.top !== null) return [];
    if (!around.isOtherUnit(figure, next) || !SAME_IN_WORDS.test(around.between(figure, next))) return [];
    return [around.suggest('repeat', 'same', [figure], next)];
  });
}

function isTelling(figure: Figure): boolean {
  if (figure.top !== null) return false;
  if (isPercentage(figure)) return figure.value.compare(TELLING_SHARE) >= 0 && significant(figure) > 2;
  return isCount(figure) && figure.unit !== null && figure.value.compare(TELLING_COUNT) >= 0;
}
const significant = ({ value }: Figure): number => value.numerator.toString().replace(/0+$/, '').length;

/** Pairs each value with the last place where the same value stood. */
function sameValues(figures: readonly Figure[]): Suggested[] {
  const last = new Map<string, Figure>();
  return figures.flatMap((figure): Suggested[] => {
    const key = `${isPercentage(figure) ? '%' : ''}${figure.value.toString()}`;
    const before = last.get(key);
    last.set(key, figure);
    if (before === undefined || before.sentence === figure.sentence || !fit(before, figure)) return [];
    if (significant(figure) < (figure.language === 'en' ? 3 : 2)) return [];
    // Two quotas of 1200 in one paragraph are equal, but are two quotas.
    if (before.kind === 'quota' && figure.kind === 'quota' && before.paragraph === figure.paragraph) return [];
    return [
      {
        kind: 'repeat',
        operation: 'same',
        inputs: [before],
        printed: figure,
        check: check('same', [before], figure),
        by: 'numbers',
      },
    ];
  });
}

/** The step of a value. With “about” it is the last digit that is not 0: 约3,300万 (“about 33 million”). */
const stepOf = ({ step, value, qualifier }: Figure): Rational =>
  (qualifier === 'about' ? trailingStep(value) : null) ?? step ?? trailingStep(value) ?? ONE;

const FROM_BELOW: ReadonlySet<Figure['qualifier']> = new Set(['over', 'at-least']);
const FROM_ABOVE: ReadonlySet<Figure['qualifier']> = new Set(['under', 'up-to', 'nearly']);
/** Whether the words beside the coarse value say that the fine one is on its other side. */
function isContradicted({ qualifier, value }: Figure, fine: Figure): boolean {
  const order = fine.value.compare(value);
  return (order < 0 && FROM_BELOW.has(qualifier)) || (order > 0 && FROM_ABOVE.has(qualifier));
}

function roundings(figures: readonly Figure[]): Suggested[] {
  const sorted = figures.toSorted((one, other) => one.value.compare(other.value));
  const firstNotBelow = (value: Rational): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.value.compare(value) ?? 0) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return figures.flatMap((coarse): Suggested[] => {
    const step = stepOf(coarse);
    if (step.compare(ONE) <= 0 || significant(coarse) < 2 || coarse.kind === 'comparison') return [];
    const from = firstNotBelow(roundedTo(coarse.value, step).low ?? coarse.value);
    return sorted.slice(from, from + LOOKED_AT).flatMap((fine): Suggested[] => {
      if (fine.sentence === coarse.sentence || isPercentage(fine) !== isPercentage(coarse) || fine.unit !== coarse.unit)
        return [];
      if (stepOf(fine).compare(step) >= 0 || significant(fine) <= significant(coarse)) return [];
      if (
        !fine.value.toStep(step, 'rounded').equals(coarse.value) ||
        !overlap(fine.interval, roundedTo(coarse.value, step))
      )
        return [];
      const interval = { ...roundedTo(coarse.value, step), reason: coarse.interval.reason };
      const printed = { ...coarse, step, interval };
      // 1.19万 (11,900) can’t have been rounded to 1.2万余 (“over 12,000”).
      if (isContradicted(coarse, fine)) return [];
      return [
        {
          kind: 'rounding',
          operation: 'same',
          inputs: [fine],
          printed: coarse,
          check: check('same', [fine], printed),
          by: 'numbers',
        },
      ];
    });
  });
}
