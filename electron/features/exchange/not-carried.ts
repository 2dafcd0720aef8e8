import type { NotCarried } from '../../../shared/contract/exchange.ts';
import { reasonsOf } from '../../project/masks/outgoing.ts';
import type { Masking } from '../../project/masks/masking.ts';

/** Counts what a format has no place for, by kind and reason, in the order in which each was met first. */
export class NotCarriedList {
  private readonly counts = new Map<string, NotCarried>();

  add(kind: string, why: string, count = 1): void {
    if (count === 0) return;
    const key = `${kind}\n${why}`;
    this.counts.set(key, { kind, why, count: (this.counts.get(key)?.count ?? 0) + count });
  }

  /** What is masked in these sources, by reason. */
  masks(masking: Masking, isOut: (source: string) => boolean): void {
    for (const { kind, reason, count } of reasonsOf(masking, isOut)) this.add(kind, reason, count);
  }

  list(): NotCarried[] {
    return [...this.counts.values()];
  }
}
