import type { Carrier } from '../../../shared/contract/codebook.ts';
import type { Source, SourceId } from '../../../shared/model/index.ts';

/** A line of a list of passages: a source with how many of them it has, or a passage. */
export type CarrierRow =
  | { readonly kind: 'source'; readonly source: SourceId; readonly count: number }
  | { readonly kind: 'passage'; readonly carrier: Carrier };

/** Passages under their sources, in the order they come. */
export function grouped(carriers: readonly Carrier[]): CarrierRow[] {
  const counts = new Map<SourceId, number>();
  for (const { source } of carriers) counts.set(source, (counts.get(source) ?? 0) + 1);
  const rows: CarrierRow[] = [];
  let last: SourceId | null = null;
  for (const carrier of carriers) {
    const { source } = carrier;
    if (source !== last) rows.push({ kind: 'source', source, count: counts.get(source) ?? 0 });
    last = source;
    rows.push({ kind: 'passage', carrier });
  }
  return rows;
}

/** The passage that comes `by` further in the list, from the one one is on; from none, the first. */
export function nextCarrier(carriers: readonly Carrier[], current: string | null, by: number): Carrier | null {
  const at = carriers.findIndex(({ id }) => id === current);
  if (at < 0) return carriers[0] ?? null;
  return carriers[at + by] ?? null;
}

export const titleOf = (source: Source | undefined): string => source?.title ?? source?.fileName ?? '';
