import type { Worker } from 'node:worker_threads';
import { Fault } from '../../shared/errors.ts';
import { logError } from '../log/log.ts';
import { type JobName, type Jobs, workerMessage } from './jobs.ts';
import { startThread } from './threads.ts';

/** How far a job is, in what it works through: pages, texts, rows, files or bytes, as its docstring says. Null: not known. */
export interface JobProgress {
  readonly done: number | null;
  readonly total: number | null;
}

export interface RunOptions {
  /** Ends the job, and the worker with it if it is running. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (p: JobProgress) => void;
  /**
   * Ends the job after this many ms without progress (default 60,000), and after 20 times as long in any case. Time in which the
   * machine was busy with other things is not counted ({@link whenUsedUp}).
   */
  readonly timeoutMs?: number;
  /** Ends the job after this many ms, counted alike. */
  readonly totalMs?: number;
}

/**
 * Runs jobs in worker threads, so that a job that crashes, hangs or uses too much memory can be ended alone. The jobs are listed
 * in electron/workers/jobs.ts, typed by name.
 */
export interface Pool {
  /**
   * A job's output. Rejects with a Fault: TIMED_OUT, TOO_LARGE (out of memory), DAMAGED (its worker crashed), CANCELLED, or
   * what the job threw. Whatever happens to one job, the others go on.
   */
  run<N extends JobName>(name: N, input: Jobs[N]['input'], options?: RunOptions): Promise<Jobs[N]['output']>;
  /** A person is reading: only one job at a time runs for the next seconds. */
  giveWay(): void;
  /** Ends all workers. Running and waiting jobs fail with CANCELLED. */
  close(): Promise<void>;
}

export interface PoolOptions {
  /** The number of workers while nobody reads. */
  readonly size?: number;
  /** Another worker file, for tests. */
  readonly worker?: URL;
  /** Limit of each worker's heap in MB. WebAssembly and buffers are limited by what the jobs accept. */
  readonly memoryMb?: number;
}

const QUIET_MS = 60_000;
const TOTAL = 20;
const GIVE_WAY_MS = 5_000;

/** The share of the passing time that a busy thread uses if it gets the processor. */
const OWN_SHARE = 0.8;
/** A job ends after this many times its limit in any case, also if it waits for something that never comes. */
const MOST_TIMES = 5;

interface Task {
  readonly id: number;
  readonly name: JobName;
  readonly input: unknown;
  readonly options: RunOptions;
  end(outcome: { readonly output: unknown } | { readonly fault: Fault }): void;
}

/** A pool of worker threads. They start when there is work, and do not keep the process alive while there is none. */
export function createPool({ size = 2, worker, memoryMb = 512 }: PoolOptions = {}): Pool {
  const waiting: Task[] = [];
  const slots = new Set<Slot>();
  let nextId = 1;
  let readingUntil = 0;
  let closed = false;

  const dispatch = (): void => {
    const limit = performance.now() < readingUntil ? 1 : size;
    while (waiting.length > 0 && [...slots].filter((slot) => slot.busy).length < limit) {
      const task = waiting.shift();
      if (task === undefined) return;
      const free = [...slots].find((slot) => !slot.busy) ?? startSlot();
      free.start(task);
    }
  };
  const startSlot = (): Slot => {
    const limits = { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: memoryMb } };
    const slot = new Slot(startThread('pool', limits, worker), {
      onFree: dispatch,
      onGone: () => {
        slots.delete(slot);
        dispatch();
      },
    });
    slots.add(slot);
    return slot;
  };
  const cancel = (task: Task): void => {
    const at = waiting.indexOf(task);
    if (at >= 0) {
      waiting.splice(at, 1);
      task.end({ fault: cancelled() });
    } else for (const slot of slots) if (slot.task === task) void slot.stop(cancelled());
  };
  const enqueue = (name: JobName, input: unknown, options: RunOptions): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const { signal } = options;
      if (closed || signal?.aborted === true) {
        reject(cancelled());
        return;
      }
      const onAbort = (): void => cancel(task);
      const end: Task['end'] = (outcome) => {
        signal?.removeEventListener('abort', onAbort);
        if ('fault' in outcome) reject(outcome.fault);
        else resolve(outcome.output);
      };
      const task: Task = { id: nextId++, name, input, options, end };
      signal?.addEventListener('abort', onAbort, { once: true });
      waiting.push(task);
      dispatch();
    });

  return {
    run: async <N extends JobName>(name: N, input: Jobs[N]['input'], options: RunOptions = {}) =>
      // The worker runs the same code, so its output has the type that jobs.ts gives it.
      (await enqueue(name, input, options)) as Jobs[N]['output'],
    giveWay: () => {
      if (readingUntil === 0 || performance.now() > readingUntil) setTimeout(dispatch, GIVE_WAY_MS + 10).unref();
      readingUntil = performance.now() + GIVE_WAY_MS;
    },
    close: async () => {
      closed = true;
      for (const task of waiting.splice(0)) task.end({ fault: cancelled() });
      await Promise.all([...slots].map((slot) => slot.end(cancelled())));
    },
  };
}

/**
 * Calls `onUsedUp` once this process was able to work for `limit` ms, and after {@link MOST_TIMES} times as long in any case. Time in which
 * this thread did not run is not counted: on a machine short of memory, good PDFs were otherwise refused as malicious. Returns a function that
 * ends the count.
 */
function whenUsedUp(limit: number, onUsedUp: () => void): () => void {
  const begun = { at: performance.now(), used: process.cpuUsage() };
  const look = (): void => {
    const { user, system } = process.cpuUsage(begun.used);
    const toUse = limit * OWN_SHARE - (user + system) / 1000;
    const toPass = limit * MOST_TIMES - (performance.now() - begun.at);
    if (Math.min(toUse, toPass) <= 0) onUsedUp();
    else timer = setTimeout(look, Math.min(toUse, toPass));
  };
  let timer = setTimeout(look, limit);
  return () => clearTimeout(timer);
}

const cancelled = (): Fault => new Fault('CANCELLED', 'Import stopped.');
const timedOut = (): Fault =>
  new Fault('TIMED_OUT', 'Reading this file took too long, so it was stopped. It may be damaged or malicious.');
const crashed = (detail: string): Fault =>
  new Fault('DAMAGED', 'This file crashed its reader. It may be damaged or malicious.', { detail });
const outOfMemory = (): Fault => new Fault('TOO_LARGE', 'This file needs more memory than Sourcebook allows.');

/** One worker thread with at most one job. Any failure ends the thread; the pool starts another when needed. */
class Slot {
  task: Task | null = null;
  private readonly worker: Worker;
  private readonly onFree: () => void;
  private readonly onGone: () => void;
  private endQuiet = (): void => undefined;
  private endTotal = (): void => undefined;
  private gone = false;

  constructor(worker: Worker, { onFree, onGone }: { onFree: () => void; onGone: () => void }) {
    this.worker = worker;
    this.onFree = onFree;
    this.onGone = onGone;
    worker.on('message', (message: unknown) => this.onMessage(message));
    worker.on('error', (error: Error) => {
      const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.fail(isMemory ? outOfMemory() : crashed(error.message));
    });
    worker.on('exit', (code) => this.fail(crashed(`exit code ${code}`)));
    worker.unref();
  }

  get busy(): boolean {
    return this.task !== null || this.gone;
  }

  start(task: Task): void {
    this.task = task;
    this.worker.ref();
    const limit = task.options.timeoutMs ?? QUIET_MS;
    this.endTotal = whenUsedUp(task.options.totalMs ?? limit * TOTAL, () => this.fail(timedOut()));
    this.listen(limit);
    this.worker.postMessage({ id: task.id, name: task.name, input: task.input });
  }

  /** Ends the worker, and its job with `fault`. */
  async end(fault: Fault): Promise<void> {
    if (this.gone) return;
    this.gone = true;
    this.endTask({ fault });
    this.onGone();
    await this.worker.terminate();
  }

  /** Ends the worker, and then its job: whoever stopped it may remove the folder that it wrote into. */
  async stop(fault: Fault): Promise<void> {
    if (this.gone) return;
    this.gone = true;
    this.onGone();
    await this.worker.terminate();
    this.endTask({ fault });
  }

  /** Logs that the thread died or was too slow, since it can't do so itself. */
  private fail(fault: Fault): void {
    if (this.gone) return;
    if (this.task !== null) logError(fault, { event: 'job-failed', job: this.task.name });
    void this.end(fault);
  }

  private listen(limit: number): void {
    this.endQuiet();
    this.endQuiet = whenUsedUp(limit, () => this.fail(timedOut()));
  }

  private onMessage(value: unknown): void {
    const message = workerMessage.safeParse(value);
    if (this.gone || !message.success || message.data.id !== this.task?.id) return;
    const { options } = this.task;
    switch (message.data.kind) {
      case 'progress':
        this.listen(options.timeoutMs ?? QUIET_MS);
        options.onProgress?.({ done: message.data.done, total: message.data.total });
        return;
      case 'done':
        this.endTask({ output: message.data.output });
        this.onFree();
        return;
      case 'failed':
        // After a job threw, the thread may be in any state, so the next job gets a new one.
        void this.end(new Fault(message.data.error.code, message.data.error.message, message.data.error.context));
    }
  }

  private endTask(outcome: Parameters<Task['end']>[0]): void {
    this.endQuiet();
    this.endTotal();
    const { task } = this;
    this.task = null;
    if (!this.gone) this.worker.unref();
    task?.end(outcome);
  }
}
