import type { FigureGroup } from '../../../shared/contract/figure-conditions.ts';
import type { FigureRow, FiguresGroup } from '../../../shared/contract/figures-table.ts';
import { LISTED_STATES } from '../../../shared/contract/figure-conditions.ts';
import { FIGURE_KINDS } from '../../../shared/figures/figure.ts';

type Grouped = Pick<FigureRow, 'period' | 'place' | 'placeName' | 'source' | 'sourceTitle' | 'unit' | 'kind' | 'state'>;
/** The group of a figure. `value` is empty for a figure without a group, such as one whose place is unknown. */
interface Under {
  readonly value: string;
  /** Empty if the interface names the group. */
  readonly label: string;
}
const NONE: Under = { value: '', label: '' };

function underOf(one: Grouped, group: FigureGroup): Under {
  switch (group) {
    case 'year': {
      if (one.period === null) return NONE;
      const [from, to] = [one.period.from.slice(0, 4), one.period.to.slice(0, 4)];
      const value = from === to ? from : `${from}–${to}`;
      return { value, label: value };
    }
    case 'place':
      return one.place === null ? NONE : { value: one.place, label: one.placeName ?? one.place };
    case 'source':
      return { value: one.source, label: one.sourceTitle };
    case 'unit':
      return one.unit === null ? NONE : { value: one.unit, label: one.unit };
    case 'kind':
      return { value: one.kind, label: '' };
    case 'state':
      return { value: one.state, label: '' };
  }
}

/** Sorts groups: years newest first, kinds and states in their usual order, others by name; figures without a group come last. */
function compared(group: FigureGroup): (one: Under, other: Under) => number {
  const listed: readonly string[] = group === 'kind' ? FIGURE_KINDS : group === 'state' ? LISTED_STATES : [];
  const sign = group === 'year' ? -1 : 1;
  return (one, other) => {
    if (one.value === '' || other.value === '') return (one.value === '' ? 1 : 0) - (other.value === '' ? 1 : 0);
    if (listed.length > 0) return listed.indexOf(one.value) - listed.indexOf(other.value);
    const [a, b] = [`${one.label} ${one.value}`, `${other.label} ${other.value}`];
    return a === b ? 0 : sign * (a < b ? -1 : 1);
  };
}

/** Sorts figures by group, without changing the order within a group, and returns where each group begins. */
export function groupedBy<F extends Grouped>(
  figures: readonly F[],
  group: FigureGroup | null,
): { readonly figures: readonly F[]; readonly groups: FiguresGroup[] } {
  if (group === null) return { figures, groups: [] };
  const all = new Map<string, { readonly under: Under; readonly own: F[]; readonly sources: Set<string> }>();
  for (const one of figures) {
    const under = underOf(one, group);
    const there = all.get(under.value) ?? { under, own: [], sources: new Set() };
    there.own.push(one);
    there.sources.add(one.source);
    all.set(under.value, there);
  }
  const order = compared(group);
  let from = 0;
  const groups: FiguresGroup[] = [];
  const sorted: F[] = [];
  for (const { under, own, sources } of [...all.values()].toSorted((a, b) => order(a.under, b.under))) {
    groups.push({ ...under, count: own.length, sources: sources.size, from });
    from += own.length;
    for (const one of own) sorted.push(one);
  }
  return { figures: sorted, groups };
}
