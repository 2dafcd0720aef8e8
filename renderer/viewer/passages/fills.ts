import type { TextRange } from '../types.ts';

/** What the drawing of one passage needs to know of it. */
export interface Span extends TextRange {
  readonly id: string;
}

/** A stretch of text and the one passage whose fill it shows. */
export interface FillSegment extends TextRange {
  readonly id: string;
}

const byWeight =
  (current: string | null) =>
  (a: Span, b: Span): number => {
    if (a.id === current || b.id === current) return a.id === b.id ? 0 : a.id === current ? -1 : 1;
    return a.end - a.start - (b.end - b.start) || a.start - b.start || (a.id < b.id ? -1 : 1);
  };

/**
 * One fill a character: the current passage's, else that of the shortest passage over it. Fills are never stacked,
 * since two translucent complements turn grey. Answers disjoint segments in the order of the text.
 *
 * The borders of all passages cut the text into cells; passages claim free cells in order of weight, and a cell that
 * is claimed is skipped for ever after (a path-compressed "next free" list), so that n passages cost about n log n.
 */
export function fillSegments(spans: readonly Span[], current: string | null): FillSegment[] {
  const full = spans.filter((span) => span.end > span.start);
  const borders = [...new Set(full.flatMap((span) => [span.start, span.end]))].sort((a, b) => a - b);
  const cellAt = new Map(borders.map((border, cell) => [border, cell]));
  const owners: (string | undefined)[] = Array.from({ length: borders.length });
  const nextFree = Int32Array.from({ length: borders.length + 1 }, (_, cell) => cell);
  const free = (from: number): number => {
    let cell = from;
    while ((nextFree[cell] ?? cell) !== cell) {
      const after = nextFree[cell] ?? cell;
      nextFree[cell] = nextFree[after] ?? after;
      cell = nextFree[cell] ?? after;
    }
    return cell;
  };
  for (const span of full.sort(byWeight(current))) {
    const last = cellAt.get(span.end) ?? 0;
    for (let cell = free(cellAt.get(span.start) ?? 0); cell < last; cell = free(cell)) {
      owners[cell] = span.id;
      nextFree[cell] = cell + 1;
    }
  }
  return joined(owners, borders);
}

/** Neighbouring cells of one owner as one segment. */
function joined(owners: readonly (string | undefined)[], borders: readonly number[]): FillSegment[] {
  const segments: { id: string; start: number; end: number }[] = [];
  for (const [cell, id] of owners.entries()) {
    const start = borders[cell];
    const end = borders[cell + 1];
    if (id === undefined || start === undefined || end === undefined) continue;
    const last = segments.at(-1);
    if (last !== undefined && last.id === id && last.end === start) last.end = end;
    else segments.push({ id, start, end });
  }
  return segments;
}

/** Lanes below the text in which strokes can lie: more would run into the next line. */
export const LANES = 3;

/**
 * The lane of each passage's stroke, 0 being nearest to the text. A longer passage lies one lane below the shorter
 * ones it overlaps; where no lane is left below, it takes a free one, else the lowest.
 */
export function strokeLanes(spans: readonly Span[]): Map<string, number> {
  const lanes = new Map<string, number>();
  const placed: (Span & { lane: number })[] = [];
  for (const span of [...spans].sort(byWeight(null))) {
    const taken = new Set<number>();
    for (const other of placed) if (other.start < span.end && span.start < other.end) taken.add(other.lane);
    const below = taken.size === 0 ? 0 : Math.max(...taken) + 1;
    const lane = below < LANES ? below : freeLane(taken);
    lanes.set(span.id, lane);
    placed.push({ ...span, lane });
  }
  return lanes;
}

function freeLane(taken: ReadonlySet<number>): number {
  for (let lane = 0; lane < LANES; lane++) if (!taken.has(lane)) return lane;
  return LANES - 1;
}
