import { createPool, type Pool } from '../../electron/workers/pool.ts';

let shared: Pool | null = null;

/**
 * For one engine: a single thread that reads sources, shared by all engines of a test file one after the other. Starting one,
 * with PDFium, takes 0.2 s of processor time, more than most tests. Jobs through it are cancelled when the engine closes it,
 * as with its own pool; a cancelled or failed job ends the thread, and the next job starts another.
 */
export function readersOfFile(): Pool {
  shared ??= createPool({ size: 1 });
  const pool = shared;
  const closed = new AbortController();
  return {
    run: (name, input, options = {}) => {
      const signals = [closed.signal, ...(options.signal === undefined ? [] : [options.signal])];
      return pool.run(name, input, { ...options, signal: AbortSignal.any(signals) });
    },
    giveWay: () => pool.giveWay(),
    close: async () => closed.abort(),
  };
}
