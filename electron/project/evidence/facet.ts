import type { EvidenceSource } from './sources.ts';

/** A value that passages can have in common, or lack. */
export interface FacetValue {
  readonly value: string;
  /** Empty where the value is missing. */
  readonly label: string;
}

/** How rows are told apart by something; see evidenceFacet. */
export interface Facet {
  /** In the order they are shown; the missing one, if any, is last. */
  readonly values: readonly FacetValue[];
  /** Calls `visit` with the place in `values` of each value that a row has, each once. A row without one has the missing one. */
  readonly each: (row: number, visit: (at: number) => void) => void;
  /** The values that a source has; null where the facet is no matter of sources. */
  readonly ofSource: ((source: EvidenceSource) => readonly string[]) | null;
}
