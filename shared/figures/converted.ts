import type { Operand } from './check.ts';
import { type Conversion, conversionFactor } from './conversions.ts';
import type { Figure, ReadInterval } from './figure.ts';
import type { OperationName } from './operations.ts';
import type { Rational } from './rational.ts';
import { quantityOf } from './units.ts';

/** Records that a figure entered a computation in another unit. */
export interface UsedConversion {
  /** The figure's id. */
  readonly figure: string;
  readonly from: string;
  readonly to: string;
  /** How many of `to` make one `from`. */
  readonly factor: Rational;
}
type Input = Operand & Pick<Figure, 'id' | 'unit'>;

/** Operations whose result has the unit of its inputs. In all others only the inputs are converted to each other’s unit. */
const OF_ONE_UNIT: ReadonlySet<OperationName> = new Set(['same', 'sum', 'difference']);

/** The inputs in one unit, if the table has a way. Persons and person-times have none. */
export function operandsOf(
  operation: OperationName,
  inputs: readonly Input[],
  printed: Pick<Figure, 'unit'> | null,
  table: readonly Conversion[],
): { readonly operands: readonly Operand[]; readonly conversions: readonly UsedConversion[] } {
  const to = (OF_ONE_UNIT.has(operation) ? printed?.unit : null) ?? inputs[0]?.unit ?? null;
  const conversions: UsedConversion[] = [];
  const operands = inputs.map((input) => {
    const factor = factorOf(input.unit, to, table);
    if (factor === null || input.unit === null || to === null) return input;
    conversions.push({ figure: input.id, from: input.unit, to, factor });
    return scaled(input, factor);
  });
  return { operands, conversions };
}

export const areConvertible = (one: string | null, other: string | null, table: readonly Conversion[]): boolean =>
  factorOf(one, other, table) !== null;

function factorOf(from: string | null, to: string | null, table: readonly Conversion[]): Rational | null {
  if (from === null || to === null || from === to || quantityOf(from) !== quantityOf(to)) return null;
  return conversionFactor(from, to, table);
}

function scaled({ value, top, step, qualifier, interval, otherwise }: Operand, factor: Rational): Operand {
  const within = ({ low, high, reason }: ReadInterval): ReadInterval => ({
    low: low?.times(factor) ?? null,
    high: high?.times(factor) ?? null,
    reason,
  });
  return {
    value: value.times(factor),
    top: top?.times(factor) ?? null,
    step: step?.times(factor) ?? null,
    qualifier,
    interval: within(interval),
    otherwise: otherwise === null ? null : within(otherwise),
  };
}
