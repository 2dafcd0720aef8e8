import { check, type Check } from './check.ts';
import { differencesIn } from './differences.ts';
import type { Figure } from './figure.ts';
import { isPercentage, pairsOf, type Suggested, Surroundings } from './pairs.ts';
import type { FiguresRead } from './read.ts';
import type { Relation, Warning } from './relation.ts';
import { repeatsIn } from './repeats.ts';
import { sumsIn } from './sums.ts';
import { areMixed } from './units.ts';

export interface RelationsFound {
  /** In the order of the text. */
  readonly relations: readonly Relation[];
  /** Percentages that nothing in the text was found for. They are not checked. */
  readonly unpaired: readonly Figure[];
}

/** The computations that a text's wording or numbers suggest, recomputed. Time grows with the number of figures alone. */
export function findRelations(read: FiguresRead): RelationsFound {
  const around = new Surroundings(read);
  const pairs = read.figures.filter(isPercentage).flatMap((one) => pairsOf(one, around));
  const shares = new Set(pairs.map(({ inputs }) => keyOf(inputs)));
  const others = [...differencesIn(around), ...sumsIn(around), ...repeatsIn(read.figures)].filter(
    ({ kind, operation, inputs }) => kind !== 'implied' || operation !== 'share' || !shares.has(keyOf(inputs)),
  );
  const relations = [...pairs, ...others].map(withWarnings).toSorted((one, other) => placeOf(one) - placeOf(other));
  const paired = new Set(
    relations.filter(({ kind }) => kind !== 'repeat').flatMap(({ inputs, printed }) => [...inputs, printed]),
  );
  return {
    relations,
    unpaired: read.figures.filter((one) => one.unit === 'percent' && !paired.has(one)),
  };
}

const keyOf = (inputs: readonly Figure[]): string => inputs.map(({ id }) => id).join(' ');
const placeOf = ({ inputs, printed }: Relation): number =>
  Math.max(printed?.start ?? 0, ...inputs.map(({ start }) => start));

function withWarnings(one: Suggested): Relation {
  const rounded = check(one.operation, one.inputs, one.printed, 'rounded');
  return { ...one, rounded: isSame(rounded, one.check) ? null : rounded, warnings: warningsOf(one) };
}
const isSame = (one: Check, other: Check): boolean => one.verdict === other.verdict && one.wide === other.wide;

/** Of the values that are set against each other; the percentage itself has a unit of its own. */
function warningsOf({ kind, operation, inputs, printed, check: { computed } }: Suggested): Warning[] {
  const values = [...inputs, ...(printed === null ? [] : [printed])].filter(
    ({ unit }) => unit !== 'point' && unit !== 'times',
  );
  const compared =
    kind === 'repeat' || kind === 'rounding' || kind === 'sum'
      ? values
      : values.filter((one) => one.unit !== 'percent');
  const [first, ...others] = compared;
  if (first === undefined) return [];
  const warnings: Warning[] = [];
  if (others.some(({ unit }) => areMixed(first.unit, unit))) warnings.push('unit');
  if (SAME_TIME.has(kind) && others.some((one) => isOtherPeriod(first, one))) warnings.push('period');
  if (kind !== 'completion' && kind !== 'exceeds' && others.some((one) => isPlanned(one) !== isPlanned(first)))
    warnings.push('plan-against-actual');
  if (operation === 'share' && computed !== null && computed.numerator > 100n * computed.denominator)
    warnings.push('part-larger-than-whole');
  return warnings;
}

/** A share, a sum or a repeat is of one time. A change is not. */
const SAME_TIME: ReadonlySet<string> = new Set(['share', 'completion', 'exceeds', 'sum', 'repeat', 'rounding']);
const isPlanned = ({ kind }: Figure): boolean => kind === 'plan' || kind === 'quota';
/** Only dates printed with the figures are compared: a guess is no reason for a warning. */
function isOtherPeriod(one: Figure, other: Figure): boolean {
  if (one.source.period !== 'printed' || other.source.period !== 'printed') return false;
  return one.period?.from !== other.period?.from || one.period?.to !== other.period?.to;
}
