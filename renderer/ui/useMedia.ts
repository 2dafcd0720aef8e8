import { useCallback, useSyncExternalStore } from 'react';
import { tokenPixels } from './token.ts';

/** Whether a media query matches, updated when that changes. */
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
 * Which panes fit: all of them, all with the codebook folded to its pinned categories, or one at a time. Measured relative to the text
 * size, so that large text acts as a small window does; media queries don’t see a text size that a style sets.
 */
export function frameWidth(): FrameWidth {
  const width = document.documentElement.clientWidth;
  if (width <= tokenPixels('--at-one')) return 'one';
  return width <= tokenPixels('--at-fold') ? 'folded' : 'wide';
}

const subscribeToFrame = (changed: () => void): (() => void) => {
  // The root’s size changes only with the window; a hidden element grows with the text.
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
