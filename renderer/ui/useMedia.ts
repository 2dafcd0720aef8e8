import { useCallback, useSyncExternalStore } from 'react';
import { tokenPixels } from './token.ts';

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

/**
 * How much room the frame has: all panes, the codebook folded to its pinned codes, or one pane at a time. Measured
 * against the size of the text, so that a large text folds as a small window does; media queries would not see a text
 * size that a style sets.
 */
export function frameWidth(): FrameWidth {
  const width = document.documentElement.clientWidth;
  if (width <= tokenPixels('--at-one')) return 'one';
  return width <= tokenPixels('--at-fold') ? 'folded' : 'wide';
}

const subscribeToFrame = (changed: () => void): (() => void) => {
  // The root's size changes with the window; the frame fills it, so that only something unseen grows with the text.
  const probe = document.body.appendChild(document.createElement('div'));
  probe.className = 'text-probe';
  const observer = new ResizeObserver(changed);
  observer.observe(document.documentElement);
  observer.observe(probe);
  return () => {
    observer.disconnect();
    probe.remove();
  };
};

export const useFrameWidth = (): FrameWidth => useSyncExternalStore(subscribeToFrame, frameWidth);
