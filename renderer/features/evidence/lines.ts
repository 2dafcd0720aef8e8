import type { CallOutput } from '../../../shared/contract/index.ts';

export type Group = CallOutput<'evidence.rows'>['groups'][number];
/** A row of the table: a passage, or the heading of a group. */
export type Line = { readonly position: number } | { readonly group: Group };

export interface Lines {
  readonly count: number;
  /** The line at an index; null past the end. */
  readonly at: (index: number) => Line | null;
  /** The line of a position, or the heading of its group if that is folded. */
  readonly indexOf: (position: number) => number;
  /** The line of the heading of a group; -1 if there is none. */
  readonly headingOf: (value: string) => number;
  /** The group that a position stands in; null without groups. */
  readonly groupOf: (position: number) => Group | null;
}

type Found = Pick<CallOutput<'evidence.rows'>, 'positions' | 'groups'>;

/** Rows with the headings of their groups between them; of a folded group the heading alone. */
export function linesOf({ positions, groups }: Found, folded: ReadonlySet<string>): Lines {
  /** The line of each heading. */
  const starts: number[] = [];
  let count = groups.length === 0 ? positions : 0;
  for (const group of groups) {
    starts.push(count);
    count += folded.has(group.value) ? 1 : 1 + group.count;
  }
  const placeOf = (position: number): number => lastAtMost(groups.length, position, (at) => groups[at]?.from ?? 0);
  return {
    count,
    indexOf: (position) => {
      if (positions === 0) return -1;
      const place = placeOf(position);
      const group = groups[place];
      if (group === undefined) return position;
      const start = starts[place] ?? 0;
      return folded.has(group.value) ? start : start + 1 + position - group.from;
    },
    headingOf: (value) => {
      const place = groups.findIndex((group) => group.value === value);
      return starts[place] ?? -1;
    },
    groupOf: (position) => groups[placeOf(position)] ?? null,
    at: (index) => {
      if (index < 0 || index >= count) return null;
      const place = lastAtMost(starts.length, index, (at) => starts[at] ?? 0);
      const group = groups[place];
      if (group === undefined) return { position: index };
      const below = index - (starts[place] ?? 0) - 1;
      return below < 0 ? { group } : { position: group.from + below };
    },
  };
}

/** The last of so many rising numbers that is at most `value`; -1 if none is. */
function lastAtMost(count: number, value: number, numberAt: (at: number) => number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberAt(middle) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
