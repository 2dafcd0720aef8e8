import { parsed } from '../changes/canonical.ts';
import type { Basis } from './basis.ts';
import type { Confirmed, Move } from './move.ts';

/** From the log, which may come from anyone. */
export function readConfirmed(text: string | null): Confirmed[] {
  const value = text === null ? null : parsed(text);
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown): Confirmed[] => {
    const parts: readonly unknown[] = Array.isArray(one) ? one : [];
    const [category, person, ...more] = parts;
    return typeof category === 'string' && typeof person === 'string' && more.length === 0 ? [[category, person]] : [];
  });
}

/** The tags that someone can confirm: those of others. Sorted, without duplicates. */
export const confirmable = ({ tags }: Pick<Basis, 'tags'>, person: string): Confirmed[] =>
  tags.flatMap(([category, by]): Confirmed[] => (by === person ? [] : [[category, by]]));

/** The basis on which someone marked a passage as second-coded. */
export interface SecondCoding {
  readonly person: string;
  /**
   * `own`: they had tags of their own, which is coding. `confirmed`: they looked at others' tags and agreed, which is no
   * independent judgement. `unsaid`: an older step, which does not say.
   */
  readonly how: 'own' | 'confirmed' | 'unsaid';
  /** The categories of their own tags, or of those they confirmed. */
  readonly categories: readonly string[];
  readonly confirmed: readonly Confirmed[];
}

export function secondCodingOf({ state, person, basis, confirmed }: Move): SecondCoding | null {
  if (state !== 'second-coded' || basis === null) return null;
  const own = [...new Set(basis.tags.flatMap(([category, by]) => (by === person ? [category] : [])))];
  // Tags that did not exist were not confirmed, whatever a changed program writes.
  const there = confirmable(basis, person);
  const agreed = confirmed.filter(([category, by]) => there.some((one) => one[0] === category && one[1] === by));
  if (own.length > 0) return { person, how: 'own', categories: own, confirmed: agreed };
  const categories = [...new Set(agreed.map(([category]) => category))];
  return { person, how: agreed.length > 0 ? 'confirmed' : 'unsaid', categories, confirmed: agreed };
}

/** The last second coding in a sequence of steps since the passage was last returned; null if there is none. */
export function heldSecondCoding(line: readonly Move[]): SecondCoding | null {
  const since = line.slice(line.findLastIndex(({ state }) => state === 'returned') + 1);
  return since.map(secondCodingOf).findLast((one) => one !== null) ?? null;
}
