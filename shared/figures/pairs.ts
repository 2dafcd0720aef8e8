import type { Figure } from './figure.ts';
import type { OperationName } from './operations.ts';
import { isAttached } from './attached.ts';
import { changesBeside, changesNamed, isAside, isChange } from './change-pairs.ts';
import { likelyPair } from './likely-pairs.ts';
import { type Listed, listedOf, saidOfList } from './lists.ts';
import { growthElsewhere, shareElsewhere } from './named-values.ts';
import { inNamedList } from './named-lists.ts';
import { numericFor, valueOf } from './numeric-pairs.ts';
import { agrees, isHere, isOfAnotherPercentage, isOfSame, isPastAnother } from './other-percentages.ts';
import type { PairCue } from './cue-wording.ts';
import { cuesOf } from './pair-cues.ts';
import { OF_THE_WHOLE, PART_OF } from './pair-words.ts';
import { ZERO } from './rational.ts';
import { quotasNamed } from './quota-pairs.ts';
import { partAndWholeName, sharesNamed, sharesOfListed } from './share-pairs.ts';
import { type Candidate, isCount, isPercentage, type Suggested, type Surroundings } from './surroundings.ts';
import { isWorded, wordedOf } from './worded.ts';

/**
 * Returns what a percentage may have been computed from: values that the wording names, or counts around it that give exactly this percentage.
 * If the percentage is attached to a value (“3,480, up 17.6 percent”), that value must be one of the two.
 */
export function pairsOf(percentage: Figure, around: Surroundings): readonly Suggested[] {
  const worded = isWorded(percentage) ? wordedOf(percentage, around) : null;
  if (worded !== null) return [worded];
  if (percentage.top !== null) return ofRange(percentage, around);
  const named = inNamedList(percentage, around);
  if (named !== null) return [named];
  const near = around.near(percentage);
  const listed = isPercentage(percentage) ? listedOf(percentage, around) : null;
  const said = listed === null ? around.before(percentage) : around.before(listed.head).replace(/分别|依次/g, '');
  const own = signed(percentage, cuesOf(said, around.after(percentage)));
  const cues = changedTo(percentage, own, near, around) ?? own;
  const found = (cues.length > 0 ? cues : cuesBefore(percentage, near, around))
    // A fraction such as “a third” is only ever a share of a whole.
    .filter((cue) => isPercentage(percentage) || cue === 'share')
    .filter((cue) => (cue !== 'growth' && cue !== 'decline') || !isLevel(percentage, near, around))
    .map((cue) => pairFor(cue, percentage, listed, near, around));
  // If several readings are possible, take the first that gives the percentage. A pair that the words name before it wins, and then fails.
  const best = found.find(({ agreed, isNamed }) => agreed !== null || isNamed) ?? found[0];
  if (best?.agreed !== undefined && best.agreed !== null) return [best.agreed];
  const beside =
    best?.isNamed === true ? null : (shareBeside(percentage, near, around) ?? likelyPair(percentage, around));
  return beside === null ? (best?.others ?? []) : [beside];
}

/** Turns a decline by a negative percentage into growth: 下降-1.2% (“fell by -1.2%”). */
const signed = ({ value }: Figure, cues: readonly PairCue[]): PairCue[] =>
  cues.map((cue) => (cue === 'decline' && value.compare(ZERO) < 0 ? 'growth' : cue));

/** Pairs for a range of percentages, if the ends of the values can give it: “3.7 to 3.8 million, up 10.8 to 13.8 percent from 3.34 million”. */
function ofRange(percentage: Figure, around: Surroundings): readonly Suggested[] {
  const near = around.near(percentage);
  const cues = cuesOf(around.before(percentage), around.after(percentage));
  return cues
    .flatMap((cue) => namedBy(cue, percentage, near, around))
    .filter(({ inputs }) => inputs.some(({ top }) => top !== null))
    .map(({ kind, operation, inputs }) => around.suggest(kind, operation, inputs, percentage))
    .filter(({ check: { verdict } }) => verdict !== 'fails')
    .slice(0, 1);
}

/** The part and whole that the next sentence names: “Utilization rose to 44.2 percent. 68 rigs out of a fleet of 154 were working”. */
function shareBeside(percentage: Figure, near: readonly Figure[], around: Surroundings): Suggested | null {
  if (!isPercentage(percentage) || percentage.language === 'zh') return null;
  const counts = near.filter((one) => isCount(one) && one.top === null && one.sentence !== percentage.sentence);
  const pairs = counts.flatMap((part, at) => {
    const whole = counts[at + 1];
    const isSaid = whole !== undefined && whole.sentence === part.sentence && around.fitByWords(part, whole);
    return isSaid && OF_THE_WHOLE.test(around.between(part, whole)) ? [[part, whole] as const] : [];
  });
  const found = pairs
    .filter((inputs) => isOfSame({ kind: 'share', operation: 'share', inputs }, percentage, around))
    .map((inputs) => around.suggest('share', 'share', inputs, percentage, 'numbers'))
    .filter((one) => agrees(one) && !one.check.wide);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/**
 * Reads the verb of an earlier percentage if this one has none: “grew 21.4 percent in May to A from B and 20.9 percent since January to C from
 * D”.
 */
function cuesBefore(percentage: Figure, near: readonly Figure[], around: Surroundings): PairCue[] {
  const before = near.findLast(
    (one) => isPercentage(one) && one.sentence === percentage.sentence && one.end <= percentage.start,
  );
  if (before === undefined || !/\band (?:by )?$/i.test(around.before(percentage, 12))) return [];
  return cuesOf(around.before(before), around.after(before)).filter((cue) => cue === 'growth' || cue === 'decline');
}

/**
 * The pair of “from $1,635 to $1,969, or 20 percent”, where the verb stands further off and the values show the direction. Returns null if no
 * such pair stands right before the percentage.
 */
function changedTo(
  percentage: Figure,
  cues: readonly PairCue[],
  near: readonly Figure[],
  around: Surroundings,
): PairCue[] | null {
  if (percentage.language === 'zh' || cues.length !== 1 || cues[0] !== 'share') return null;
  const [later, earlier] = near
    .filter((one) => isCount(one) && one.end <= percentage.start && one.sentence === percentage.sentence)
    .toReversed();
  if (later === undefined || earlier === undefined || !around.isFromTo(earlier, later)) return null;
  if (around.between(earlier, later).includes(',') || !OR_SHARE.test(around.between(later, percentage))) return null;
  return [later.value.compare(earlier.value) > 0 ? 'growth' : 'decline'];
}
const OR_SHARE = /^(?: [a-z-]+){0,2},? or (?:by )?(?:about |some |nearly |almost |over )?$/i;

/** Whether a percentage is one end of a change of a rate (“from 4.08 to 2.67 percent”). It is then a level, not a growth. */
const isLevel = (percentage: Figure, near: readonly Figure[], around: Surroundings): boolean =>
  near.some((one) => isPercentage(one) && (around.isFromTo(one, percentage) || around.isFromTo(percentage, one)));

interface PairFound {
  /** The pair that gives the percentage; null if none does. */
  readonly agreed: Suggested | null;
  /** If no pair agrees: the pair that the words name, or the value that the percentage implies. */
  readonly others: readonly Suggested[];
  readonly isNamed: boolean;
}

function pairFor(
  cue: PairCue,
  percentage: Figure,
  listed: Listed | null,
  near: readonly Figure[],
  around: Surroundings,
): PairFound {
  const candidates =
    listed === null
      ? namedBy(cue, percentage, near, around)
      : cue === 'share'
        ? sharesOfListed(listed, percentage, around)
        : [];
  const value = listed === null ? valueOf(cue, percentage, near, around) : valueOfListed(cue, listed, around);
  const named = candidates
    .map(({ kind, operation, inputs }) => around.suggest(kind, operation, inputs, percentage))
    // A quota of something else is not the whole: 已开工592个，占计划项目的54.3% (“592 begun, 54.3% of the planned projects”).
    .filter(
      ({ kind, inputs, check: { verdict } }) =>
        kind !== 'completion' || value === undefined || inputs.includes(value) || verdict !== 'fails',
    )
    .filter((one) => !isOfAnotherPercentage(one, near, around) && !isPastAnother(one, percentage, near, around))
    // A pair found through another sentence may be wrong, so never report that it fails.
    .filter(
      ({ kind, inputs, check }) =>
        kind !== 'growth' || isHere(inputs, percentage) || (check.verdict !== 'fails' && !check.wide),
    );
  const agreed =
    named.find(agrees) ??
    (named.length > 0
      ? null
      : (numericFor(cue, percentage, value ?? listed?.of, near, around) ??
        elsewhere(cue, percentage, listed?.of ?? value, around)));
  if (named.length > 0) {
    const nearest = named.toSorted(byDistance(percentage));
    const possible = nearest.find(({ check: { verdict } }) => verdict !== 'fails');
    return { agreed, others: [...(possible === undefined ? nearest : [possible])].slice(0, 1), isNamed: true };
  }
  const implied = value === undefined ? [] : impliedBy(cue, percentage, value, around);
  return { agreed, others: implied, isNamed: false };
}

/** Pairs of a Chinese text whose values the words name and another paragraph prints. */
function elsewhere(
  cue: PairCue,
  percentage: Figure,
  value: Figure | undefined,
  around: Surroundings,
): Suggested | null {
  if (percentage.language !== 'zh') return null;
  if (cue === 'share') {
    const said = partAndWholeName(percentage, value, around);
    return said === null ? null : shareElsewhere(said.part, said.wholeName, percentage, around);
  }
  if ((cue !== 'growth' && cue !== 'decline') || value === undefined) return null;
  return growthElsewhere(cue, value, percentage, around);
}

const lengthFrom = ({ inputs }: Suggested, { start }: Figure): number =>
  inputs.reduce((sum, input) => sum + Math.abs(input.start - start), 0);
const byDistance =
  (percentage: Figure) =>
  (one: Suggested, other: Suggested): number =>
    lengthFrom(one, percentage) - lengthFrom(other, percentage);

/** Pairs in which the words say the role of each value, the most telling words first. */
function namedBy(cue: PairCue, percentage: Figure, near: readonly Figure[], around: Surroundings): Candidate[] {
  const here = near.filter((one) => one.sentence === percentage.sentence);
  const before = here.filter((one) => isCount(one) && one.end <= percentage.start).toReversed();
  switch (cue) {
    case 'growth':
    case 'decline':
      return changesSaid(
        cue,
        percentage,
        near,
        before.filter((one) => !isAside(one, around) && !around.isOtherForm(one)),
        around,
      );
    case 'exceeds':
    case 'completion':
      return quotasNamed(cue, percentage, near, around);
    case 'share':
      return sharesNamed(
        percentage,
        near,
        // Skip the increase before a share: in 24.47万所，比上年增加1.06万所，占全国的83% (“244,700 schools, 10,600 more than the year before, 83% of the
        // country’s”) the part is the number of schools.
        before.filter((one, at) => !isChange(one, around) || at === before.length - 1),
        around,
      );
  }
}

/** The changes that the percentage’s own sentence names; if there are none, those of the sentences beside it. */
function changesSaid(
  cue: 'growth' | 'decline',
  percentage: Figure,
  near: readonly Figure[],
  before: readonly Figure[],
  around: Surroundings,
): Candidate[] {
  const named = changesNamed(cue, percentage, near, before, around);
  return named.length > 0
    ? named
    : changesBeside(cue, percentage, near, around).filter((one) => isOfSame(one, percentage, around));
}

const valueOfListed = (cue: PairCue, listed: Listed, around: Surroundings): Figure | undefined =>
  isAttached(cue, saidOfList(listed, around)) ? listed.of : undefined;

/** Words after a share of the value before it: “36 percent of them”. */
const OF_VALUE = /^ ?of (?:these|them|those|whom|which)\b/i;
/** The other value that a percentage and its value imply, if the text prints nothing to compare with. */
function impliedBy(cue: PairCue, percentage: Figure, value: Figure, around: Surroundings): Suggested[] {
  const isOfValue =
    cue === 'share' && (OF_VALUE.test(around.after(percentage)) || PART_OF.test(around.before(percentage, 12)));
  const operation: Record<PairCue, OperationName> = {
    growth: 'earlierByGrowth',
    decline: 'earlierByDecline',
    share: isOfValue ? 'part' : 'whole',
    completion: 'whole',
    exceeds: 'earlierByGrowth',
  };
  const name = operation[cue];
  const inputs = [value, percentage];
  return [around.suggest('implied', name, inputs, null)];
}
