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

/** A third, 三成, doubled, three times: not printed to a digit. */
export const isWorded = ({ form, unit, step, top }: Figure): boolean =>
  top === null && (form === 'fraction' || (unit === 'times' && step === null));

interface Candidate {
  readonly kind: RelationKind;
  readonly operation: OperationName;
  readonly inputs: readonly [Figure, Figure];
  /** The words say which of the two is which. */
  readonly isNamed: boolean;
}

/**
 * What a share or a multiple in words was said of: of the counts in its sentence, and the one before, those that agree with it, the
 * named and the nearest first. Counts that don't agree are taken only where the words name both. Null: none.
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

/** Nothing but what it is a share of need be said of a share. */
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

/** “The rate shrank by two-thirds, from 11.4 per cent to 3.7”. */
const isRateHere = (one: Figure, cue: Cue, figure: Figure): boolean =>
  (cue === 'growth' || cue === 'decline') && isPercentage(one) && one.sentence === figure.sentence;

/** 2019年7,020人，是上年的3倍；2020年3,510人: what is said of a later year is not compared with. */
const isOfLaterClause = (one: Figure, figure: Figure, around: Surroundings): boolean =>
  figure.language === 'zh' && one.start >= figure.end && /[；;].*(?:19|20)\d\d年/.test(around.between(figure, one));

/** “2,526 people, or a fifth of the total”: what the share is said of is the part, whatever else would give it. */
function attachedPart(figure: Figure, counts: readonly Figure[], around: Surroundings): Figure | undefined {
  const name = PART_NAMED.exec(withoutBound(around.before(figure)))?.[1];
  const named = name === undefined ? undefined : counts.findLast((one) => around.before(one, 16).endsWith(name));
  if (named !== undefined) return named;
  const bracketed = counts.find((one) => one.start >= figure.end);
  if (bracketed !== undefined && IN_BRACKET.test(around.between(figure, bracketed))) return bracketed;
  const before = counts.findLast((one) => one.sentence === figure.sentence && one.end <= figure.start);
  if (before === undefined || !ATTACHED_PART.test(around.between(before, figure))) return undefined;
  // “96 of 128 villages, three in four”: the first of the two.
  const part = counts.findLast((one) => one.sentence === before.sentence && one.end <= before.start);
  return part !== undefined && OF_THE_WHOLE.test(around.between(part, before)) ? part : before;
}

/** 中央资金2.1亿元、…，中央资金占六成. */
const PART_NAMED = /(?:^|[，。；、])([^，。；、\d]{2,10})占(?:比)?(?:约|近)?$/;
/** “Nearly half (73)”: but not “a third (1,050 of 3,150)”, where it is the same. */
const IN_BRACKET = /^ [(]$/;

/** 游客120万人次，比2016年翻了一番: what is said to have changed, and nothing else. */
function changedValue(figure: Figure, counts: readonly Figure[], around: Surroundings): Figure | undefined {
  const before = counts.findLast((one) => one.sentence === figure.sentence && one.end <= figure.start);
  return before !== undefined && SINCE.test(around.between(before, figure)) ? before : undefined;
}
const SINCE = /^，(?:[比较](?:上年|去年|(?:19|20)\d\d年)(?:末|底|同期)?)(?:增长|增加|提高)?(?:了|近|约)*$/;

/** Null: the cue doesn't say this of these two. */
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

/** “A third of the 930 …, 279”, 总数5,200人中的…, “415 of the 864”. */
function isShareNamed(figure: Figure, [part, whole]: readonly [Figure, Figure], around: Surroundings): boolean {
  // “Nine of the 22 hearings, less than half”
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

/** “From A to B”, “to B from A”, or what is compared with stands right beside it. */
function isChangeNamed(figure: Figure, [later, earlier]: readonly [Figure, Figure], around: Surroundings): boolean {
  if (later.sentence !== earlier.sentence) return false;
  if (around.isFromTo(earlier, later))
    // “It quadrupled, and the share rose from 4.1 to 8.1”: another verb has the two.
    return figure.end > earlier.start || !OTHER_VERB.test(around.between(figure, earlier));
  if (later.end <= earlier.start && TO.test(around.before(later, 16)) && TO_FROM.test(around.between(later, earlier)))
    return true;
  if (earlier.start >= figure.end) return later.end <= figure.start && BASE_AFTER.test(around.between(figure, earlier));
  return later.end <= earlier.start && BASE_BEFORE.test(around.between(earlier, figure));
}

const OTHER_VERB = /[a-z] (?:rose|fell|grew|increased|decreased|dropped|declined|went|climbed)\b/i;
/** Of a share, points; of a multiple and of a change above 100 percent, a part of it. */
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
/** “More than double” goes further than “double”. */
const isBeyond = ({ qualifier, value }: Figure, { check: { computed } }: Suggested): boolean =>
  computed !== null &&
  (qualifier === 'over' || qualifier === 'at-least'
    ? computed.compare(value) > 0
    : (qualifier === 'nearly' || qualifier === 'under') && computed.compare(value) < 0);
const gap = (one: Figure, other: Figure): number =>
  one.end <= other.start ? other.start - one.end : Math.max(0, one.start - other.end);
