import { createPool, type Pool } from '../../electron/workers/pool.ts';

let shared: Pool | null = null;

/**
 * For one engine: one thread that reads sources, which all engines of a test file use one after the other. To start one, with
 * PDFium in it, takes 0.2 s of processor, most tests less. What is asked through it ends when it is closed, as with a pool of
 * the engine's own; a job that was ended or failed ends the thread, and the next one has another.
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
