import type { AreaAnchor, TextAnchor } from './records.ts';

/** From which page to which something stands, and how many these are. */
export interface PageSpan {
  readonly page: number;
  readonly lastPage: number;
  readonly count: number;
}

export const pageSpan = (page: number, lastPage: number): PageSpan => ({
  page,
  lastPage: Math.max(page, lastPage),
  count: Math.max(page, lastPage) - page + 1,
});

/** The pages a passage stands on, by where it is drawn: a layer without geometry tells its first only. */
export const pagesOf = (
  anchor: Pick<TextAnchor, 'kind' | 'page' | 'quads'> | Pick<AreaAnchor, 'kind' | 'page'>,
): PageSpan => pageSpan(anchor.page, anchor.kind === 'text' ? (anchor.quads.at(-1)?.page ?? 0) : 0);
