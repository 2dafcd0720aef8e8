import type { TextRange } from '../types.ts';

/** The part of a passage that drawing needs. */
export interface Span extends TextRange {
  readonly id: string;
  /** Has a stroke, but no fill. */
  readonly suggested?: true;
}

/** A range of text and the passage whose fill it shows. */
export interface FillSegment extends TextRange {
  readonly id: string;
}

/** Shorter passages first. */
function byWeight(a: Span, b: Span): number {
  return a.end - a.start - (b.end - b.start) || a.start - b.start || (a.id < b.id ? -1 : 1);
}

/** The borders of spans divide a text into cells; each span covers the cells `from` to `to` (exclusive). */
interface Cells {
  /** Start of each cell, ascending; the last entry is the end of the last cell. */
  readonly borders: Int32Array;
  readonly cellAt: (border: number) => number;
}

function cellsOf(spans: readonly Span[]): Cells {
  const all = new Int32Array(spans.length * 2);
  let filled = 0;
  for (const { start, end } of spans) {
    all[filled++] = start;
    all[filled++] = end;
  }
  all.sort();
  // Each border once, moved to the front: five times as fast as a filter.
  let kept = 0;
  for (const border of all) if (kept === 0 || border !== all[kept - 1]) all[kept++] = border;
  const borders = all.subarray(0, kept);
  return { borders, cellAt: (border) => indexIn(borders, border) };
}

/** Binary search: filling a map with all borders takes longer than looking them up. */
function indexIn(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * One fill per character: the current passage’s, else that of the shortest passage there. Fills are never stacked,
 * since two translucent complementary colours give grey. Returns disjoint segments in the order of the text.
 *
 * Passages claim free cells in this order, and claimed cells are skipped afterwards (a path-compressed “next free”
 * list), so that n passages cost about n log n.
 */
export function fillSegments(spans: readonly Span[], current: string | null): FillSegment[] {
  const full = spans.filter((span) => span.end > span.start && span.suggested !== true).sort(byWeight);
  const { borders, cellAt } = cellsOf(full);
  /** The span of each cell, from 1; 0 of a free one. */
  const owners = new Uint32Array(borders.length);
  const nextFree = new Uint32Array(borders.length + 1);
  for (let cell = 0; cell < nextFree.length; cell++) nextFree[cell] = cell;
  const free = (from: number): number => {
    let cell = from;
    for (let next = nextFree[cell] ?? cell; next !== cell; next = nextFree[cell] ?? cell) {
      const after = nextFree[next] ?? next;
      nextFree[cell] = after;
      cell = after;
    }
    return cell;
  };
  const claim = ({ start, end }: Span, owner: number): void => {
    const last = cellAt(end);
    for (let cell = free(cellAt(start)); cell < last; cell = free(cell)) {
      owners[cell] = owner;
      nextFree[cell] = cell + 1;
    }
  };
  const first = full.findIndex(({ id }) => id === current);
  if (first >= 0 && full[first] !== undefined) claim(full[first], first + 1);
  full.forEach((span, at) => claim(span, at + 1));
  return joined(owners, full, borders);
}

/** Joins neighbouring cells of one owner. */
function joined(owners: Uint32Array, spans: readonly Span[], borders: Int32Array): FillSegment[] {
  const segments: FillSegment[] = [];
  for (let from = 0; from < owners.length;) {
    let to = from + 1;
    while (to < owners.length && owners[to] === owners[from]) to++;
    const span = spans[(owners[from] ?? 0) - 1];
    const [start, end] = [borders[from], borders[to]];
    if (span !== undefined && start !== undefined && end !== undefined) segments.push({ id: span.id, start, end });
    from = to;
  }
  return segments;
}

/** Number of lanes for strokes below the text: more would run into the next line. */
export const LANES = 3;

/**
 * The lane of each passage’s stroke, 0 nearest to the text. A longer passage takes the lane below the shorter ones it
 * overlaps; if there is none, a free one, else the lowest. An empty passage has no stroke.
 *
 * Each cell of the text records its taken lanes. Comparing all passages with each other took 7 ms of the 50 ms that
 * drawing 5,000 passages takes.
 */
export function strokeLanes(spans: readonly Span[]): Map<string, number> {
  const lanes = new Map<string, number>();
  const sorted = [...spans].sort(byWeight);
  const { borders, cellAt } = cellsOf(sorted);
  /** One bit per lane. */
  const takenOver = new Uint8Array(borders.length);
  for (const { id, start, end } of sorted) {
    const from = cellAt(start);
    const to = cellAt(end);
    let taken = 0;
    for (let cell = from; cell < to; cell++) taken |= takenOver[cell] ?? 0;
    const below = 32 - Math.clz32(taken);
    const lane = below < LANES ? below : freeLane(taken);
    const bit = 1 << lane;
    for (let cell = from; cell < to; cell++) takenOver[cell] = (takenOver[cell] ?? 0) | bit;
    lanes.set(id, lane);
  }
  return lanes;
}

function freeLane(taken: number): number {
  for (let lane = 0; lane < LANES; lane++) if ((taken & (1 << lane)) === 0) return lane;
  return LANES - 1;
}
