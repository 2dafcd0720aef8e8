import type { NotCarried } from '../../../shared/contract/exchange.ts';

/** Counts what a format has no place for, by kind and reason, in the order in which each was met first. */
export class NotCarriedList {
  private readonly counts = new Map<string, NotCarried>();

  add(kind: string, why: string, count = 1): void {
    if (count === 0) return;
    const key = `${kind}\n${why}`;
    this.counts.set(key, { kind, why, count: (this.counts.get(key)?.count ?? 0) + count });
  }

  list(): NotCarried[] {
    return [...this.counts.values()];
  }
}
