/** The number of Unicode code points in `text` between two UTF-16 offsets; half a surrogate pair counts as one. */
export function codePoints(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; count++) {
    const code = text.codePointAt(at) ?? 0;
    at += code > 0xffff && at + 1 < end ? 2 : 1;
  }
  return count;
}
