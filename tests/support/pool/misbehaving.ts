import { existsSync } from 'node:fs';
import { type JobHandler, serveJobs } from '../../../electron/workers/serve-jobs.ts';
import { Fault } from '../../../shared/errors.ts';

/** A worker of the pool whose jobs do what hostile files make readers do. Each job has the name of a real one. */
serveJobs(
  new Map<string, JobHandler>([
    // Returns its input, after two steps of progress; "slow" takes two seconds, reporting progress all the time.
    [
      'text',
      async (input, onProgress) => {
        for (let step = 0; pathOf(input) === 'slow' && step < 40; step++) {
          onProgress({ done: step, total: 40 });
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        onProgress({ done: 1, total: 2 });
        await new Promise((resolve) => setTimeout(resolve, 60));
        onProgress({ done: 2, total: 2 });
        return input;
      },
    ],
    // Reports that it has begun, and blocks its thread until the file at `path` exists, or "forever".
    [
      'page',
      async (input, onProgress) => {
        onProgress({ done: 1, total: 2 });
        while (!existsSync(pathOf(input))) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
        return 'found';
      },
    ],
    ['pdf', (input) => misbehave(input)],
  ]),
);

const pathOf = (input: unknown): string =>
  typeof input === 'object' && input !== null && 'path' in input && typeof input.path === 'string' ? input.path : '';

async function misbehave(input: unknown): Promise<unknown> {
  switch (pathOf(input)) {
    case 'exit':
      return process.exit(3);
    case 'throw':
      throw new TypeError('a bug met its file');
    case 'fault':
      throw new Fault('UNSUPPORTED', 'Not this one.');
    case 'unhandled':
      setTimeout(() => {
        throw new Error('out of nowhere');
      }, 0);
      return new Promise(() => undefined);
    case 'memory': {
      const kept: string[][] = [];
      for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => `${kept.length} ${index}`));
    }
    case 'buffer':
      return new Uint8Array(2 ** 52);
    case 'busy':
      for (;;);
    // The thread doesn't run, as on a machine that is short of memory.
    case 'asleep':
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
      return { thread: true };
    default:
      return { thread: true };
  }
}
