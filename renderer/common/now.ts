import { useSyncExternalStore } from 'react';

const MINUTE = 60_000;

/** The current time to the minute. Components that use it are drawn again every minute. */
export const useNow = (): number => useSyncExternalStore(everyMinute, thisMinute);

const thisMinute = (): number => Math.floor(Date.now() / MINUTE) * MINUTE;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for all: a list may use it hundreds of times. */
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
