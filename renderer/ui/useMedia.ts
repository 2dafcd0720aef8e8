import { useCallback, useSyncExternalStore } from 'react';
import { token } from './token.ts';

/** Whether a media query holds, now and whenever it changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

export type FrameWidth = 'wide' | 'folded' | 'one';

/** How much room the frame has: all panes, the codebook folded to its pinned codes, or one pane at a time. */
export function useFrameWidth(): FrameWidth {
  const folded = useMedia(`(max-width: ${token('--at-fold')})`);
  const one = useMedia(`(max-width: ${token('--at-one')})`);
  return one ? 'one' : folded ? 'folded' : 'wide';
}
