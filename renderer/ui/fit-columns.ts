/** What a column needs, and in which order columns go where there is no room. */
export interface Fitting {
  /** Its least width, a token. */
  readonly width: `--${string}`;
  /** Columns with the greatest number go first; without one a column always stays. */
  readonly drop?: number;
}

/** The columns that fit into `room`, with `gap` between them; all lengths in CSS pixels. */
export function fitColumns<C extends Fitting>(
  columns: readonly C[],
  room: number,
  gap: number,
  pixels: (width: C['width']) => number,
): C[] {
  const kept = [...columns];
  const needed = (): number => kept.reduce((sum, column) => sum + pixels(column.width), gap * (kept.length - 1));
  while (needed() > room) {
    const droppable = kept.filter(({ drop }) => drop !== undefined);
    const next = droppable.sort((a, b) => (b.drop ?? 0) - (a.drop ?? 0))[0];
    if (next === undefined) break;
    kept.splice(kept.indexOf(next), 1);
  }
  return kept;
}
