import type { Figure } from './figure.ts';
import type { OperationName } from './operations.ts';
import type { PairCue } from './cue-wording.ts';
import { cueOf } from './pair-cues.ts';
import { OF_THE_WHOLE } from './pair-words.ts';
import { Rational } from './rational.ts';
import type { RelationKind } from './relation.ts';
import { isCount, isPercentage, isPlanned, type Suggested, type Surroundings } from './surroundings.ts';
import {
  AGAIN,
  ATTACHED_PART,
  BASE_AFTER,
  BASE_BEFORE,
  BOUND,
  LESS,
  MORE,
  PART_AFTER,
  PART_BEFORE,
  REACHES,
  TO,
  TO_FROM,
  WHOLE_AFTER,
  WHOLE_BEFORE,
} from './worded-cues.ts';

/** Whether a share or multiple is printed in words and not in digits: a third, 三成 (“three tenths”), doubled, three times. */
export const isWorded = ({ form, unit, step, top }: Figure): boolean =>
  top === null && (form === 'fraction' || (unit === 'times' && step === null));

interface Candidate {
  readonly kind: RelationKind;
  readonly operation: OperationName;
  readonly inputs: readonly [Figure, Figure];
  /** Whether the words say which value is which. */
  readonly isNamed: boolean;
}

/**
 * Finds the two counts of a share or a multiple in words, in its sentence and the one before. Pairs that agree come first, then pairs that the
 * words name, then the nearest. A pair that does not agree is taken only if the words name both counts. Returns null if there is none.
 */
export function wordedOf(figure: Figure, around: Surroundings): Suggested | null {
  const cue = figure.unit === 'times' ? 'multiple' : shareCue(figure, around);
  const candidates = candidatesOf(figure, cue, around).map((one) => ({ ...one, ...complete(one, figure, around) }));
  const [best] = candidates
    .filter((one) => one.agrees)
    .toSorted((one, other) => other.rank - one.rank || one.distance - other.distance);
  const named = best ?? candidates.find((one) => one.isNamed);
  return named?.suggested ?? null;
}

type Cue = PairCue | 'multiple';

/** What the words around a share in words say that it is: a part of a whole, unless they say otherwise. */
function shareCue(figure: Figure, around: Surroundings): PairCue {
  const before = withoutBound(around.before(figure));
  const after = around.after(figure);
  if (AGAIN.test(after) || MORE.test(before)) return 'growth';
  if (LESS.test(before)) return 'decline';
  const cue = cueOf(before, after) ?? 'share';
  return (cue === 'growth' || cue === 'decline') && REACHES.test(before) ? 'share' : cue;
}
function withoutBound(before: string): string {
  const words = BOUND.exec(before)?.[0];
  return words === undefined ? before : before.slice(0, -words.length);
}

function candidatesOf(figure: Figure, cue: Cue, around: Surroundings): Candidate[] {
  const counts = around
    .near(figure)
    .filter((one) => isCount(one) || (cue === 'multiple' && isPercentage(one)) || isRateHere(one, cue, figure))
    .filter((one) => one.top === null && !one.value.isZero() && one.sentence <= figure.sentence)
    .filter((one) => !isOfLaterClause(one, figure, around));
  const part = cue === 'share' ? attachedPart(figure, counts, around) : changedValue(figure, counts, around);
  return counts.flatMap((one) =>
    counts.flatMap((other): Candidate[] => {
      if (
        one === other ||
        !around.fit(one, other) ||
        isCount(one) !== isCount(other) ||
        (part !== undefined && one !== part)
      )
        return [];
      if (one.sentence !== figure.sentence && other.sentence !== figure.sentence) return [];
      const inputs = [one, other] as const;
      const operation = operationFor(cue, figure, inputs);
      if (operation === null) return [];
      const isNamed = cue === 'share' ? isShareNamed(figure, inputs, around) : isChangeNamed(figure, inputs, around);
      return [{ ...operation, inputs, isNamed }];
    }),
  );
}

/** Whether a percentage of the same sentence is a level that changed: “The rate shrank by two-thirds, from 11.4 per cent to 3.7”. */
const isRateHere = (one: Figure, cue: Cue, figure: Figure): boolean =>
  (cue === 'growth' || cue === 'decline') && isPercentage(one) && one.sentence === figure.sentence;

/**
 * Whether a count belongs to a later year after a semicolon: 2019年7,020人，是上年的3倍；2020年3,510人 (“7,020 in 2019, three times the year before;
 * 3,510 in 2020”). It is not compared.
 */
const isOfLaterClause = (one: Figure, figure: Figure, around: Surroundings): boolean =>
  figure.language === 'zh' && one.start >= figure.end && /[；;].*(?:19|20)\d\d年/.test(around.between(figure, one));

/** The part that a share is attached to, whichever other counts would give it: “2,526 people, or a fifth of the total”. */
function attachedPart(figure: Figure, counts: readonly Figure[], around: Surroundings): Figure | undefined {
  const name = PART_NAMED.exec(withoutBound(around.before(figure)))?.[1];
  const named = name === undefined ? undefined : counts.findLast((one) => around.before(one, 16).endsWith(name));
  if (named !== undefined) return named;
  const bracketed = counts.find((one) => one.start >= figure.end);
  if (bracketed !== undefined && IN_BRACKET.test(around.between(figure, bracketed))) return bracketed;
  const before = counts.findLast((one) => one.sentence === figure.sentence && one.end <= figure.start);
  if (before === undefined || !ATTACHED_PART.test(around.between(before, figure))) return undefined;
  // The part is the first of the two: “96 of 128 villages, three in four”.
  const part = counts.findLast((one) => one.sentence === before.sentence && one.end <= before.start);
  return part !== undefined && OF_THE_WHOLE.test(around.between(part, before)) ? part : before;
}

/** The name of a part before its share: 中央资金2.1亿元、…，中央资金占六成 (“210 million yuan from the centre, … , six tenths from the centre”). */
const PART_NAMED = /(?:^|[，。；、])([^，。；、\d]{2,10})占(?:比)?(?:约|近)?$/;
/** A bracket after a share has the part: “nearly half (73)”. But in “a third (1,050 of 3,150)” it has both. */
const IN_BRACKET = /^ [(]$/;

/** The value that changed by a multiple: 游客120万人次，比2016年翻了一番 (“1.2 million visits, double those of 2016”). */
function changedValue(figure: Figure, counts: readonly Figure[], around: Surroundings): Figure | undefined {
  const before = counts.findLast((one) => one.sentence === figure.sentence && one.end <= figure.start);
  return before !== undefined && SINCE.test(around.between(before, figure)) ? before : undefined;
}
const SINCE = /^，(?:[比较](?:上年|去年|(?:19|20)\d\d年)(?:末|底|同期)?)(?:增长|增加|提高)?(?:了|近|约)*$/;

/** The operation of a cue for two counts; null if the cue can’t hold for them. */
function operationFor(
  cue: Cue,
  figure: Figure,
  [one, other]: readonly [Figure, Figure],
): Pick<Candidate, 'kind' | 'operation'> | null {
  const order = one.value.compare(other.value);
  const isOverQuota = isPlanned(other) && !isPlanned(one);
  switch (cue) {
    case 'multiple':
      return order === figure.value.compare(Rational.of(1)) ? { kind: 'ratio', operation: 'ratio' } : null;
    case 'share':
      return order < 0 ? { kind: 'share', operation: 'share' } : null;
    case 'growth':
      if (order <= 0) return null;
      return isOverQuota ? { kind: 'exceeds', operation: 'exceeds' } : { kind: 'growth', operation: 'growth' };
    case 'decline':
      return order < 0 ? { kind: 'growth', operation: 'decline' } : null;
    case 'exceeds':
      return order > 0 ? { kind: 'exceeds', operation: 'exceeds' } : null;
    case 'completion':
      return isOverQuota ? { kind: 'completion', operation: 'completion' } : null;
  }
}

/** Whether the words name part and whole of a share: “a third of the 930 …, 279”, 总数5,200人中的… (“of the total of 5,200”), “415 of the 864”. */
function isShareNamed(figure: Figure, [part, whole]: readonly [Figure, Figure], around: Surroundings): boolean {
  // “Nine of the 22 hearings, less than half” names both before the share.
  const isOfWhole = part.end <= whole.start && OF_THE_WHOLE.test(around.between(part, whole));
  if (isOfWhole && whole.end <= figure.start && ATTACHED_PART.test(around.between(whole, figure))) return true;
  const ofWhole =
    whole.start >= figure.end
      ? WHOLE_AFTER.test(around.between(figure, whole))
      : WHOLE_BEFORE.test(around.between(whole, figure));
  if (!ofWhole || part.sentence !== figure.sentence) return false;
  if (part.end <= figure.start) return part.end <= whole.start || PART_BEFORE.test(around.between(part, figure));
  const from = part.start > whole.start && whole.start >= figure.end ? whole : figure;
  return PART_AFTER.test(around.between(from, part));
}

/**
 * Whether the words name both values of a change: “from A to B”, “to B from A”, or the value that is compared with stands right beside the
 * figure.
 */
function isChangeNamed(figure: Figure, [later, earlier]: readonly [Figure, Figure], around: Surroundings): boolean {
  if (later.sentence !== earlier.sentence) return false;
  if (around.isFromTo(earlier, later))
    // Another verb may own the two values: “It quadrupled, and the share rose from 4.1 to 8.1”.
    return figure.end > earlier.start || !OTHER_VERB.test(around.between(figure, earlier));
  if (later.end <= earlier.start && TO.test(around.before(later, 16)) && TO_FROM.test(around.between(later, earlier)))
    return true;
  if (earlier.start >= figure.end) return later.end <= figure.start && BASE_AFTER.test(around.between(figure, earlier));
  return later.end <= earlier.start && BASE_BEFORE.test(around.between(earlier, figure));
}

const OTHER_VERB = /[a-z] (?:rose|fell|grew|increased|decreased|dropped|declined|went|climbed)\b/i;
/** How far a share in words may be off, in percentage points; a multiple and a change above 40 percent may be off by a tenth (`LOOSE_PART`). */
const LOOSE = Rational.of(4);
const LOOSE_PART = Rational.of(10, 100);

function complete(one: Candidate, figure: Figure, around: Surroundings) {
  const suggested = around.suggest(one.kind, one.operation, one.inputs, figure, one.isNamed ? 'wording' : 'numbers');
  const { verdict } = suggested.check;
  const off = suggested.check.computed?.minus(figure.value).absolute() ?? null;
  const part = figure.value.times(LOOSE_PART);
  const most = figure.unit === 'times' || part.compare(LOOSE) > 0 ? part : LOOSE;
  const isNear = off !== null && off.compare(isBeyond(figure, suggested) ? most.times(TWO) : most) <= 0;
  const [first, second] = one.inputs;
  return {
    suggested,
    agrees: verdict !== 'fails' && (isNear || (one.isNamed && figure.qualifier !== 'exact')),
    rank: (one.isNamed ? 4 : 0) + (verdict === 'exact' ? 2 : 0) + (first.unit === second.unit ? 1 : 0),
    distance: gap(first, figure) + gap(second, figure),
  };
}
const TWO = Rational.of(2);
/** Whether the result is beyond the figure in the direction of its bound: “more than double”. */
const isBeyond = ({ qualifier, value }: Figure, { check: { computed } }: Suggested): boolean =>
  computed !== null &&
  (qualifier === 'over' || qualifier === 'at-least'
    ? computed.compare(value) > 0
    : (qualifier === 'nearly' || qualifier === 'under') && computed.compare(value) < 0);
const gap = (one: Figure, other: Figure): number =>
  one.end <= other.start ? other.start - one.end : Math.max(0, one.start - other.end);
