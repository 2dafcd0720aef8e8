import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import type { Comment, PassageId, PersonId } from '../../../shared/model/index.ts';
import { useViewState } from '../workbench/view-state.ts';

/** By passage: so many comments had been there, and when the last of them was made (epoch ms). */
const schema = z.record(z.string(), z.tuple([z.number(), z.number()]));
type Seen = z.infer<typeof schema>;
const NONE: Seen = {};
/** Of the passages looked at longest ago nothing is kept beyond so many. */
const MOST = 5000;

/** How many comments of a passage this installation has not shown yet. */
export function useUnread(): (passage: PassageId, comments: number) => number {
  const { value, ready } = useViewState('review.seen', schema, NONE);
  return useCallback(
    (passage, comments) => (ready ? Math.max(0, comments - (value[passage]?.[0] ?? 0)) : 0),
    [value, ready],
  );
}

/**
 * Since when comments of the passage are new to whoever looks (epoch ms), as it was when they began to look; from then on all
 * of them are seen.
 */
export function useSeen(
  passage: PassageId,
  comments: readonly Comment[],
  own: PersonId | null,
): (one: Comment) => boolean {
  const { value, ready, set } = useViewState('review.seen', schema, NONE);
  const [began, setBegan] = useState<{ readonly passage: PassageId; readonly since: number } | null>(null);
  const last = comments.reduce((most, { at }) => Math.max(most, at), 0);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  useEffect(() => {
    if (!ready) return;
    const before = latest.current[passage];
    setBegan((now) => (now?.passage === passage ? now : { passage, since: before?.[1] ?? 0 }));
    if (comments.length === (before?.[0] ?? 0) && last === (before?.[1] ?? 0)) return;
    const { [passage]: _, ...others } = latest.current;
    const kept = Object.entries(others).slice(-MOST + 1);
    set({ ...Object.fromEntries(kept), [passage]: [comments.length, last] });
  }, [passage, comments.length, last, ready, set]);
  const since = began?.passage === passage ? began.since : Number.POSITIVE_INFINITY;
  return useCallback(({ at, person }) => at > since && person !== own, [since, own]);
}
