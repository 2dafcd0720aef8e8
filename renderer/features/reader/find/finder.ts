import type { TextRange } from '../../../viewer/types.ts';
import type { FindOptions } from './find-text.ts';
import type { FindAnswer, FindRequest } from './find-worker.ts';

/**
 * Finds in one text, in a worker of its own: typing never waits for it. Of questions that overtake each other only the
 * last is answered.
 */
export class Finder {
  readonly #worker = new Worker(new URL('./find-worker.ts', import.meta.url), { type: 'module' });
  #turn = 0;
  #waiting: ((hits: readonly TextRange[]) => void) | null = null;

  constructor(text: string) {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FindAnswer>) => {
      if (data.turn !== this.#turn) return;
      this.#waiting?.(rangesOf(data.hits));
      this.#waiting = null;
    });
    this.#ask({ kind: 'text', text });
  }

  /** `found` is called once, unless another question comes first. */
  find(query: string, options: FindOptions, found: (hits: readonly TextRange[]) => void): void {
    this.#turn += 1;
    this.#waiting = found;
    this.#ask({ kind: 'find', turn: this.#turn, query, options });
  }

  destroy(): void {
    this.#waiting = null;
    this.#worker.terminate();
  }

  #ask(request: FindRequest): void {
    this.#worker.postMessage(request);
  }
}

const rangesOf = (hits: Uint32Array): TextRange[] =>
  Array.from({ length: hits.length / 2 }, (_, at) => ({ start: hits[2 * at] ?? 0, end: hits[2 * at + 1] ?? 0 }));

/** The hit to begin with: the first that ends behind where one is, else the very first; null where there is none. */
export function firstFrom(hits: readonly TextRange[], offset: number): number | null {
  if (hits.length === 0) return null;
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hits[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low === hits.length ? 0 : low;
}

/** Views draw so many hits around the one that one is on: more of them than fit into any window. */
const DRAWN = 2000;

/** The hits around the current one, and its place among them. */
export function drawnHits(
  hits: readonly TextRange[],
  current: number | null,
): { readonly hits: readonly TextRange[]; readonly current: number | null } {
  if (hits.length <= DRAWN) return { hits, current };
  const from = Math.max(0, Math.min(hits.length - DRAWN, (current ?? 0) - DRAWN / 2));
  return { hits: hits.slice(from, from + DRAWN), current: current === null ? null : current - from };
}
