import type { SearchHit } from '../../../shared/contract/search.ts';
import type { LayerId, SourceId } from '../../../shared/model/index.ts';
import type { Span } from '../../../shared/text/search-query.ts';
import type { ChunkRow } from '../../db/search/search-index.ts';
import { NO_MATCHES, type DocMatches } from '../../db/search/matches.ts';
import { spansInWindow, type Window } from './chunks.ts';
import { snippetOf } from './occurrences.ts';

/** What a hit has none of, unless it says so. */
export const NO_PLACE = {
  source: null,
  passage: null,
  memo: null,
  target: null,
  category: null,
  part: null,
  language: null,
  layer: null,
  page: null,
  categories: [],
};

/** A source, and its current text. */
export interface TextSource {
  readonly id: SourceId;
  readonly layer: LayerId;
  readonly hash: string;
}
/** A hit in a piece of a text. */
export const textHit = ({ id, layer }: TextSource, chunk: ChunkRow, text: string, span: Span): SearchHit => ({
  ...NO_PLACE,
  kind: 'text',
  source: id,
  layer,
  start: chunk.start + span.start,
  end: chunk.start + span.end,
  page: chunk.page,
  text: text.slice(span.start, span.end),
  snippet: snippetOf(text, span),
});

/** Shows each match that the index has in a piece of a text. */
export function indexedHits(
  source: TextSource,
  chunk: ChunkRow,
  window: Window,
  { matches, length }: Pick<DocMatches, 'matches' | 'length'>,
): (n: number) => SearchHit {
  const spanAt = spansInWindow(window, chunk.map, matches ?? NO_MATCHES, length);
  return (n) => textHit(source, chunk, window.text, spanAt(n));
}
