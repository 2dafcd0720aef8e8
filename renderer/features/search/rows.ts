import type { SearchHit } from '../../../shared/contract/search.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { keyOfHit } from './search-state.ts';

/** A line of the list: the head of a source's hits, or a hit. */
export type ResultRow =
  | { readonly kind: 'head'; readonly key: string; readonly source: SourceId | null; readonly hits: number }
  | { readonly kind: 'hit'; readonly key: string; readonly hit: SearchHit };

/** Hits under the names of their sources. They come by source already; `hits` of a head counts those that are here. */
export function rowsOf(hits: readonly SearchHit[]): ResultRow[] {
  const rows: ResultRow[] = [];
  for (let at = 0; at < hits.length;) {
    const source = hits[at]?.source ?? null;
    let end = at;
    while (end < hits.length && (hits[end]?.source ?? null) === source) end++;
    rows.push({ kind: 'head', key: `head ${source ?? ''}`, source, hits: end - at });
    for (const hit of hits.slice(at, end)) rows.push({ kind: 'hit', key: keyOfHit(hit), hit });
    at = end;
  }
  return rows;
}

/** The hit so many further on, from the current one; from none, the first or the last. Null where there is none. */
export function hitAfter(hits: readonly SearchHit[], current: string | null, step: number): SearchHit | null {
  const at = current === null ? -1 : hits.findIndex((hit) => keyOfHit(hit) === current);
  if (at < 0) return (step > 0 ? hits[0] : hits.at(-1)) ?? null;
  return hits[at + step] ?? null;
}
