/**
 * How many letters have to be added, removed or replaced to make one text of another; two neighbours that are swapped count as one.
 * In UTF-16 code units. It takes time with the product of both lengths.
 */
export function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let line = 1; line <= one.length; line++) {
    const next = [line];
    for (let at = 1; at <= other.length; at++) {
      const same = one.charAt(line - 1) === other.charAt(at - 1) ? 0 : 1;
      const isSwapped =
        line > 1 &&
        at > 1 &&
        one.charAt(line - 1) === other.charAt(at - 2) &&
        one.charAt(line - 2) === other.charAt(at - 1);
      next.push(
        Math.min(
          (next[at - 1] ?? 0) + 1,
          (row[at] ?? 0) + 1,
          (row[at - 1] ?? 0) + same,
          isSwapped ? (before[at - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
