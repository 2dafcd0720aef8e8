import { check, mayBeRounded } from './check.ts';
import { CONVERSIONS, type Conversion } from './conversions.ts';
import { operandsOf } from './converted.ts';
import { differencesIn } from './differences.ts';
import type { Figure } from './figure.ts';
import { isRest } from './gaps.ts';
import { pairsOf } from './pairs.ts';
import type { FiguresRead } from './read.ts';
import { ZERO } from './rational.ts';
import type { Relation, Term, Warning } from './relation.ts';
import { repeatsIn } from './repeats.ts';
import { sumsIn } from './sums.ts';
import { isCount, isPlanned, type Suggested, Surroundings } from './surroundings.ts';
import { areMixed } from './units.ts';

export interface RelationsFound {
  /** In the order of the text. */
  readonly relations: readonly Relation[];
  /** Percentages for which the text has no pair. They are not checked. */
  readonly unpaired: readonly Figure[];
}

/**
 * Finds the computations that a text’s wording or numbers suggest, and recomputes them. Only the table converts units. Time grows linearly
 * with the number of figures. `isTooLarge`: a figure is larger than a reference value that it counts a part of.
 */
export function findRelations(
  read: FiguresRead,
  table: readonly Conversion[] = CONVERSIONS,
  isTooLarge: (figure: Figure) => boolean = () => false,
): RelationsFound {
  const around = new Surroundings(read, table);
  const pairs = read.figures.filter(({ unit }) => unit === 'percent').flatMap((one) => pairsOf(one, around));
  const others = [...differencesIn(around), ...sumsIn(around), ...repeatsIn(around)];
  // Pairs with a printed result: they need no implied one.
  const said = new Set(
    [...pairs, ...others].filter(({ printed }) => printed !== null).map(({ inputs }) => keyOf(inputs)),
  );
  // In English, also skip an implied share of a part in a total that a sum already covers.
  for (const { kind, inputs, printed } of others)
    if (kind === 'sum' && printed?.language === 'en') for (const part of inputs) said.add(keyOf([part, printed]));
  const stated = others.filter(({ kind, printed }) => kind === 'difference' && printed !== null);
  const apart = new Set(stated.map(keyOfAll));
  const differences = new Set(
    stated.filter(({ printed }) => printed !== null && !isRest(printed, around)).map(keyOfAll),
  );
  // If a percentage fails against its own numbers, an equal percentage elsewhere is no proof of it.
  const failing = new Set(pairs.filter(({ check: { verdict } }) => verdict === 'fails').map(({ printed }) => printed));
  const isSaid = (one: Suggested): boolean => {
    const { printed, operation, inputs, by, kind } = one;
    if (kind === 'repeat' && by === 'numbers' && [printed, ...inputs].some((figure) => failing.has(figure)))
      return true;
    // Three numbers make one relation: if 600 is a stated difference (“600 below 2,400”), the same numbers are no sum.
    if (operation === 'sum' && (by === 'numbers' || one.inputs.length === 2) && differences.has(keyOfAll(one)))
      return true;
    // Also skip a sum that only the numbers suggest if the same figures are already a stated difference (44.9 and “the remaining 7.4”).
    if (operation === 'sum' && one.check.verdict === 'within-precision' && by === 'numbers' && apart.has(keyOfAll(one)))
      return true;
    const isOther = operation !== 'share' && operation !== 'growth' && inputs[0]?.language !== 'en';
    return printed === null && !isOther && said.has(keyOf(inputs));
  };
  const relations = [...pairs, ...others]
    .filter((one) => !isSaid(one) && !isOfLoss(one))
    .map((one) => withLimits(complete(one, table), isTooLarge))
    .toSorted((one, other) => placeOf(one) - placeOf(other));
  const paired = new Set(
    relations.filter(({ kind }) => kind !== 'repeat').flatMap(({ inputs, printed }) => [...inputs, printed]),
  );
  return {
    relations,
    unpaired: read.figures.filter((one) => one.unit === 'percent' && !paired.has(one)),
  };
}

/** Whether a computation by ratio has a negative count. A change from loss to profit has no percentage, and a loss is no share of anything. */
const isOfLoss = ({ operation, inputs }: Suggested): boolean =>
  !ADDED.has(operation) && inputs.some((one) => isCount(one) && one.value.compare(ZERO) < 0);
const ADDED: ReadonlySet<string> = new Set(['sum', 'difference', 'same']);

function withLimits(one: Relation, isTooLarge: (figure: Figure) => boolean): Relation {
  const figures = [...one.inputs, ...(one.printed === null ? [] : [one.printed])];
  return figures.some(isTooLarge) ? { ...one, warnings: [...one.warnings, 'larger-than-reference'] } : one;
}

/** A key of two figures in any order: if the text prints their difference, no share need be implied. */
const keyOf = (inputs: readonly Figure[]): string =>
  inputs
    .map(({ id }) => id)
    .toSorted()
    .join(' ');
const keyOfAll = ({ inputs, printed }: Suggested): string => keyOf(printed === null ? inputs : [...inputs, printed]);
const placeOf = ({ inputs, printed }: Relation): number =>
  Math.max(printed?.start ?? 0, ...inputs.map(({ start }) => start));

const complete = (one: Suggested, table: readonly Conversion[]): Relation => ({ ...one, ...assess(one, table) });

/** A checked computation, suggested by the program or made by a person. */
type Computed = Pick<Relation, 'kind' | 'operation' | 'check'> & {
  readonly inputs: readonly Term[];
  readonly printed: Term | null;
};

/** Adds to a computation its warnings, both readings and the conversions used. */
export function assess(
  one: Computed,
  table: readonly Conversion[],
): Pick<Relation, 'readings' | 'warnings' | 'conversions'> {
  const { operands, conversions } = operandsOf(one.operation, one.inputs, one.printed, table);
  const isOpen = one.inputs.some((input) => isCount(input) && mayBeRounded(input));
  const read = (reading: 'exact' | 'rounded') => check(one.operation, operands, one.printed, reading);
  return {
    readings: isOpen ? { exact: read('exact'), rounded: read('rounded') } : null,
    warnings: warningsOf(one),
    conversions,
  };
}

/** The warnings about the values that are compared. A printed percentage is left out: it has a unit of its own. */
function warningsOf({ kind, operation, inputs, printed, check: { computed } }: Computed): Warning[] {
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
  const isOfQuota = kind === 'completion' || kind === 'exceeds' || isExcess(kind, inputs);
  if (!isOfQuota && others.some((one) => isPlanned(one) !== isPlanned(first))) warnings.push('plan-against-actual');
  if (operation === 'share' && computed !== null && computed.numerator > 100n * computed.denominator)
    warnings.push('part-larger-than-whole');
  return warnings;
}

/** Whether a difference is the excess of a result over its quota. */
const isExcess = (kind: string, [result, quota]: readonly Term[]): boolean =>
  kind === 'difference' && result?.kind === 'actual' && quota?.kind === 'quota';
/** Relations whose figures are all of one period. A change has two. */
const SAME_TIME: ReadonlySet<string> = new Set(['share', 'completion', 'exceeds', 'sum', 'repeat', 'rounding']);
/** Whether two printed periods differ. Dates that were inferred give no warning. */
function isOtherPeriod(one: Term, other: Term): boolean {
  if (one.source.period !== 'printed' || other.source.period !== 'printed') return false;
  return one.period?.from !== other.period?.from || one.period?.to !== other.period?.to;
}
