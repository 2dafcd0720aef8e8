import { findIn, searchable, type FindOptions, type Searchable } from './find-text.ts';

/** Requests of the reader: first the text to fold, then queries. */
export type FindRequest =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'find'; readonly turn: number; readonly query: string; readonly options: FindOptions };
/** Start and end of each match in turn. */
export interface FindAnswer {
  readonly turn: number;
  readonly matches: Uint32Array<ArrayBuffer>;
}

let ready: Searchable | null = null;

self.addEventListener('message', ({ data }: MessageEvent<FindRequest>) => {
  if (data.kind === 'text') {
    ready = searchable(data.text);
    return;
  }
  if (ready === null) return;
  const matches = findIn(ready, data.query, data.options);
  const answer: FindAnswer = { turn: data.turn, matches };
  self.postMessage(answer, { transfer: [matches.buffer] });
});
