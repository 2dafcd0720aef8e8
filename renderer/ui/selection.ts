/** The selected rows of a list. `current` has the focus; `anchor` is where a range began. */
export interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly current: string | null;
  readonly anchor: string | null;
}

export const NOTHING_SELECTED: Selection = { selected: new Set(), current: null, anchor: null };

/** The row a key moves to, or null. */
export function rowAfterKey(key: string, current: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const last = count - 1;
  const within = (row: number): number => Math.max(0, Math.min(last, row));
  switch (key) {
    case 'ArrowDown':
      return within(current + 1);
    case 'ArrowUp':
      return current < 0 ? last : within(current - 1);
    case 'PageDown':
      return within(Math.max(current, 0) + page);
    case 'PageUp':
      return within(current - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

export interface Act {
  /** A key's name, or `click`. */
  readonly key: string;
  readonly shift: boolean;
  /** Ctrl, or ⌘. */
  readonly mod: boolean;
  /** The row the key moves to. */
  readonly to: number | null;
}

/** The selection after a key or a click, or null if it does not change. */
export function selectionAfter(before: Selection, keys: readonly string[], act: Act): Selection | null {
  if (act.mod && act.key.toLowerCase() === 'a') return { ...before, selected: new Set(keys) };
  if (act.key === 'Escape') return before.selected.size > 1 && before.current !== null ? only(before.current) : null;
  if (act.key === ' ') return before.current === null ? null : toggled(before, before.current);
  const key = act.to === null ? undefined : keys[act.to];
  if (key === undefined) return null;
  if (act.key === 'click' && act.mod) return toggled(before, key);
  if (act.shift)
    return { selected: between(keys, before.anchor ?? key, key), current: key, anchor: before.anchor ?? key };
  if (act.mod) return { ...before, current: key };
  return only(key);
}

/**
 * As {@link selectionAfter}, for a list with checkboxes: moving checks nothing, a click and Space toggle one row, Shift checks a range from
 * the row checked before. Checked rows that a filter hides (not in `keys`) stay checked.
 */
export function checksAfter(before: Selection, keys: readonly string[], act: Act): Selection | null {
  if (act.mod && act.key.toLowerCase() === 'a') return { ...before, selected: new Set([...before.selected, ...keys]) };
  if (act.key === ' ') return before.current === null ? null : toggled(before, before.current);
  const key = act.to === null ? undefined : keys[act.to];
  if (key === undefined) return null;
  if (act.shift) {
    const anchor = before.anchor ?? key;
    return { selected: new Set([...before.selected, ...between(keys, anchor, key)]), current: key, anchor };
  }
  if (act.key === 'click') return toggled(before, key);
  return { ...before, current: key, anchor: key };
}

/** The selection after the selected rows are removed: the row that takes their place, else the last one. */
export function selectionWithout({ selected }: Selection, keys: readonly string[]): Selection {
  const last = keys.findLastIndex((key) => selected.has(key));
  const next = keys[last + 1] ?? keys.findLast((key) => !selected.has(key));
  return next === undefined ? NOTHING_SELECTED : only(next);
}

const only = (key: string): Selection => ({ selected: new Set([key]), current: key, anchor: key });

function toggled(before: Selection, key: string): Selection {
  const selected = new Set(before.selected);
  if (!selected.delete(key)) selected.add(key);
  return { selected, current: key, anchor: key };
}

function between(keys: readonly string[], from: string, to: string): ReadonlySet<string> {
  const [first = 0, last = 0] = [keys.indexOf(from), keys.indexOf(to)].sort((a, b) => a - b);
  return new Set(keys.slice(Math.max(0, first), last + 1));
}

/** The selection without rows that are no longer in the list. */
export function selectionWithin(before: Selection, keys: readonly string[]): Selection {
  const there = new Set(keys);
  const selected = new Set([...before.selected].filter((key) => there.has(key)));
  const current = before.current !== null && there.has(before.current) ? before.current : null;
  const anchor = before.anchor !== null && there.has(before.anchor) ? before.anchor : current;
  return { selected, current, anchor };
}
