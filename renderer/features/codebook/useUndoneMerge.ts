import { useCallback, useEffect, useRef } from 'react';
import type { Category, CategoryId } from '../../../shared/model/index.ts';

/**
 * Who takes a merge back is on the category again that was merged, not on the one that took its passages: else the next
 * act on what is chosen would fall on the wrong one. Returns what says that a merge was made.
 */
export function useUndoneMerge(
  categories: readonly Category[],
  chosen: CategoryId | null,
  onChoose: (category: CategoryId) => void,
): (from: CategoryId, into: CategoryId) => void {
  const last = useRef<{ readonly from: CategoryId; readonly into: CategoryId; seen: boolean } | null>(null);
  useEffect(() => {
    const merge = last.current;
    if (merge === null) return;
    const from = categories.find(({ id }) => id === merge.from);
    // What was merged is archived once the merge has been heard of, and no longer once it was undone.
    if (from?.archived === true) merge.seen = true;
    else if (merge.seen && from !== undefined) {
      last.current = null;
      if (chosen === merge.into) onChoose(merge.from);
    }
  }, [categories, chosen, onChoose]);
  return useCallback((from, into) => {
    last.current = { from, into, seen: false };
  }, []);
}
