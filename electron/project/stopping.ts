import type { WriteContext } from './context.ts';

/** A signal that is aborted once the call is interrupted. `end` stops asking. */
export function stopping(context: Pick<WriteContext, 'interrupted'>): {
  readonly signal: AbortSignal;
  end(): void;
} {
  const stop = new AbortController();
  const timer = setInterval(() => {
    if (context.interrupted()) stop.abort();
  }, 50);
  return { signal: stop.signal, end: () => clearInterval(timer) };
}
