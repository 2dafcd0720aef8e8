import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Source } from '../../../shared/model/index.ts';
import { useAsk } from '../../api/index.ts';
import { prepare, type Choice } from './prepare.ts';

/** How far the preparing is. */
export type JobState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'preparing'; readonly done: number; readonly total: number | null; readonly isSlow: boolean }
  | { readonly kind: 'password'; readonly wrong: boolean }
  | { readonly kind: 'failed' };

export interface PrintJob {
  readonly state: JobState;
  readonly start: (choice: Choice) => void;
  readonly cancel: () => void;
  /** Answers the question for a password; null gives up. */
  readonly answer: (password: string | null) => void;
}

/** Preparing is told of when it takes longer than this, ms. */
const SLOW = 500;

/** Prepares a source for the printer, and opens the system's print dialog when all is there. */
export function usePrintJob(source: Source, onReady: () => void): PrintJob {
  const ask = useAsk();
  const { t } = useTranslation();
  const [state, setState] = useState<JobState>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);
  const waiting = useRef<((password: string | null) => void) | null>(null);

  const answer = useCallback((password: string | null) => {
    setState({ kind: 'preparing', done: 0, total: null, isSlow: true });
    waiting.current?.(password);
    waiting.current = null;
  }, []);
  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = null;
    waiting.current?.(null);
    waiting.current = null;
    setState({ kind: 'idle' });
  }, []);
  useEffect(() => cancel, [cancel]);

  const start = useCallback(
    (choice: Choice) => {
      const job = new AbortController();
      running.current = job;
      const began = performance.now();
      const told = (done: number, total: number | null): void => {
        if (!job.signal.aborted) setState({ kind: 'preparing', done, total, isSlow: performance.now() - began > SLOW });
      };
      const slow = setTimeout(
        () => setState((now) => (now.kind === 'preparing' ? { ...now, isSlow: true } : now)),
        SLOW,
      );
      const askPassword = (wrong: boolean): Promise<string | null> =>
        new Promise((resolve) => {
          waiting.current = resolve;
          setState({ kind: 'password', wrong });
        });
      told(0, null);
      prepare(source, choice, { ask, t, askPassword, onProgress: told, signal: job.signal })
        .then(
          (printed) => {
            if (printed === null || job.signal.aborted) {
              printed?.close();
              return;
            }
            onReady();
            // The dialog is gone from the screen before the system's opens.
            requestAnimationFrame(() => setTimeout(() => printed.print()));
          },
          () => {
            if (!job.signal.aborted) setState({ kind: 'failed' });
          },
        )
        .finally(() => clearTimeout(slow));
    },
    [ask, t, source, onReady],
  );
  return { state, start, cancel, answer };
}
