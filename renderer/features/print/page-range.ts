/** The most pages a range may name: a document of 100,000 pages is none. */
const MOST = 100_000;

/**
 * Page numbers as people write them (`1-3, 8`, also `1–3；8`), each once and in the order of the document. Null for what names no
 * page, or one that is not there.
 */
export function parsePages(written: string, count: number): number[] | null {
  const pages = new Set<number>();
  for (const part of written.split(/[,;，；、\s]+/).filter((piece) => piece !== '')) {
    const [, first, last] = /^(\d{1,6})(?:[-–—~～](\d{1,6}))?$/.exec(part) ?? [];
    if (first === undefined) return null;
    const [from, to] = [Number(first), Number(last ?? first)];
    if (from < 1 || to < from || to > count || to - from > MOST) return null;
    for (let page = from; page <= to; page++) pages.add(page);
  }
  return pages.size === 0 ? null : [...pages].sort((a, b) => a - b);
}
