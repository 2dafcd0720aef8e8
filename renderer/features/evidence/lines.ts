import type { CallOutput } from '../../../shared/contract/index.ts';

export type Group = CallOutput<'evidence.rows'>['groups'][number];
/** A row of the table: a passage, or the heading of a group. */
export type Line = { readonly position: number } | { readonly group: Group };

export interface Lines {
  readonly count: number;
  /** The line at an index; null past the end. */
  readonly at: (index: number) => Line | null;
  readonly indexOf: (position: number) => number;
}

/** Rows with the headings of their groups between them. */
export function linesOf({ positions, groups }: Pick<CallOutput<'evidence.rows'>, 'positions' | 'groups'>): Lines {
  /** How many groups begin at or before a position. */
  const begun = (position: number): number => {
    let [low, high] = [0, groups.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((groups[middle]?.from ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    count: positions + groups.length,
    indexOf: (position) => (positions === 0 ? -1 : position + begun(position)),
    at: (index) => {
      // Of the groups, those whose heading is at or before this line.
      let [low, high] = [0, groups.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((groups[middle]?.from ?? 0) + middle <= index) low = middle + 1;
        else high = middle;
      }
      const group = groups[low - 1];
      if (group !== undefined && group.from + low - 1 === index) return { group };
      return index - low < positions ? { position: index - low } : null;
    },
  };
}
