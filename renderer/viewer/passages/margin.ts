/** A code in the margin, wanted at a height. */
export interface Wanted {
  readonly id: string;
  /** CSS pixels from the top of the page: the passage's first line. */
  readonly top: number;
}
/** A place in the margin: one passage's code, or the first of several that found no room of their own. */
export interface Placed {
  readonly top: number;
  readonly ids: readonly string[];
}

/**
 * Places codes of one `height` so that none overlaps another, each as near to its passage as that allows (least
 * squares), all between `min` and `max`. Where there are more than fit, neighbours share a place; the current passage
 * comes first in its place, so that its code is always to be seen.
 */
export function placeCodes(
  wanted: readonly Wanted[],
  height: number,
  min: number,
  max: number,
  current: string | null = null,
): Placed[] {
  if (wanted.length === 0) return [];
  const sorted = [...wanted].sort((a, b) => a.top - b.top);
  const room = Math.max(1, Math.floor((max - min) / height));
  const groups =
    sorted.length > room ? shared(sorted, room, current) : sorted.map((code) => ({ top: code.top, ids: [code.id] }));
  const tops = spread(
    groups.map((group) => group.top),
    height,
    min,
    max,
  );
  return groups.map((group, at) => ({ ids: group.ids, top: tops[at] ?? group.top }));
}

/** Neighbours put together until there are no more than `room` groups, the closest pairs of them first. */
function shared(sorted: readonly Wanted[], room: number, current: string | null): { top: number; ids: string[] }[] {
  const gaps = sorted.slice(1).map((code, at) => ({ at: at + 1, gap: code.top - (sorted[at]?.top ?? code.top) }));
  const cuts = new Set(
    gaps
      .sort((a, b) => b.gap - a.gap || a.at - b.at)
      .slice(0, room - 1)
      .map(({ at }) => at),
  );
  const groups: { top: number; ids: string[] }[] = [];
  for (const [at, code] of sorted.entries()) {
    const last = groups.at(-1);
    if (last === undefined || cuts.has(at)) groups.push({ top: code.top, ids: [code.id] });
    else if (code.id === current) last.ids.unshift(code.id);
    else last.ids.push(code.id);
  }
  return groups;
}

/**
 * Heights at least `height` apart with the least sum of squared shifts: taking `i × height` off makes that an isotonic
 * regression, which pooling neighbours that violate the order solves exactly.
 */
function spread(tops: readonly number[], height: number, min: number, max: number): number[] {
  const pools: { sum: number; count: number }[] = [];
  for (const [at, top] of tops.entries()) {
    let pool = { sum: top - at * height, count: 1 };
    for (
      let last = pools.at(-1);
      last !== undefined && last.sum / last.count > pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pools.pop();
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count };
    }
    pools.push(pool);
  }
  const highest = Math.max(min, max - tops.length * height);
  const levels = pools.flatMap(({ sum, count }) =>
    Array<number>(count).fill(Math.min(Math.max(sum / count, min), highest)),
  );
  return levels.map((level, at) => level + at * height);
}
