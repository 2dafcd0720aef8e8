import type { Span } from '../../../shared/text/search-query.ts';
import type { Readable } from '../../db/types.ts';
import type { SearchQuery } from '../../workers/jobs.ts';
import { placesOfSource } from './queries.ts';
import type { TextSource } from './text-hit.ts';

/** Whether matches in texts are wanted that lie within a passage, or only the others. */
export class WithinPassages {
  private readonly read: Readable;
  private readonly wanted: SearchQuery['passages'];
  /** Of the last source: its pieces follow each other. */
  private last: { readonly source: string; readonly spans: readonly Span[] } | null = null;

  constructor(read: Readable, wanted: SearchQuery['passages']) {
    this.read = read;
    this.wanted = wanted;
  }

  /** The spans of a source’s passages; null if it does not matter. */
  spansIn({ id, layer }: TextSource): readonly Span[] | null {
    if (this.wanted === 'any') return null;
    if (this.last?.source !== id)
      this.last = { source: id, spans: this.read.all(placesOfSource, { source: id, layer }) };
    return this.last.spans;
  }

  keeps(isWithin: boolean): boolean {
    return isWithin === (this.wanted === 'within');
  }
}
