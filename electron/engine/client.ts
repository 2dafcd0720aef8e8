import type { CallArgs, CallInput, CallOutput, EngineCallName } from '../../shared/contract/index.ts';
import { detailOf, type ErrorData, Fault, type Result } from '../../shared/errors.ts';
import { startThread } from '../workers/threads.ts';
import type { Engine } from './engine.ts';
import {
  type EngineData,
  type EngineEvent,
  type EngineStart,
  type FromEngine,
  INTERRUPTIBLE,
  interruptFlag,
  isInterrupted,
  NO_INTERRUPT,
  type ToEngine,
} from './protocol.ts';

/** An engine in a worker thread. */
export type EngineClient = Omit<Engine, 'dispatch' | 'backupProblem' | 'keepLock'>;

interface Waiting {
  readonly answer: (result: Result<unknown>) => void;
}

const STOPPED: ErrorData = {
  code: 'INTERNAL',
  message: 'Sourcebook’s project process stopped unexpectedly. Saved work is safe; open the project again.',
};
const CLOSED: ErrorData = { code: 'INTERNAL', message: 'This project is closed. Open it again.' };
const asFault = (error: ErrorData): Fault => new Fault(error.code, error.message, error.context);

/**
 * Opens a project in a worker thread. Throws what {@link openEngine} throws. If the worker dies, every waiting call is answered
 * with an error, and so is every later one.
 */
export async function startEngine(start: EngineStart): Promise<EngineClient> {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const data: EngineData = { start, interrupt: flag.buffer };
  const worker = startThread('engine', { workerData: data });
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(event: EngineEvent) => void>();
  let stopped: ErrorData | null = null;
  let closing: Promise<void> | null = null;
  let next = 0;
  const stop = (error: ErrorData): void => {
    stopped ??= error;
    for (const one of waiting.values()) one.answer({ ok: false, error: stopped });
    waiting.clear();
  };
  const exited = Promise.withResolvers<void>();
  const ready = Promise.withResolvers<void>();

  worker.on('message', (message: FromEngine) => {
    switch (message.kind) {
      case 'ready':
        return ready.resolve();
      case 'failed':
        return ready.reject(asFault(message.error));
      case 'answer':
        waiting.get(message.id)?.answer(message.result);
        return void waiting.delete(message.id);
      case 'event':
        for (const listener of listeners) listener(message.event);
        return;
    }
  });
  worker.on('error', (thrown) => {
    stop({ ...STOPPED, context: { detail: detailOf(thrown) } });
    for (const listener of listeners) listener({ event: 'app.failed', payload: {} });
  });
  worker.on('exit', () => {
    stop(closing === null ? STOPPED : CLOSED);
    ready.reject(asFault(stopped ?? STOPPED));
    exited.resolve();
  });

  const send = (message: ToEngine): void => worker.postMessage(message);
  await ready.promise;
  const post = (name: EngineCallName, input: unknown, parsed: boolean): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (stopped !== null) return reject(asFault(stopped));
      // What ends another call still holds: an undo that is asked for after Stop must not let the act go on.
      if (INTERRUPTIBLE.has(name) && isInterrupted(Atomics.load(flag, 0), name)) Atomics.store(flag, 0, NO_INTERRUPT);
      const id = next++;
      waiting.set(id, { answer: (result) => (result.ok ? resolve(result.value) : reject(asFault(result.error))) });
      send({ kind: 'call', id, name, input, parsed });
    });
  return {
    // The worker runs this program's own handlers, whose answers fit the contract; tests check that (contract.ts).
    call: async <N extends EngineCallName>(name: N, input: CallInput<N>) =>
      (await post(name, input, false)) as CallOutput<N>,
    run: async <N extends EngineCallName>(name: N, args: CallArgs<N>) =>
      (await post(name, args, true)) as CallOutput<N>,
    interrupt: (only) => {
      // The flag is seen by work that lets no message in, the message by work that waits.
      Atomics.store(flag, 0, interruptFlag(only ?? null));
      if (stopped === null) send({ kind: 'interrupt', only: only ?? null });
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      if (closing === null && stopped === null) send({ kind: 'close' });
      closing ??= exited.promise;
      return closing;
    },
  };
}
