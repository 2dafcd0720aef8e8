import { check, type Check } from './check.ts';
import { CONVERSIONS, type Conversion } from './conversions.ts';
import { operandsOf } from './converted.ts';
import type { Figure, FigureKind, IntervalReason, Period, Qualifier } from './figure.ts';
import type { OperationName } from './operations.ts';
import { Rational } from './rational.ts';
import { intervalsOf } from './read-interval.ts';
import type { Relation, RelationKind, Term } from './relation.ts';
import { assess } from './relations.ts';

/** The properties of a figure card that a relation needs. Numbers are exact and therefore text. */
export interface CardFigure {
  readonly id: string;
  readonly value: string;
  readonly interval: {
    readonly low: string | null;
    readonly high: string | null;
    readonly reason: IntervalReason | 'person';
  };
  readonly unit: string | null;
  readonly qualifier: Qualifier;
  readonly kind: FigureKind;
  readonly period: Period | null;
  readonly source: { readonly period: Figure['source']['period'] | 'person' };
  /** Whether a person confirmed the card: its period is then as certain as a printed one. */
  readonly isConfirmed: boolean;
}

export interface ComputedRelation extends Pick<Relation, 'kind' | 'check' | 'readings' | 'warnings' | 'conversions'> {
  /** The check under the reading that the caller asks for. */
  readonly taken: Check;
}

/** Recomputes a relation from the readings on the cards of its figures. Returns null if a card has no readable number. */
export function computedOf(
  operation: OperationName,
  inputs: readonly CardFigure[],
  printed: CardFigure | null,
  reading: 'printed' | 'exact' | 'rounded' = 'printed',
  table: readonly Conversion[] = CONVERSIONS,
): ComputedRelation | null {
  const terms = inputs.flatMap((one) => termOf(one) ?? []);
  const result = printed === null ? null : termOf(printed);
  if (terms.length < inputs.length || (printed !== null && result === null)) return null;
  const kind = kindOf(operation, terms, result);
  const { operands } = operandsOf(operation, terms, result, table);
  const checked = check(operation, operands, result);
  const relation = { kind, operation, inputs: terms, printed: result, check: checked };
  const assessed = assess(relation, table);
  const taken = reading === 'printed' ? checked : (assessed.readings?.[reading] ?? checked);
  return { kind, check: checked, taken, ...assessed };
}

const KINDS: Readonly<Record<Exclude<OperationName, 'same'>, RelationKind>> = {
  share: 'share',
  completion: 'completion',
  growth: 'growth',
  decline: 'growth',
  exceeds: 'exceeds',
  growthByIncrease: 'growth',
  declineByDecrease: 'growth',
  difference: 'difference',
  ratio: 'ratio',
  sum: 'sum',
  earlierByGrowth: 'implied',
  earlierByDecline: 'implied',
  part: 'implied',
  whole: 'implied',
};

/** The kind of a computation. Without a printed result its value is implied. */
function kindOf(operation: OperationName, [first]: readonly Term[], printed: Term | null): RelationKind {
  if (printed === null) return 'implied';
  if (operation !== 'same') return KINDS[operation];
  return first?.value.equals(printed.value) === true || first?.unit !== printed.unit ? 'repeat' : 'rounding';
}

function termOf(card: CardFigure): Term | null {
  const value = Rational.read(card.value);
  if (value === null) return null;
  const end = (text: string | null): Rational | null => (text === null ? null : Rational.read(text));
  const [low, high] = [end(card.interval.low), end(card.interval.high)];
  const reason = card.interval.reason === 'person' ? 'last-digit' : card.interval.reason;
  const width = low === null || high === null ? null : high.minus(low);
  const hasSteps = reason === 'last-digit' || reason === 'rounding-word';
  const form = reason === 'fraction' ? 'fraction' : reason === 'order-of-magnitude' ? 'magnitude' : 'number';
  const { id, unit, qualifier, kind, period } = card;
  const isSure = card.isConfirmed || card.source.period === 'person';
  return {
    id,
    value,
    top: reason === 'range' || reason === 'order-of-magnitude' ? high : null,
    step: hasSteps && width !== null && !width.isZero() ? width : null,
    form,
    interval: { low, high, reason },
    // A count that ends in zeros may be rounded; a card stores only the chosen interval.
    otherwise: reason === 'count' ? intervalsOf({ value, top: null, step: null, form }, qualifier).otherwise : null,
    unit,
    qualifier,
    kind,
    period,
    source: {
      period: isSure && period !== null ? 'printed' : card.source.period === 'person' ? null : card.source.period,
    },
  };
}
