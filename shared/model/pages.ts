import type { AreaAnchor, TextAnchor } from './records.ts';

/** A range of pages, and how many pages it has. */
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

/** The pages of a passage, from its geometry; for a layer without geometry, only the first is known. */
export const pagesOf = (
  anchor: Pick<TextAnchor, 'kind' | 'page' | 'quads'> | Pick<AreaAnchor, 'kind' | 'page'>,
): PageSpan => pageSpan(anchor.page, anchor.kind === 'text' ? (anchor.quads.at(-1)?.page ?? 0) : 0);
