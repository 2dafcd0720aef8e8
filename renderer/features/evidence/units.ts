import type { CountedUnit } from '../../../shared/contract/view-figures.ts';

/** How many of the units there are in all. */
export const totalOf = (
  { total, sources, origins }: { readonly total: number; readonly sources: number; readonly origins: number },
  unit: CountedUnit,
): number => ({ passages: total, sources, origins })[unit];
