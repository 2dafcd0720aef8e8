import { useSyncExternalStore } from 'react';

const MINUTE = 60_000;

/** The current time to the minute, for relative times ("5 minutes ago"): what it is drawn with follows the clock. */
export const useNow = (): number => useSyncExternalStore(everyMinute, thisMinute);

const thisMinute = (): number => Math.floor(Date.now() / MINUTE) * MINUTE;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for all: a list may draw hundreds of times. */
function everyMinute(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((tell) => tell()), MINUTE);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
