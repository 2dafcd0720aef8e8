import type { EvidenceSource } from './sources.ts';

/** A value that passages can have or lack in a facet. */
export interface FacetValue {
  readonly value: string;
  /** Empty where the value is missing. */
  readonly label: string;
}

/** A way of grouping rows by a value; see evidenceFacet. */
export interface Facet {
  /** The values in the order in which they are shown. The value for “missing”, if there is one, is last. */
  readonly values: readonly FacetValue[];
  /** Calls `visit` once for each value of a row, with its index in `values`. For a row without a value that is the index of “missing”. */
  readonly each: (row: number, visit: (at: number) => void) => void;
  /** The values of a source; null if the facet is about passages and not about sources. */
  readonly ofSource: ((source: EvidenceSource) => readonly string[]) | null;
}
