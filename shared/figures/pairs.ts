import { check } from './check.ts';
import type { Figure } from './figure.ts';
import { firstAfter } from './read-context.ts';
import type { OperationName } from './operations.ts';
import { cueOf, EARLIER_SECOND, isAttached, isFromTo, type PairCue, PART_OF } from './pair-cues.ts';
import { Rational } from './rational.ts';
import type { FiguresRead } from './read.ts';
import type { Relation, RelationKind } from './relation.ts';
import { quantityOf } from './units.ts';

/** A suggestion before its warnings are known. */
export type Suggested = Omit<Relation, 'warnings' | 'rounded'>;

/** How many figures before and after a percentage are tried, all within a sentence of it and in its paragraph. */
const TRIED_BEFORE = 10;
const TRIED_AFTER = 4;
const WORDS_BEFORE = 150;
const WORDS_AFTER = 45;

const NO_COUNTS = new Set(['share', 'points', 'time', 'multiple']);
/** A number of people or things, that percentages are of. */
export function isCount({ unit, form }: Figure): boolean {
  return form !== 'fraction' && form !== 'multiple' && form !== 'magnitude' && !NO_COUNTS.has(quantityOf(unit) ?? '');
}
export const isPercentage = ({ unit, form }: Figure): boolean => unit === 'percent' && form !== 'fraction';

/** Whether one may be computed with the other; persons and person-times are, with a warning. A unit that is not known fits all. */
export function fit(one: Figure, other: Figure): boolean {
  if (one.unit === null || other.unit === null || one.unit === other.unit) return true;
  return quantityOf(one.unit) === 'people' && quantityOf(other.unit) === 'people';
}

/** The figures of a text, with what stands around them. */
export class Surroundings {
  readonly figures: readonly Figure[];
  private readonly read: FiguresRead;

  constructor(read: FiguresRead) {
    this.read = read;
    this.figures = read.figures;
  }
  before(figure: Figure, length = WORDS_BEFORE): string {
    const start = this.read.sentences[figure.sentence]?.start ?? 0;
    return withoutMarks(this.read.folded.slice(Math.max(start, figure.start - length), figure.start));
  }
  after(figure: Figure, length = WORDS_AFTER): string {
    const end = this.read.sentences[figure.sentence]?.end ?? figure.end;
    return this.read.folded.slice(figure.end, Math.min(end, figure.end + length));
  }
  between(one: Figure, other: Figure): string {
    return this.read.folded.slice(one.end, Math.min(other.start, one.end + WORDS_BEFORE));
  }
  /** “From A to B”. */
  isFromTo(one: Figure, other: Figure): boolean {
    return (
      one.sentence === other.sentence &&
      one.end <= other.start &&
      isFromTo(this.before(one, 24), this.between(one, other))
    );
  }
  /** Figures at most a sentence away in the same paragraph, in order. */
  near(figure: Figure): Figure[] {
    const at = firstAfter(this.figures, figure.start);
    return this.figures
      .slice(Math.max(0, at - TRIED_BEFORE), at + 1 + TRIED_AFTER)
      .filter(
        (one) => one !== figure && one.paragraph === figure.paragraph && Math.abs(one.sentence - figure.sentence) <= 1,
      );
  }
}

/** Full stops and commas within numbers end no clause. */
const withoutMarks = (words: string): string => words.replace(/(\d)[.,](?=\d)/g, '$1');

interface Candidate {
  readonly kind: RelationKind;
  readonly operation: OperationName;
  readonly inputs: readonly [Figure, Figure];
}

/**
 * What a percentage was computed from: what the wording names, or counts around it that give just this percentage. Where it is
 * attached to a value (3,480, up 17.6 percent), that value has to be one of them.
 */
export function pairsOf(percentage: Figure, around: Surroundings): Suggested[] {
  const cue = cueOf(around.before(percentage), around.after(percentage));
  if (cue === null || percentage.top !== null) return [];
  const near = around.near(percentage);
  const named = namedBy(cue, percentage, near, around).map((one) => suggestion(one, percentage, 'wording'));
  const agreed = named.filter(agrees);
  if (agreed.length > 0) return agreed.slice(0, 1);
  const value = valueOf(cue, percentage, near, around);
  const numeric = triedFor(cue, near)
    .filter(({ inputs: [first] }) => value === undefined || first === value)
    .map((one) => suggestion(one, percentage, 'numbers'))
    .filter((one) => agreesToTheDigit(one, percentage))
    .toSorted((one, other) => distance(one, percentage) - distance(other, percentage));
  if (numeric.length > 0) return numeric.slice(0, 1);
  if (named.length > 0) return named.slice(0, 1);
  return value === undefined ? [] : impliedBy(cue, percentage, value, around);
}

const suggestion = ({ kind, operation, inputs }: Candidate, printed: Figure, by: Relation['by']): Suggested => ({
  kind,
  operation,
  inputs,
  printed,
  check: check(operation, inputs, printed),
  by,
});
const AGREE = new Set(['exact', 'rounds', 'truncates']);
const agrees = ({ check: { verdict } }: Suggested): boolean => AGREE.has(verdict);

/** With a decimal, chance agreement is rare enough that inputs such as “over 471,200” may go in. */
const TENTH = Rational.of(1, 10);
function agreesToTheDigit({ check: { verdict, computed, wide } }: Suggested, { step, value }: Figure): boolean {
  if (AGREE.has(verdict) && !wide) return true;
  if (computed === null || step === null || step.compare(TENTH) > 0) return false;
  return computed.toStep(step, 'rounded').equals(value);
}

/** Sentences away, a different unit counting as one. */
function distance({ inputs }: Suggested, percentage: Figure): number {
  const [one, other] = inputs;
  const units = one?.unit === other?.unit ? 0 : 1;
  return inputs.reduce((sum, input) => sum + Math.abs(input.sentence - percentage.sentence), units);
}

/** Pairs whose roles the words give, the most telling first. */
function namedBy(cue: PairCue, percentage: Figure, near: readonly Figure[], around: Surroundings): Candidate[] {
  const here = near.filter((one) => one.sentence === percentage.sentence);
  const before = here.filter((one) => isCount(one) && one.end <= percentage.start).toReversed();
  switch (cue) {
    case 'growth':
    case 'decline':
      return changesNamed(cue, percentage, here, before, around);
    case 'exceeds':
    case 'completion':
      return quotasNamed(cue, near);
    case 'share':
      return sharesNamed(percentage, near, before, around);
  }
}

function changesNamed(
  cue: 'growth' | 'decline',
  percentage: Figure,
  here: readonly Figure[],
  before: readonly Figure[],
  around: Surroundings,
): Candidate[] {
  const found: Candidate[] = [];
  const add = (operation: OperationName, inputs: readonly [Figure, Figure]): void => {
    found.push({ kind: 'growth', operation, inputs });
  };
  here.forEach((one, at) => {
    const next = here[at + 1];
    if (next === undefined || !fit(one, next) || isCount(one) !== isCount(next)) return;
    if (one.unit === 'point' || next.unit === 'point') return;
    if (around.isFromTo(one, next)) add(cue, [next, one]);
    else if (EARLIER_SECOND.test(around.before(next, 24)) && isCount(one)) add(cue, [one, next]);
  });
  const [increase, ...others] = before;
  if (increase?.kind === 'comparison' && percentage.start - increase.end < 24) {
    const later = others.find((one) => one.kind === 'actual' && fit(one, increase));
    if (later !== undefined) add(cue === 'growth' ? 'growthByIncrease' : 'declineByDecrease', [later, increase]);
  }
  return found;
}

/** The quota nearest to the percentage, with the count before it, or after it: “the task was 4,000; 4,386 were transferred”. */
function quotasNamed(cue: 'exceeds' | 'completion', near: readonly Figure[]): Candidate[] {
  const counts = near.filter(isCount);
  const at = counts.findLastIndex(({ kind }) => kind === 'quota');
  const quota = counts[at];
  if (quota === undefined) return [];
  const result =
    counts.slice(0, at).findLast((one) => one.kind === 'actual' && fit(one, quota)) ??
    counts.slice(at + 1).find((one) => one.kind === 'actual' && fit(one, quota));
  return result === undefined ? [] : [{ kind: cue, operation: cue, inputs: [result, quota] }];
}

/** “1,606 women, or 42.3 percent of the total”; 其中妇女1,606人，占42.3%. */
function sharesNamed(
  percentage: Figure,
  near: readonly Figure[],
  before: readonly Figure[],
  around: Surroundings,
): Candidate[] {
  const [part] = before;
  if (part === undefined || percentage.start - part.end > 40) return [];
  const isPart = PART_OF.test(around.before(part, 48)) || /^ ?of the (?:\w+ )?total\b/i.test(around.after(percentage));
  const whole = near.findLast(
    (one) => isCount(one) && one.end <= part.start && one.unit === part.unit && one.unit !== null,
  );
  if (!isPart || whole === undefined || whole.value.compare(part.value) < 0) return [];
  return [{ kind: 'share', operation: 'share', inputs: [part, whole] }];
}

/** Pairs of counts that the cue allows; only those that give the percentage to its last digit are kept. */
function triedFor(cue: PairCue, near: readonly Figure[]): Candidate[] {
  const counts = near.filter((one) => isCount(one) && one.top === null && !one.value.isZero());
  return counts.flatMap((one) =>
    counts.flatMap((other): Candidate[] => {
      if (one === other || !fit(one, other)) return [];
      const isMore = one.value.compare(other.value) > 0;
      const inputs = [one, other] as const;
      switch (cue) {
        case 'share':
          return isMore ? [] : [{ kind: 'share', operation: 'share', inputs }];
        case 'completion':
          return [{ kind: 'completion', operation: 'completion', inputs }];
        case 'exceeds':
          return isMore ? [{ kind: 'exceeds', operation: 'exceeds', inputs }] : [];
        case 'growth':
          return isMore ? [{ kind: 'growth', operation: 'growth', inputs }] : [];
        case 'decline':
          return isMore ? [] : [{ kind: 'growth', operation: 'decline', inputs }];
      }
    }),
  );
}

/** The value that a percentage is attached to. None in lists, where each percentage is of another value: 分别增长3%、7%. */
function valueOf(cue: PairCue, percentage: Figure, near: readonly Figure[], around: Surroundings): Figure | undefined {
  if (/^ ?[、和及与] ?\d/.test(around.after(percentage, 4))) return undefined;
  const value = near.findLast((one) => one.sentence === percentage.sentence && one.end <= percentage.start);
  if (value === undefined || !isCount(value) || value.unit === null || value.top !== null) return undefined;
  return value.kind !== 'comparison' && isAttached(cue, around.between(value, percentage)) ? value : undefined;
}

/** Nothing to compare with is printed: the value that the percentage implies. */
const OF_VALUE = /^ ?of (?:these|them|those|whom|which)\b/i;
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
  return [{ kind: 'implied', operation: name, inputs, printed: null, check: check(name, inputs, null), by: 'wording' }];
}
