import type { CountedUnit } from '../../../shared/contract/view-figures.ts';

/** The total number of the units that are counted. */
export const totalOf = (
  { total, sources, origins }: { readonly total: number; readonly sources: number; readonly origins: number },
  unit: CountedUnit,
): number => ({ passages: total, sources, origins })[unit];
