/** Rows that share a value: their number, and the position of the first. */
export interface Group {
  readonly value: string;
  readonly label: string;
  readonly from: number;
  readonly count: number;
}
/** A line of a table: a row by its position, or the heading of a group. */
export type Line<G extends Group = Group> = { readonly position: number } | { readonly group: G };

export interface Lines<G extends Group = Group> {
  readonly count: number;
  /** The line at an index; null past the end. */
  readonly at: (index: number) => Line<G> | null;
  /** The line of a position, or the heading of its group if that is folded. */
  readonly indexOf: (position: number) => number;
  /** The line of the heading of a group; -1 if there is none. */
  readonly headingOf: (value: string) => number;
  /** The group that a position stands in; null without groups. */
  readonly groupOf: (position: number) => G | null;
}

/** The rows with the headings of their groups between them; a folded group has only its heading. */
export function linesOf<G extends Group>(
  { positions, groups }: { readonly positions: number; readonly groups: readonly G[] },
  folded: ReadonlySet<string>,
): Lines<G> {
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

/** The headings among the drawn lines, each with its item. */
export function headingsIn<G extends Group, I extends { readonly index: number }>(
  items: readonly I[],
  lines: Lines<G>,
): { readonly item: I; readonly group: G }[] {
  return items.flatMap((item) => {
    const line = lines.at(item.index);
    return line !== null && 'group' in line ? [{ item, group: line.group }] : [];
  });
}

/** The last of `count` rising numbers that is at most `value`; -1 if there is none. */
function lastAtMost(count: number, value: number, numberAt: (at: number) => number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberAt(middle) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
